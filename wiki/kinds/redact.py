"""Values that not everybody who may read a page may see: `visible_to` and `visible_if`."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from wiki.kinds.content import Content
from wiki.kinds.definition import Column, Condition, Kind


def redact(kind: Kind, content: Content, person_id: int | None, state: str = "") -> Content:
    """`content` without the values that this person may not see; the content itself is not changed.

    `person_id` is the reader's person page, None for somebody without one; `state` is the page's.
    """
    return without(content, hidden_keys(kind, content, person_id, state))


def without(content: Content, hidden: frozenset[str]) -> Content:
    """`content` without these fields and columns, named as by `hidden_keys`."""
    if not hidden:
        return content
    fields = {key: value for key, value in content.fields.items() if key not in hidden}
    for table, columns in _tables(hidden, content):
        fields[table] = [
            {key: value for key, value in row.items() if key not in columns} for row in content.rows(table)
        ]
    return replace(content, fields=fields)


def hidden_keys(kind: Kind, content: Content, person_id: int | None, state: str = "") -> frozenset[str]:
    """Keys of fields, and "table.column", that this person may not see; for None, what the index leaves out."""
    return frozenset(name for name, column in kind.restricted if not _may_see(column, content.fields, person_id, state))


def keep_hidden(kind: Kind, old: Content, new: Content, person_id: int | None, state: str = "") -> Content:
    """`new` with the values of `old` that its writer could not see, so that nobody deletes what is hidden from them."""
    hidden = hidden_keys(kind, old, person_id, state)
    fields = {key: value for key, value in new.fields.items() if key not in hidden}
    fields |= {key: old.fields[key] for key in hidden if key in old.fields}
    for table, columns in _tables(hidden, new):
        before = {row["id"]: row for row in old.rows(table)}
        fields[table] = [_kept_row(row, before.get(row["id"], {}), columns) for row in new.rows(table)]
    return replace(new, fields=fields)


def _kept_row(row: Mapping[str, Any], before: Mapping[str, Any], columns: set[str]) -> dict[str, Any]:
    shown = {key: value for key, value in row.items() if key not in columns}
    return shown | {key: before[key] for key in columns if key in before}


def _may_see(column: Column, fields: Mapping[str, Any], person_id: int | None, state: str) -> bool:
    if person_id is not None:
        named = {person for name in column.visible_to for person in _people(fields, name)}
        if person_id in named or (column.visible_if and fields.get("owner") == person_id):
            return True
    return bool(column.visible_if) and not column.visible_to and _holds(column.visible_if, fields, state)


def _people(fields: Mapping[str, Any], name: str) -> Iterator[int]:
    """The persons in a field ("manager") or in a column of all rows ("holders.person")."""
    key, _, column = name.partition(".")
    value = fields.get(key)
    values = value if isinstance(value, list) else [value]
    for one in [row.get(column) for row in values if isinstance(row, dict)] if column else values:
        yield from (each for each in (one if isinstance(one, list) else [one]) if isinstance(each, int))


def _holds(condition: Condition, fields: Mapping[str, Any], state: str) -> bool:
    return all(str(state if key == "state" else fields.get(key, "")) in values for key, values in condition.items())


def _tables(hidden: frozenset[str], content: Content) -> Iterator[tuple[str, set[str]]]:
    """The tables that are filled and have hidden columns, with those columns."""
    for table in {name.partition(".")[0] for name in hidden if "." in name}:
        if content.rows(table) and table not in hidden:
            yield table, {name.partition(".")[2] for name in hidden if name.startswith(f"{table}.")}
