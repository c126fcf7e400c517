"""What differs between two versions of a kind, in words that need no knowledge of how templates are written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from wiki.i18n import gettext as _
from wiki.i18n import quoted
from wiki.kinds import Field, Kind
from wiki.kinds.definition import Column
from wiki.packs.types import type_names

#: What each tone says of a difference: something new, something gone, something to look at twice, anything else.
ADDED, REMOVED, CAREFUL, CHANGED = "added", "removed", "careful", "changed"


@dataclass(frozen=True)
class Difference:
    tone: str
    text: str


def differences(old: Kind, new: Kind) -> list[Difference]:
    """Everything that is not the same, what matters most first."""
    found = [*_fields(old, new), *_states(old, new), *_texts(old, new), *_prompts(old, new)]
    if not found and _rest(old) != _rest(new):
        found.append(
            Difference(
                CHANGED,
                _(
                    "What ties such pages to others, how lists of them look, or what is worked out from them has changed."
                ),
            )
        )
    return sorted(found, key=lambda one: (CAREFUL, REMOVED, ADDED, CHANGED).index(one.tone))


def _fields(old: Kind, new: Kind) -> Iterator[Difference]:
    before, came_from = {one.key: one for one in old.fields}, _came_from(old.fields, new.fields)
    for one in new.fields:
        known = before.get(came_from.get(one.key, one.key))
        if known is None:
            yield Difference(ADDED, _("%(field)s, %(type)s", field=quoted(_(one.label)), type=type_names()[one.type]))
        else:
            yield from _field(known, one)
    gone = before.keys() - {one.key for one in new.fields} - set(came_from.values())
    for key in (one.key for one in old.fields if one.key in gone):
        yield Difference(REMOVED, _("%(field)s. What pages say there is kept.", field=quoted(_(before[key].label))))
    order = [came_from.get(one.key, one.key) for one in new.fields if came_from.get(one.key, one.key) in before]
    if order != [one.key for one in old.fields if one.key in order]:
        yield Difference(CHANGED, _("The fields stand in another order."))


def _came_from(old: Sequence[Column], new: Sequence[Column]) -> dict[str, str]:
    """New key -> the key that it had before, for what was renamed."""
    before, now = {one.key for one in old}, {one.key for one in new}
    return {one.key: was for one in new if one.key not in before for was in one.was if was in before and was not in now}


def _field(old: Field, new: Field) -> Iterator[Difference]:
    name = quoted(_(old.label))
    yield from _column(old, new, name)
    if old.form != new.form:
        said = (
            _("%(field)s is asked at once.") if new.form == "short" else _("%(field)s is asked among further details.")
        )
        yield Difference(CHANGED, said % {"field": name})
    if _needed(old) != _needed(new):
        said = _("%(field)s is needed at other steps than before.")
        if not _needed(new):
            said = _("%(field)s is not needed any more.")
        elif not _needed(old):
            said = _("%(field)s is needed from now on.")
        yield Difference(CHANGED, said % {"field": name})
    yield from _columns(old, new, name)


def _needed(one: Field) -> tuple[tuple[str, ...], ...]:
    return (one.required_to_leave, one.required_to_enter, one.complete_to_enter)


def _columns(old: Field, new: Field, table: str) -> Iterator[Difference]:
    before, came_from = {one.key: one for one in old.columns}, _came_from(old.columns, new.columns)
    for one in new.columns:
        known = before.get(came_from.get(one.key, one.key))
        if known is None:
            yield Difference(ADDED, _("New column in %(table)s: %(column)s", table=table, column=quoted(_(one.label))))
        else:
            yield from _column(known, one, _("%(column)s in %(table)s", column=quoted(_(known.label)), table=table))
    gone = before.keys() - {one.key for one in new.columns} - set(came_from.values())
    for key in sorted(gone):
        text = _(
            "Gone from %(table)s: %(column)s. What pages say there is kept.",
            table=table,
            column=quoted(_(before[key].label)),
        )
        yield Difference(REMOVED, text)


def _column(old: Column, new: Column, name: str) -> Iterator[Difference]:
    if old.label != new.label:
        yield Difference(CHANGED, _("%(field)s is called %(label)s.", field=name, label=quoted(_(new.label))))
    elif old.key != new.key:
        yield Difference(CHANGED, _("%(field)s has another name inside; what pages say goes along.", field=name))
    if old.type != new.type:
        text = _(
            "%(field)s is now %(type)s; what does not fit is shown to those who bring pages over.",
            field=name,
            type=type_names()[new.type],
        )
        yield Difference(CAREFUL, text)
    if old.help != new.help:
        yield Difference(CHANGED, _("%(field)s has another help text.", field=name))
    yield from _choices(old, new, name)
    if (old.visible_to or old.visible_if) and not (new.visible_to or new.visible_if):
        yield Difference(
            CAREFUL,
            _("%(field)s was seen by some readers only; from now on everybody who reads a page sees it.", field=name),
        )
    elif (old.visible_to, old.visible_if) != (new.visible_to, new.visible_if):
        yield Difference(CAREFUL, _("%(field)s is seen by other readers than before.", field=name))
    if old.targets != new.targets or old.default != new.default:
        yield Difference(CHANGED, _("What may stand in %(field)s, or what it begins with, has changed.", field=name))


def _choices(old: Column, new: Column, name: str) -> Iterator[Difference]:
    for key, label in new.choices.items():
        before = [was for was, now in new.choices_were.items() if now == key and was in old.choices]
        if key in old.choices:
            if old.choices[key] != label:
                text = _(
                    "%(field)s: the choice %(old)s is called %(new)s.",
                    field=name,
                    old=quoted(_(old.choices[key])),
                    new=quoted(_(label)),
                )
                yield Difference(CHANGED, text)
        elif not before:
            yield Difference(ADDED, _("%(field)s: a new choice, %(choice)s", field=name, choice=quoted(_(label))))
    for key, label in old.choices.items():
        if key not in new.choices and key not in new.choices_were and old.type == new.type:
            text = _(
                "%(field)s: %(choice)s is no choice any more. Where it was chosen it stays.",
                field=name,
                choice=quoted(_(label)),
            )
            yield Difference(REMOVED, text)


def _states(old: Kind, new: Kind) -> Iterator[Difference]:
    before, now = {one.key: one for one in old.states}, {one.key: one for one in new.states}
    for key, state in now.items():
        if key not in before:
            yield Difference(ADDED, _("New state: %(state)s", state=quoted(_(state.label))))
        elif state.label != before[key].label:
            yield Difference(
                CHANGED,
                _("The state %(old)s is called %(new)s.", old=quoted(_(before[key].label)), new=quoted(_(state.label))),
            )
    for key in before.keys() - now.keys():
        text = _(
            "Gone: the state %(state)s. Pages that are in it stay there, and lead nowhere.",
            state=quoted(_(before[key].label)),
        )
        yield Difference(CAREFUL, text)
    ways = [{key: [_plain(way) for way in one.next] for key, one in some.items()} for some in (before, now)]
    if ways[0] != ways[1]:
        yield Difference(CAREFUL, _("How pages go from state to state, or who may take them there, has changed."))


#: What a kind says of itself, and what it is called here.
def _said() -> Mapping[str, str]:
    return {
        "label": _("Name"),
        "plural": _("Name for several"),
        "intent": _("What a person wants to do"),
        "purpose": _("What it is for"),
        "icon": _("Icon"),
        "group": _("Group"),
        "body_label": _("Name of the text"),
        "review_every": _("When pages are looked at again"),
    }


def _texts(old: Kind, new: Kind) -> Iterator[Difference]:
    if old.retired != new.retired:
        kept = _("Retired: no new pages are made with it. Those that are there stay as they are.")
        yield Difference(CAREFUL, kept) if new.retired else Difference(ADDED, _("It is offered again for new pages."))
    for key, name in _said().items():
        before, now = getattr(old, key), getattr(new, key)
        if before != now:
            yield Difference(
                CHANGED, _("%(what)s: %(new)s instead of %(old)s", what=name, new=quoted(_(now)), old=quoted(_(before)))
            )


def _prompts(old: Kind, new: Kind) -> Iterator[Difference]:
    before, now = ({one.heading: one.text for one in kind.prompts} for kind in (old, new))
    for heading in now:
        if heading not in before:
            yield Difference(ADDED, _("New section: %(heading)s", heading=quoted(_(heading))))
        elif before[heading] != now[heading]:
            yield Difference(CHANGED, _("The section %(heading)s asks something else.", heading=quoted(_(heading))))
    for heading in before:
        if heading not in now:
            yield Difference(
                REMOVED,
                _("Gone: the section %(heading)s. Texts of pages stay as they are.", heading=quoted(_(heading))),
            )


def _rest(kind: Kind) -> Any:
    """All that the words above do not speak of."""
    left = {one.name: getattr(kind, one.name) for one in fields(kind)}
    for name in (
        "version",
        "place",
        "foreign",
        "former",
        "former_columns",
        "envelope",
        "prompts",
        "retired",
        "dropped",
        *_said(),
    ):
        left.pop(name, None)
    return _plain(left)


def _plain(value: Any) -> Any:
    """A definition without where it was written."""
    if hasattr(value, "__dataclass_fields__"):
        return {
            one.name: _plain(getattr(value, one.name))
            for one in fields(value)
            if one.name not in ("place", "former_choices")
        }
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
