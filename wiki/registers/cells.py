"""The cells of a register: HTML for people, plain text for the CSV file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from wiki.i18n import format_date, format_datetime, format_number
from wiki.i18n import gettext as _
from wiki.kinds import Column, Kind, Value
from wiki.kinds.types import TYPES
from wiki.kinds.types.base import Ref
from wiki.kinds.types.choices import choice_label
from wiki.registers.columns import RegisterColumn
from wiki.registers.controls import REFERENCES
from wiki.registers.entries import Entry
from wiki.registers.names import Names
from wiki.rendering.plain import plain_text
from wiki.text import shorten

#: Characters of a text that a cell shows, and of Markdown that are read for it.
SHOWN, READ = 160, 800
#: A text of more characters wants room.
LONG = 40
MOST_REFERENCES = 6


@dataclass(frozen=True)
class Cell:
    """`tone` makes a chip of it. `form` is "number" for figures, "words" for text that wants room, "heading" for the title."""

    html: Markup
    tone: str = ""
    form: str = ""


EMPTY = Cell(Markup())


def references(columns: Iterable[RegisterColumn], entries: Iterable[Entry]) -> Iterator[Ref]:
    """Every page and row that the cells of these columns name."""
    for entry in entries:
        for column in columns:
            field = column.field
            if field is not None and field.type in REFERENCES and column.key in entry.shown:
                yield from TYPES[field.type].refs(field, entry.shown[column.key])
            elif column.key in entry.values:
                value = entry.values[column.key]
                yield from value.refs
                if value.about is not None:
                    yield value.about


class Cells:
    """Makes cells for one reader, who is told only what `names` knows."""

    def __init__(self, kind: Kind, names: Names) -> None:
        self._kind = kind
        self._names = names

    def cell(self, column: RegisterColumn, entry: Entry) -> Cell:
        """The cell of an entry in a column, for a page in the browser."""
        if column.key in _BUILT_IN:
            return _BUILT_IN[column.key](self, entry)
        if column.field is None:
            value = entry.values.get(column.key)
            return self._computed(value, column.is_number) if value is not None else EMPTY
        if column.key not in entry.shown:
            return EMPTY
        html = self._value(column.field, entry.shown[column.key])
        if column.is_number:
            return Cell(html, form="number")
        return Cell(html, form="words" if column.field.type in ("text", "md") and len(html) > LONG else "")

    def text(self, column: RegisterColumn, entry: Entry) -> str:
        """The same for a file: whole texts, days as ISO, numbers as digits."""
        page = entry.page
        built_in = {
            "title": page.title,
            "state": _(self._kind.state(page.state).label),
            "changed": page.changed_at.isoformat(timespec="seconds"),
            "created": page.created_at.isoformat(timespec="seconds"),
            "space": page.space_name,
        }
        if column.key in built_in:
            return str(built_in[column.key])
        if column.field is not None:
            return self._text(column.field, entry.shown[column.key]) if column.key in entry.shown else ""
        value = entry.values.get(column.key)
        if value is None:
            return ""
        if value.key in ("entered", "latest") and isinstance(value.sort, int):
            return date.fromordinal(value.sort).isoformat()
        return "; ".join([*([value.text] if value.text else []), *map(self._named, value.refs)])

    def _title(self, entry: Entry) -> Cell:
        return Cell(escape(entry.page.title), form="heading")

    def _state(self, entry: Entry) -> Cell:
        state = self._kind.state(entry.page.state)
        return Cell(escape(_(state.label)), tone=state.tone)

    def _space(self, entry: Entry) -> Cell:
        return Cell(Markup('<a href="/{}">{}</a>').format(entry.page.space, entry.page.space_name))

    def _changed(self, entry: Entry) -> Cell:
        return Cell(_moment(entry.page.changed_at))

    def _created(self, entry: Entry) -> Cell:
        return Cell(_moment(entry.page.created_at))

    def _computed(self, value: Value, number: bool) -> Cell:
        named = [self._reference(ref) for ref in value.refs]
        text = escape(value.text)
        if value.about is not None and (href := self._names.link(value.about)[1]):
            text = Markup('<a class="ref" data-page="{}" href="{}">{}</a>').format(value.about.page, href, value.text)
        if named:
            return Cell(_listed([*([text] if value.text else []), *named]))
        return Cell(
            text, tone="" if value.tone == "quiet" or not value.text else value.tone, form="number" if number else ""
        )

    def _named(self, ref: Ref) -> str:
        return self._names.row(ref.page, ref.row) if ref.row else self._names.page(ref.page)

    def _reference(self, ref: Ref) -> Markup:
        text, href = self._names.link(ref)
        if href:
            return Markup('<a class="ref" data-page="{}" href="{}">{}</a>').format(ref.page, href, shorten(text, SHOWN))
        return Markup('<span class="hidden-ref">{}</span>').format(text)

    def _value(self, column: Column, value: Any) -> Markup:
        """A value as HTML; one that no longer fits the type of its field is shown as it is."""
        try:
            if column.type in REFERENCES:
                return self._references(column, value)
            return _SHOWN.get(column.type, _shown_text)(self, column, value)
        except (TypeError, ValueError, KeyError, AttributeError):
            return escape(shorten(str(value), SHOWN))

    def _references(self, column: Column, value: Any) -> Markup:
        parts = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                parts.append(escape(one))
            else:
                parts.append(self._reference(Ref(one["page"], one.get("row")) if isinstance(one, dict) else Ref(one)))
        return _listed(parts)

    def _text(self, column: Column, value: Any) -> str:
        try:
            return _WRITTEN[column.type](value) if column.type in _WRITTEN else self._plain(column, value)
        except (TypeError, ValueError, KeyError, AttributeError):
            return str(value)

    def _plain(self, column: Column, value: Any) -> str:
        return TYPES[column.type].plain(column, value, self._names)


def _listed(parts: list[Markup]) -> Markup:
    """One after the other, and how many more there are."""
    if len(parts) == 1:
        return parts[0]
    shown = parts[:MOST_REFERENCES]
    if len(parts) > MOST_REFERENCES:
        shown.append(escape(_("and %(count)s more", count=len(parts) - MOST_REFERENCES)))
    items = Markup().join(Markup("<li>{}</li>").format(one) for one in shown)
    return Markup('<ul class="refs">{}</ul>').format(items)


def _moment(moment: Any) -> Markup:
    said, whole = format_datetime(moment), moment.isoformat(timespec="seconds")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(whole, said, said.rpartition(" ")[0] or said)


def _shown_text(cells: Cells, column: Column, value: Any) -> Markup:
    return escape(shorten(str(value), SHOWN))


def _shown_markdown(cells: Cells, column: Column, value: Any) -> Markup:
    return escape(shorten(plain_text(value[:READ]), SHOWN))


def _shown_day(cells: Cells, column: Column, value: Any) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(value, format_date(value))


def _shown_range(cells: Cells, column: Column, value: Any) -> Markup:
    until = _shown_day(cells, column, value["until"]) if value.get("until") else escape(_("open"))
    return Markup("{} – {}").format(_shown_day(cells, column, value["from"]), until)


def _shown_choice(cells: Cells, column: Column, value: Any) -> Markup:
    return escape(choice_label(column, value))


def _shown_words(cells: Cells, column: Column, value: Any) -> Markup:
    words = Markup().join(Markup("<li>{}</li>").format(choice_label(column, one)) for one in value)
    return Markup('<ul class="tags">{}</ul>').format(words)


def _shown_plain(cells: Cells, column: Column, value: Any) -> Markup:
    return escape(cells._plain(column, value))


def _shown_count(cells: Cells, column: Column, value: Any) -> Markup:
    return escape(format_number(len(value)))


_SHOWN: Mapping[str, Callable[[Cells, Column, Any], Markup]] = {
    "md": _shown_markdown,
    "date": _shown_day,
    "range": _shown_range,
    "choice": _shown_choice,
    "multi": _shown_words,
    "number": _shown_plain,
    "percent": _shown_plain,
    "money": _shown_plain,
    "rows": _shown_count,
}

_BUILT_IN: Mapping[str, Callable[[Cells, Entry], Cell]] = {
    "title": Cells._title,
    "state": Cells._state,
    "space": Cells._space,
    "changed": Cells._changed,
    "created": Cells._created,
}

#: How a file writes what browsers show in the reader's way.
_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "date": str,
    "range": lambda value: f"{value['from']} – {value.get('until') or ''}".rstrip(),
    "number": str,
    "percent": str,
    "money": lambda value: f"{value['amount']} {value['currency']}",
    "rows": lambda value: str(len(value)),
}
