"""What no part of a definition can see alone: names that lead nowhere, too many fields, states nobody reaches."""

from collections.abc import Mapping

from wiki.kinds.check_fields import FieldCheck
from wiki.kinds.check_holding import check_holding, check_shared
from wiki.kinds.check_register import check_computed, check_register, check_row_computed
from wiki.kinds.check_relations import check_relations
from wiki.kinds.check_states import check_states
from wiki.kinds.definition import GROUPS, RHYTHMS, Field, Kind, RowType
from wiki.kinds.problems import Problems

MOST_SHORT = 7
#: Kinds of which the program makes pages itself: of people and what they hand over, and for "Just write a page".
ALWAYS_OFFERED = frozenset({"article", "handover", "organisation", "person"})
RESERVED = frozenset({"title", "body", "state", "slug", "space", "changed", "created", "freshness", "id"})

#: Types that point to pages -> the kinds they point to, where the type itself says so.
POINTING: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("link", "links"), ()),
    **dict.fromkeys(("person", "people"), ("person", "role")),
    **dict.fromkeys(("org", "orgs"), ("organisation",)),
}


def check(
    kinds: Mapping[str, Kind], envelope: tuple[Field, ...], rows: Mapping[str, RowType], problems: Problems
) -> None:
    """Notes every mistake that shows when the definitions are seen together."""
    for row_type in rows.values():
        FieldCheck(kinds, row_type.columns, problems).row_type(row_type)
        check_row_computed(row_type, problems)
    FieldCheck(kinds, envelope, problems).fields(envelope, states=frozenset())
    check_shared(envelope, rows.values(), kinds, problems)
    for kind in kinds.values():
        _check_kind(kind, kinds, problems)


def _check_kind(kind: Kind, kinds: Mapping[str, Kind], problems: Problems) -> None:
    place = kind.place
    if kind.group not in GROUPS and kind.group != "?":
        problems.add(place, "group", f"There is no group “{kind.group}”", f"use one of {', '.join(GROUPS)}")
    if kind.review_every not in RHYTHMS:
        mend = f"use one of {', '.join(RHYTHMS)}"
        problems.add(place, "review_every", f"There is no rhythm “{kind.review_every}”", mend)
    if len(kind.short) > MOST_SHORT:
        surplus = kind.short[MOST_SHORT]
        message = f"The short form has {len(kind.short)} fields, “{surplus.key}” is one too many"
        problems.add(surplus.place, "form", message, f'write form = "more" until at most {MOST_SHORT} are short')
    if kind.retired and kind.key in ALWAYS_OFFERED:
        problems.add(place, "retired", "The program makes such pages itself", "remove the line")
    _check_names(kind, problems)
    states = frozenset(state.key for state in kind.states)
    FieldCheck(kinds, kind.every_field, problems).fields(kind.fields, states)
    check_states(kind, problems)
    check_computed(kind, kinds, problems)
    check_register(kind, problems)
    check_relations(kind, kinds, problems)
    check_holding(kind, problems)
    _check_joint(kind, problems)
    _check_references(kind, kinds, problems)
    for question in kind.questions:
        if question.stage and question.stage not in states:
            message = f"There is no state “{question.stage}”"
            problems.add(question.place, "stage", message, f"use one of {', '.join(sorted(states))}")


def _check_names(kind: Kind, problems: Problems) -> None:
    common = {one.key for one in kind.envelope}
    for one in kind.fields:
        if one.key in RESERVED or one.key in common:
            problems.add(one.place, "key", f"Every page has “{one.key}” already", "give the field another key")


def _check_joint(kind: Kind, problems: Problems) -> None:
    states = {state.key for state in kind.states}
    if kind.joint and kind.agreed_state not in states:
        mend = f"name one of {', '.join(sorted(states))}"
        key = "agreed_state" if kind.agreed_state else "joint"
        problems.add(kind.place, key, "A joint kind needs the state that the endorsements open", mend)
    if not kind.joint and (kind.agreed_state or kind.guarded):
        key = "agreed_state" if kind.agreed_state else "guarded"
        problems.add(kind.place, key, f"“{key}” is for joint kinds", "remove it, or write joint = true")
    for name in kind.guarded:
        if not _has(kind, name):
            problems.add(kind.place, "guarded", f"There is no field “{name}” to guard", "name a field or table.column")
    for state, keys in kind.locked.items():
        if state not in states:
            problems.add(
                kind.place, "locked", f"There is no state “{state}”", f"name one of {', '.join(sorted(states))}"
            )
        for key in keys:
            if not _has(kind, key) and key not in ("title", "body"):
                problems.add(kind.place, "locked", f"There is no field “{key}” to lock", "name a field of this kind")


def _check_references(kind: Kind, kinds: Mapping[str, Kind], problems: Problems) -> None:
    title = kind.field(kind.title_field) if kind.title_field else None
    if kind.title_field and (title is None or title.type not in ("text", "md")):
        problems.add(kind.place, "title_field", f"“{kind.title_field}” is not a field with text", "name a text field")
    for state in kind.body_required_to_enter:
        if not kind.in_state(state):
            problems.add(
                kind.place, "body_required_to_enter", f"There is no state “{state}”", "name a state of this kind"
            )
    for source in kind.starts_from:
        if source not in kinds:
            problems.add(kind.place, "starts_from", f"There is no kind “{source}”", f"use one of {', '.join(kinds)}")
    link = kind.field(kind.starts_link) if kind.starts_link else None
    targets = POINTING.get(link.type) if link else None
    if kind.starts_link and targets is None:
        problems.add(kind.place, "starts_link", f"“{kind.starts_link}” does not point to a page", "name a link field")
        return
    allowed = targets or (link.targets if link else ())
    if allowed and (wrong := [source for source in kind.starts_from if source not in allowed]):
        message = f"“{kind.starts_link}” cannot point to {', '.join(wrong)}"
        problems.add(kind.place, "starts_link", message, "add them to its targets, or take them out of starts_from")


def _has(kind: Kind, name: str) -> bool:
    key, _, column = name.partition(".")
    field = kind.field(key)
    return field is not None and (not column or any(one.key == column for one in field.columns))
