"""Two revisions compared as people read them: field by field, row by row (a moved row is followed), text word by word."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Content, Field, Kind
from wiki.kinds.definition import Column
from wiki.kinds.types import TYPES
from wiki.kinds.types.base import Namer
from wiki.pages.display import former_label, plain_json
from wiki.rendering.comparison import ParagraphChange, Piece, paragraphs, words

#: Where a text is more than a line of words.
_MARKED = re.compile(r"[\n*_`\[\]<>|#~]")


@dataclass(frozen=True)
class ValueChange:
    """One value before and after, and both in one line with what was added and removed."""

    label: str
    old: str
    new: str
    pieces: list[Piece]
    paragraphs: list[ParagraphChange] = field(default_factory=list)


@dataclass(frozen=True)
class RowChange:
    """A row that is `added`, `removed`, `changed` or only `moved`; `place` is its number now (before, if removed).

    `was` is its number before, where it had one.
    """

    kind: str
    row_id: str
    title: str
    place: int
    moved: bool
    cells: list[ValueChange]
    was: int | None = None


@dataclass(frozen=True)
class TableChange:
    label: str
    rows: list[RowChange]
    unchanged: int


@dataclass(frozen=True)
class Comparison:
    """What differs between two contents; empty lists where nothing does."""

    title: ValueChange | None
    values: list[ValueChange]
    tables: list[TableChange]
    body: list[ParagraphChange]

    @property
    def table_rows(self) -> list[RowChange]:
        return [row for table in self.tables for row in table.rows]

    @property
    def nothing(self) -> bool:
        return not (self.title or self.values or self.tables or self.changed_paragraphs)

    @property
    def changed_fields(self) -> int:
        return len(self.values) + (self.title is not None)

    @property
    def changed_rows(self) -> int:
        return len(self.table_rows)

    @property
    def changed_paragraphs(self) -> int:
        return sum(one.kind != "same" for one in self.body)

    @property
    def counted(self) -> str:
        """How much differs: "3 fields, 1 paragraph"."""
        counts = [
            (self.changed_fields, ngettext("%(count)s field", "%(count)s fields", self.changed_fields)),
            (self.changed_rows, ngettext("%(count)s row", "%(count)s rows", self.changed_rows)),
            (self.changed_paragraphs, ngettext("%(count)s paragraph", "%(count)s paragraphs", self.changed_paragraphs)),
        ]
        return ", ".join(words for count, words in counts if count)

    @property
    def said(self) -> str:
        """How much differs, in a few words."""
        return _("%(what)s changed", what=self.counted)


def compare(kind: Kind, old: Content, new: Content, names: Namer) -> Comparison:
    """The comparison of two contents of a page of this kind, already without what the reader may not see."""
    title = _value_change(_("Title"), old.title, new.title) if old.title != new.title else None
    values, tables = [], []
    for one in kind.every_field:
        before, after = old.fields.get(one.key), new.fields.get(one.key)
        if before == after:
            continue
        if one.type == "rows":
            tables.append(_table(one, old.rows(one.key), new.rows(one.key), names))
        else:
            values.append(_field_change(one, before, after, names))
    values += _kept_changes(kind, old, new)
    body = paragraphs(old.body, new.body) if old.body != new.body else []
    return Comparison(title, values, tables, body)


def _kept_changes(kind: Kind, old: Content, new: Content) -> list[ValueChange]:
    """Values whose field the kind no longer has."""
    known = {one.key for one in kind.every_field}
    rest = [key for key in {**old.fields, **new.fields} if key not in known]
    return [
        _value_change(former_label(kind, key), plain_json(old.fields.get(key, "")), plain_json(new.fields.get(key, "")))
        for key in rest
        if old.fields.get(key) != new.fields.get(key)
    ]


def _field_change(column: Column, before: Any, after: Any, names: Namer) -> ValueChange:
    return _value_change(_(column.label), _plain(column, before, names), _plain(column, after, names), column.type)


def _plain(column: Column, value: Any, names: Namer) -> str:
    if value is None:
        return ""
    try:
        return TYPES[column.type].plain(column, value, names)
    except (TypeError, ValueError, KeyError, AttributeError):
        return plain_json(value)  # written when the field had another type


def _value_change(label: str, old: str, new: str, type_: str = "text") -> ValueChange:
    if type_ == "md" and any(_MARKED.search(text) for text in (old, new)):
        return ValueChange(label, old, new, [], paragraphs(old, new))
    return ValueChange(label, old, new, words(old, new))


def _table(table: Field, old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], names: Namer) -> TableChange:
    before = {row["id"]: (place, row) for place, row in enumerate(old, start=1)}
    after = {row["id"] for row in new}
    moved = moved_rows([row["id"] for row in old], [row["id"] for row in new])
    changes = []
    for place, row in enumerate(new, start=1):
        was = before.get(row["id"])
        cells = _cells(table, was[1] if was else {}, row, names)
        if was is None:
            changes.append(RowChange("added", row["id"], _row_title(table, row, names), place, False, cells))
        elif cells or row["id"] in moved:
            kind = "changed" if cells else "moved"
            title = _row_title(table, row, names)
            changes.append(RowChange(kind, row["id"], title, place, row["id"] in moved, cells, was[0]))
    for row_id, (place, row) in before.items():
        if row_id not in after:
            cells = _cells(table, row, {}, names)
            changes.append(RowChange("removed", row_id, _row_title(table, row, names), place, False, cells))
    same = len(new) - sum(change.kind != "removed" for change in changes)
    return TableChange(_(table.label), changes, same)


def _cells(table: Field, old: dict[str, Any], new: dict[str, Any], names: Namer) -> list[ValueChange]:
    return [
        _field_change(column, old.get(column.key), new.get(column.key), names)
        for column in table.columns
        if old.get(column.key) != new.get(column.key)
    ]


def _row_title(table: Field, row: dict[str, Any], names: Namer) -> str:
    title = table.row_type.title if table.row_type else ""
    for column in sorted(table.columns, key=lambda one: one.key != title):
        if column.key in row:
            return _plain(column, row[column.key], names)
    return str(row["id"])


def moved_rows(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest rows that must have been moved: those outside a longest run that kept its order."""
    places = {row_id: place for place, row_id in enumerate(old)}
    common = [row_id for row_id in new if row_id in places]
    tails: list[int] = []
    ends: list[str] = []
    before: dict[str, str | None] = {}
    for row_id in common:
        at = bisect_left(tails, places[row_id])
        before[row_id] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(places[row_id])
            ends.append(row_id)
        else:
            tails[at], ends[at] = places[row_id], row_id
    kept = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return set(common) - kept
