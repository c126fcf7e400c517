"""Whether a new revision says something else than the one before it: who has read the page has to read it again only then.

The rules, in words, are in docs/acknowledgement.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wiki.kinds import Content, Field, Kind
from wiki.pages.slips import Slips, only_slips

#: What the author, or who keeps the page right, says of a change.
SMALL, AGAIN = "small", "again"
#: Fields of the envelope that say how to take what the page says; the others look after the page itself.
TAKEN_WITH_IT = ("summary", "handling_notice", "community_labels")
#: Columns that hold prose: slips of the pen in them are looked for.
_PROSE = ("text", "md")


def is_material(kind: Kind, before: Content, after: Content, was: str, now: str, said: str = "") -> bool:
    """Whether the change is worth reading the page again. `was` and `now` are the states; `said` is SMALL, AGAIN or "".

    What people agreed upon or what is locked, and a page that comes to count or no longer counts, are always material.
    """
    if said == AGAIN or _counts_otherwise(kind, was, now) or _touches_agreed(kind, before, after, {was, now}):
        return True
    return said != SMALL and _says_something_else(kind, before, after)


def _counts_otherwise(kind: Kind, was: str, now: str) -> bool:
    """Whether one of the two states is one in which the page was agreed, accepted, replaced or ended, and the other is not the same."""
    return was != now and any(_binds(kind, state) for state in (was, now))


def _binds(kind: Kind, state: str) -> bool:
    taken_over = kind.replaces is not None and state in kind.replaces.on_entering
    return bool(kind.state(state).over) or state == kind.agreed_state or taken_over or bool(kind.locked.get(state))


def _touches_agreed(kind: Kind, before: Content, after: Content, states: set[str]) -> bool:
    names = {*kind.guarded, *(key for state in states for key in kind.locked.get(state, ()))}
    return any(_values(before, name) != _values(after, name) for name in names)


def _values(content: Content, name: str) -> Any:
    """What a content has under "field", or by row under "table.column"."""
    key, _dot, column = name.partition(".")
    if not column:
        return content.fields.get(key)
    return {row["id"]: row.get(column) for row in content.rows(key)}


def _says_something_else(kind: Kind, before: Content, after: Content) -> bool:
    slips = Slips()
    texts = [(before.title, after.title), (before.body, after.body)]
    if not all(only_slips(old, new, slips) for old, new in texts):
        return True
    return any(
        not _same_value(kind, field, before.fields.get(key), after.fields.get(key), slips)
        for key, field in _fields(kind, before, after)
        if before.fields.get(key) != after.fields.get(key)
    )


def _fields(kind: Kind, before: Content, after: Content) -> Iterator[tuple[str, Field | None]]:
    """What counts among the fields: the kind's own, those of the envelope that say how to take them, and values that have no field any more."""
    aside = {one.key for one in kind.envelope} - {*TAKEN_WITH_IT, *(one.key for one in kind.fields)}
    aside |= {name for name, _column in kind.restricted}  # who may not see it is not sent to look for it
    for key in {**before.fields, **after.fields}:
        field = kind.field(key)
        if key not in aside and (field is None or field.rows != "endorsement"):
            yield key, field


def _same_value(kind: Kind, field: Field | None, old: Any, new: Any, slips: Slips) -> bool:
    if field is not None and field.row_type is not None:
        return _same_rows(kind, field, old or [], new or [], slips)
    return (field is None or field.type in _PROSE) and _same_words(old, new, slips)


def _same_words(old: Any, new: Any, slips: Slips) -> bool:
    return isinstance(old, str) and isinstance(new, str) and only_slips(old, new, slips)


def _same_rows(
    kind: Kind, table: Field, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], slips: Slips
) -> bool:
    """Rows that have a status run from day to day: of them only what they are called counts, and that they come and go."""
    before = {row["id"]: row for row in old}
    if before.keys() != {row["id"] for row in new}:
        return False
    assert table.row_type is not None
    running = bool(table.row_type.status)
    hidden = {name for name, _column in kind.restricted}
    columns = [
        one
        for one in table.columns
        if (not running or one.key == table.row_type.title) and f"{table.key}.{one.key}" not in hidden
    ]
    for row in new:
        for column in columns:
            was, now = before[row["id"]].get(column.key), row.get(column.key)
            if was != now and not (column.type in _PROSE and _same_words(was, now, slips)):
                return False
    return True
