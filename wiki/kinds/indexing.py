"""What the tables of values, rows and links and the search index hold of a page. Restricted values are in none of them."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wiki import i18n
from wiki.kinds.catalogue import Catalogue
from wiki.kinds.content import Content
from wiki.kinds.definition import Column, Field, Kind, RowType
from wiki.kinds.record import day
from wiki.kinds.redact import redact
from wiki.kinds.types import ROWS, TYPES
from wiki.kinds.types.base import Namer
from wiki.rendering.plain import plain_text

#: Without any of these a Markdown text says just what it holds.
_MARKS = re.compile(r"[*_`\[\]<>#|~&\\]")
_DIGITS = re.compile(r"\d+$")


@dataclass(frozen=True)
class ValueEntry:
    """One value of a field; `position` counts from 0 within the field."""

    key: str
    position: int
    text: str | None = None
    number: float | None = None
    date: dt.date | None = None
    date_end: dt.date | None = None
    ref: int | None = None


@dataclass(frozen=True)
class RowEntry:
    """One row of a table; `text` is its title, `data` the row as it is stored."""

    table: str
    row_type: str
    row_id: str
    position: int
    status: str | None
    due: dt.date | None
    person: int | None
    text: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Reference:
    """A link to a page, or to a row of it; `name` is "field" or "table.column", `row_id` the row that it stands in."""

    name: str
    target_page: int
    target_row: str | None = None
    row_id: str | None = None


class _Nameless:
    """Names nothing: for an index whose readers name pages by themselves, each by their own rights."""

    def page(self, page_id: int, /) -> str:
        return ""

    def row(self, page_id: int, row_id: str, /) -> str:
        return ""


NAMELESS = _Nameless()


def values(catalogue: Catalogue, kind: Kind, content: Content, state: str = "") -> list[ValueEntry]:
    """The values of all fields that are not tables."""
    shown = redact(kind, content, None, state)
    return [
        ValueEntry(field.key, n, one.text, one.number, one.date, one.date_end, one.ref)
        for field, value in _filled(kind, shown)
        if not field.row_type
        for n, one in enumerate(TYPES[field.type].index(field, value))
    ]


def rows(
    catalogue: Catalogue, kind: Kind, content: Content, namer: Namer = NAMELESS, state: str = ""
) -> list[RowEntry]:
    """The rows of all tables, in their order; without a namer, a row whose title is a reference has no text."""
    shown = redact(kind, content, None, state)
    return [
        _row(field, field.row_type, n, row, namer)
        for field, value in _filled(kind, shown)
        if field.row_type
        for n, row in enumerate(value)
    ]


def references(catalogue: Catalogue, kind: Kind, content: Content, state: str = "") -> list[Reference]:
    """What fields and rows point to, without repeats."""
    found: dict[Reference, None] = {}
    for field, value in _filled(kind, redact(kind, content, None, state)):
        if field.row_type:
            for row in value:
                for key, ref in ROWS.row_refs(field, row):
                    found[Reference(f"{field.key}.{key}", ref.page, ref.row, row["id"])] = None
        else:
            for ref in TYPES[field.type].refs(field, value):
                found[Reference(field.key, ref.page, ref.row)] = None
    return list(found)


def search_texts(
    catalogue: Catalogue, kind: Kind, content: Content, namer: Namer, state: str = ""
) -> tuple[str, str, list[tuple[str, str]]]:
    """(what says most in few words, the text of the other fields, [(row id, the text of the row)]): what a search finds."""
    lead: list[str] = []
    others: list[str] = []
    rows_found: list[tuple[str, str]] = []
    leading = _leading(kind)
    shown = redact(kind, content, None, state)
    for field, value in _filled(kind, shown):
        if field.row_type:
            former = kind.former_columns.get(field.key, ())
            rows_found += [(row["id"], _row_said(field, row, namer, former)) for row in value]
        else:
            (lead if field.key in leading else others).append(" ".join(_said(field, value, namer).split()))
    others += [_kept(kind, key, value, namer) for key, value in shown.fields.items() if kind.field(key) is None]
    return "\n".join(lead), "\n".join(others), rows_found


def search_names(kind: Kind, content: Content) -> tuple[str, ...]:
    """What the page is called besides its title: its number, as it is written and as it is said in any language ("decision 9")."""
    numbers = [content.fields[field.key] for field in kind.fields if field.numbered and field.key in content.fields]
    said = [f"{name} {digits[0]}" for number in numbers if (digits := _DIGITS.search(number)) for name in _called(kind)]
    return (*numbers, *said)


def search_synonyms(kind: Kind, content: Content, state: str = "") -> tuple[tuple[str, ...], ...]:
    """Groups of words that the page says mean the same: one of each row of a table with `synonyms`."""
    groups = []
    for field, value in _filled(kind, redact(kind, content, None, state)):
        for row in value if field.synonyms else ():
            texts = [content.title if key == "title" else row.get(key, "") for key in field.synonyms]
            words = [text.strip() for text in texts[:1]] + [w.strip() for text in texts[1:] for w in text.split(",")]
            groups.append(tuple(dict.fromkeys(word for word in words if word)))
    return tuple(group for group in groups if len(group) > 1)


def search_kind(kind: Kind) -> str:
    """What the page is, and what people call such a page, in any language: readers ask in theirs."""
    said = filter(None, (kind.label, kind.plural, kind.known_as))
    return " ".join(dict.fromkeys(text for one in said for text in i18n.in_every_language(one)))


def _called(kind: Kind) -> list[str]:
    """What people call one page of the kind, or several of them, in any language."""
    texts = (kind.key, kind.label, kind.plural, kind.known_as)
    names = (
        name.strip() for text in texts if text for said in i18n.in_every_language(text) for name in said.split(",")
    )
    return list(dict.fromkeys(filter(None, names)))


def _row_said(table: Field, row: dict[str, Any], namer: Namer, former: Sequence[Column] = ()) -> str:
    columns = [column for column in (*table.columns, *former) if column.key in row]
    said = (_said(column, row[column.key], namer) for column in columns)
    return " · ".join(text for text in said if text)


def _kept(kind: Kind, key: str, value: Any, namer: Namer) -> str:
    """A value that is kept of a field which the kind no longer has."""
    field = kind.former.get(key)
    if field is not None and not field.row_type:
        return _said(field, value, namer)
    return " · ".join(_words(value))


def _words(value: Any) -> Iterator[str]:
    """The texts in a value that no definition speaks of."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        yield from (word for key, one in parts if key != "id" for word in _words(one))


