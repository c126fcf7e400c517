"""One page named instead of another, in all fields of a content."""

from collections.abc import Mapping
from typing import Any

from wiki.kinds import Content, Kind
from wiki.kinds.types import TYPES
from wiki.kinds.types.references import ListOf, Reference, RowReference


def named_instead(kind: Kind, content: Content, goes: int, stays: int, rows: Mapping[str, str]) -> Content:
    """The content with `stays` wherever a field or cell names `goes`, lists without doubles.

    `rows` says under which id each row of `goes` is found on `stays`; references to other rows of it are left alone.
    """
    change = _Change(goes, stays, rows)
    fields = dict(content.fields)
    for field in kind.every_field:
        if field.key not in fields:
            continue
        if field.row_type:
            fields[field.key] = [
                {**row, **{one.key: change.of(one.type, row[one.key]) for one in field.columns if one.key in row}}
                for row in content.rows(field.key)
            ]
        else:
            fields[field.key] = change.of(field.type, fields[field.key])
    return Content(content.title, content.body, fields)


class _Change:
    def __init__(self, goes: int, stays: int, rows: Mapping[str, str]) -> None:
        self._goes, self._stays, self._rows = goes, stays, rows

    def of(self, type_name: str, value: Any) -> Any:
        """The value of a field type, changed if the type refers to pages."""
        kind = TYPES[type_name]
        if isinstance(kind, ListOf) and isinstance(value, list):
            changed = [self._one(entry) for entry in value]
            return [one for at, one in enumerate(changed) if one not in changed[:at]]
        return self._one(value) if isinstance(kind, (Reference, RowReference)) else value

    def _one(self, value: Any) -> Any:
        if isinstance(value, dict) and value.get("page") == self._goes:
            return self._row(value)
        return self._stays if value == self._goes and not isinstance(value, bool) else value

    def _row(self, value: dict[str, Any]) -> dict[str, Any]:
        row = value.get("row")
        if row is None:
            return {**value, "page": self._stays}
        return {**value, "page": self._stays, "row": self._rows[row]} if row in self._rows else value
