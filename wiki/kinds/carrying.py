"""What was written by an earlier version of a kind, under the names of a later one: fields, columns and choices that were renamed.

Nothing is dropped. A value that does not fit where it would go stays where it is, and so does one whose new place is taken.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wiki.kinds.content import Content
from wiki.kinds.definition import Column, Field, Kind
from wiki.kinds.types import TYPES
from wiki.kinds.types.base import BadValue


class _AllThere:
    """Takes every page and row that is named by its number for one that is there: whether it is, was asked when it was written."""

    def page(self, text: str, kinds: Sequence[str]) -> int:
        raise BadValue(text)

    def row(self, text: str, targets: Sequence[str]) -> tuple[int, str]:
        raise BadValue(text)

    def known(self, page_id: int, kinds: Sequence[str]) -> bool:
        return True

    def known_row(self, page_id: int, row_id: str, targets: Sequence[str]) -> bool:
        return True


ALL_THERE = _AllThere()


def carried(kind: Kind, content: Content) -> Content:
    """The content as this version of the kind names it; the same object if nothing has another name."""
    fields = _moved(content.fields, kind.fields)
    for field in kind.fields:
        value = fields.get(field.key)
        if field.key in fields and (new := _inside(field, value)) is not value:
            fields = {**fields, field.key: new}
    return content if fields is content.fields else Content(content.title, content.body, fields)


def _moved(values: dict[str, Any], columns: Sequence[Column]) -> dict[str, Any]:
    """The values with each under its new key, where that is free and the value can stand there."""
    known = {one.key for one in columns}
    found = values
    for one in columns:
        for was in one.was:
            if was in found and was not in known and one.key not in found and fits(one, found[was]):
                found = {one.key if key == was else key: value for key, value in found.items()}
    return found


def _inside(field: Field, value: Any) -> Any:
    """A value with what was renamed in it: choices, and in tables columns and their choices."""
    if not field.row_type or not isinstance(value, list):
        return _chosen(field, value)
    rows = [_row(field, row) if isinstance(row, dict) else row for row in value]
    return rows if any(new is not old for new, old in zip(rows, value, strict=True)) else value


def _row(field: Field, row: dict[str, Any]) -> dict[str, Any]:
    found = _moved(row, field.columns)
    for column in field.columns:
        value = found.get(column.key)
        if value is not None and (new := _chosen(column, value)) is not value:
            found = {**found, column.key: new}
    return found


def _chosen(column: Column, value: Any) -> Any:
    if not column.choices_were:
        return value
    if isinstance(value, str):
        return _choice(column, value)
    if not isinstance(value, list) or not any(_choice(column, one) != one for one in value):
        return value
    return list(dict.fromkeys(_choice(column, one) for one in value))


def _choice(column: Column, key: Any) -> Any:
    return column.choices_were.get(key, key) if isinstance(key, str) and key not in column.choices else key


def fits(column: Column, value: Any) -> bool:
    """Whether the value can stand in a field or column as it is, its rows apart from what they keep of former columns."""
    if isinstance(column, Field) and column.row_type:
        return isinstance(value, list) and all(isinstance(row, dict) and "id" in row for row in value)
    if column.type not in TYPES:
        return False
    try:
        return TYPES[column.type].from_json(column, _chosen(column, value), ALL_THERE) is not None
    except (BadValue, AttributeError, LookupError, TypeError, ValueError):
        return False


def cells_that_do_not_fit(field: Field, rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, Column]]:
    """(row id, column) of every cell that cannot stand in its column as it is."""
    return [
        (str(row.get("id", "")), column)
        for row in rows
        for column in field.columns
        if column.key in row and not fits(column, row[column.key])
    ]