def _said(column: Column, value: Any, namer: Namer) -> str:
    """The value as people read it; Markdown without its marks."""
    if column.type == "md" and _MARKS.search(value):
        return plain_text(value)
    return TYPES[column.type].plain(column, value, namer)


def _leading(kind: Kind) -> set[str]:
    """The summary, what gives the title, and the first two texts of the short form."""
    texts = [field.key for field in kind.short if field.type in ("text", "md")]
    return {"summary", kind.title_field, *texts[:2]}


def _filled(kind: Kind, content: Content) -> list[tuple[Field, Any]]:
    return [(field, content.fields[field.key]) for field in kind.every_field if field.key in content.fields]


def _row(table: Field, row_type: RowType, position: int, row: dict[str, Any], namer: Namer) -> RowEntry:
    status, person = row.get(row_type.status), row.get(row_type.person)
    return RowEntry(
        table=table.key,
        row_type=row_type.key,
        row_id=row["id"],
        position=position,
        status=status if isinstance(status, str) else None,
        due=_due(row.get(row_type.due)),
        person=person if isinstance(person, int) else None,
        text=row_title(row_type, row, namer),
        data=row,
    )


def row_title(row_type: RowType, row: dict[str, Any], namer: Namer) -> str:
    """What people call the row: its title column, or the first column that is filled."""
    named = row_type.column(row_type.title)
    columns = [column for column in (named, *row_type.columns) if column and column.key in row]
    return TYPES[columns[0].type].plain(columns[0], row[columns[0].key], namer) if columns else ""


def _due(value: Any) -> dt.date | None:
    """A day, or the last day of a range, or its first if the end is open."""
    return day(value.get("until") or value.get("from")) if isinstance(value, dict) else day(value)
