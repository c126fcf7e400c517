"""Checks of what ties pages to each other: replacing, conditions that are watched, twins, rows that become pages."""

from collections.abc import Mapping

from wiki.kinds.definition import Field, Kind
from wiki.kinds.problems import Place, Problems


def check_relations(kind: Kind, kinds: Mapping[str, Kind], problems: Problems) -> None:
    _check_replaces(kind, problems)
    _check_watches(kind, problems)
    _check_carries(kind, kinds, problems)
    for one in kind.fields:
        _check_twin(kind, one, kinds, problems)
        _check_makes(kind, one, kinds, problems)


def _check_replaces(kind: Kind, problems: Problems) -> None:
    said = kind.replaces
    if said is None:
        return
    named = kind.field(said.named_in)
    if named is None or named.type != "links" or named.targets != (kind.key,):
        message = f"“{said.named_in}” does not list pages of this kind"
        problems.add(said.place, "named_in", message, f'name a field of the type links with targets = ["{kind.key}"]')
    for key in said.on_entering:
        if not kind.in_state(key):
            problems.add(said.place, "on_entering", f"There is no state “{key}”", "name states of this kind")
        elif not any(way.to == said.becomes and "system" in way.who for way in kind.state(key).next):
            message = f"The system cannot take a page from “{key}” to “{said.becomes}”"
            mend = f'add {{to = "{said.becomes}", who = ["system"], waive = true}} to the ways of that state'
            problems.add(said.place, "becomes", message, mend)
    if kind.in_state(said.becomes) and kind.state(said.becomes).over != "replaced":
        problems.add(said.place, "becomes", f"“{said.becomes}” does not say that it is over", 'write over = "replaced"')
    _is_field(kind, said.dated, ("date", "range"), "dated", said.place, problems)
    _is_field(kind, said.because, ("text", "md"), "because", said.place, problems)
    _is_field(kind, said.affects, ("links",), "affects", said.place, problems)


def _check_watches(kind: Kind, problems: Problems) -> None:
    said = kind.watches
    if said is None:
        return
    _is_field(kind, said.when, ("text", "md"), "when", said.place, problems)
    _is_field(kind, said.note, ("text", "md"), "note", said.place, problems)
    _is_field(kind, said.met, ("choice",), "met", said.place, problems)
    met = kind.field(said.met)
    if met is not None and met.type == "choice" and "yes" not in met.choices:
        problems.add(said.place, "met", f"“{said.met}” cannot say yes", 'give it the choice yes = "Yes"')


def _is_field(kind: Kind, key: str, types: tuple[str, ...], name: str, place: Place, problems: Problems) -> None:
    found = kind.field(key) if key else None
    if not key:
        return
    if found is None or found.type not in types:
        mend = f"name a field of the type {' or '.join(types)}"
        problems.add(place, name, f"“{key}” is no field for this", mend)
    elif found.visible_to or found.visible_if:
        problems.add(place, name, f"Not every reader sees “{key}”", "name a field that all readers of the page see")


def _check_carries(kind: Kind, kinds: Mapping[str, Kind], problems: Problems) -> None:
    for source, keys in kind.carries.items():
        if source not in kind.starts_from:
            problems.add(kind.place, "carries", f"It does not start from “{source}”", "add the kind to starts_from")
            continue
        for own, theirs in keys.items():
            there = kinds[source].field(theirs) if source in kinds else None
            if kind.field(own) is None or there is None:
                message = f"“{own}” cannot be filled from “{source}.{theirs}”"
                problems.add(kind.place, "carries", message, "name a field of this kind, and one of the other")


def _check_twin(kind: Kind, one: Field, kinds: Mapping[str, Kind], problems: Problems) -> None:
    if not one.twin:
        return
    other_kind, _dot, key = one.twin.partition(".")
    other = kinds[other_kind].field(key) if other_kind in kinds else None
    if one.type not in ("link", "links") or one.targets != (other_kind,):
        mend = f'make it a link or links with targets = ["{other_kind}"]'
        problems.add(one.place, "twin", f"“{one.key}” does not point to {other_kind} alone", mend)
    if other is None or other.twin != f"{kind.key}.{one.key}":
        message = f"“{one.twin}” is not the other end of “{kind.key}.{one.key}”"
        problems.add(one.place, "twin", message, "name the field of the other kind, and this one there")


def _check_makes(kind: Kind, one: Field, kinds: Mapping[str, Kind], problems: Problems) -> None:
    if not one.makes:
        return
    made = kinds.get(one.makes)
    if made is None or kind.key not in made.starts_from:
        message = f"A page of the kind “{one.makes}” cannot start from this kind"
        problems.add(one.place, "makes", message, f"name a kind that has {kind.key} in its starts_from")
    column = next((column for column in one.columns if column.key == one.makes_link), None)
    if column is None or column.type != "link" or column.targets != (one.makes,):
        mend = f'name a column of the type link with targets = ["{one.makes}"]'
        problems.add(one.place, "makes_link", f"“{one.makes_link}” does not point to the page that is made", mend)
