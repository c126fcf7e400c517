"""The cells of a named register: HTML for people, words for files."""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from wiki.i18n import format_date, format_number
from wiki.i18n import gettext as _
from wiki.kinds.record import InChain
from wiki.kinds.types.base import Ref
from wiki.registers.cells import EMPTY, LONG, SHOWN, Cell
from wiki.registers.listing import Place
from wiki.registers.named.answering import as_refs
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Register, Status
from wiki.registers.names import Names
from wiki.text import shorten, url_part

#: Names that a cell shows before it says how many more there are: the page itself has them all.
MOST_REFERENCES = 2


class Cells:
    """Makes the cells of one register for one reader, who is told only what `names` knows."""

    def __init__(self, place: Place, register: Register, names: Names) -> None:
        self._slugs = {one.id: one.slug for one in place.spaces.values()}
        self._statuses = register.statuses()
        self._flags = register.flags()
        self._names = names

    def page_href(self, line: Line) -> str:
        """The page of a line."""
        return f"/{url_part(self._slugs[line.page.space_id])}/{url_part(line.page.slug)}"

    def href(self, line: Line) -> str:
        """The page, at its row."""
        return self.page_href(line) + (f"#r-{line.row_id}" if line.row_id else line.below)

    def status(self, line: Line) -> Status:
        return self._statuses.get(line.status) or Status(line.status)

    def flags(self, line: Line) -> list[Status]:
        return [self._flags[key] for key in line.flags if key in self._flags]

    def cell(self, column: Column, line: Line) -> Cell:
        return _SHOWN[column.type](self, column, line)

    def text(self, column: Column, line: Line) -> str:
        """The same for a file: days as ISO, numbers as digits, names with semicolons between."""
        if column.type == "source":
            return str(line.page.title)
        if column.type == "flags":
            return "; ".join(line.flags)
        value = column.value(line)
        if column.type == "count":
            return str(value or 0)
        if value in (None, "", (), []):
            return ""
        if column.type == "pages":
            return "; ".join(one if isinstance(one, str) else self._named(one) for one in as_refs(value))
        if column.type == "chain":
            return " → ".join(one.number or one.title for one in value)
        return str(column.choices.get(value, value)) if column.type == "choice" else str(value)

    def _named(self, ref: Ref) -> str:
        return self._names.row(ref.page, ref.row) if ref.row else self._names.page(ref.page)

    def _title(self, column: Column, line: Line) -> Cell:
        return Cell(escape(shorten(line.text, SHOWN) or line.page.title), form="heading")

    def _status(self, column: Column, line: Line) -> Cell:
        status = self.status(line)
        return Cell(escape(status.label), tone=status.tone)

    def _words(self, column: Column, line: Line) -> Cell:
        text = shorten(str(column.value(line) or ""), SHOWN)
        return Cell(escape(text), form="words" if len(text) > LONG else "") if text else EMPTY

    def _day(self, column: Column, line: Line) -> Cell:
        value = column.value(line)
        if not value:
            return Cell(escape(column.otherwise(line))) if column.otherwise is not None else EMPTY
        return Cell(Markup('<time datetime="{}">{}</time>').format(value, format_date(value)))

    def _number(self, column: Column, line: Line) -> Cell:
        value = column.value(line)
        if value is None:
            return Cell(escape(column.otherwise(line)), form="number") if column.otherwise is not None else EMPTY
        return Cell(escape(format_number(value)), form="number")

    def _count(self, column: Column, line: Line) -> Cell:
        value = column.value(line)
        if not value:
            return Cell(Markup(), form="number count")
        href = f"{self.page_href(line)}/holds{column.goes}"
        return Cell(Markup('<a href="{}">{}</a>').format(href, format_number(value)), form="number count")

    def _choice(self, column: Column, line: Line) -> Cell:
        value = column.value(line)
        return Cell(escape(column.choices.get(value, value))) if value else EMPTY

    def _pages(self, column: Column, line: Line) -> Cell:
        parts = [escape(one) if isinstance(one, str) else self._link(one) for one in as_refs(column.value(line))]
        return Cell(_listed(parts)) if parts else EMPTY

    def _link(self, ref: Ref) -> Markup:
        text, href = self._names.link(ref)
        if href:
            return Markup('<a class="ref" href="{}">{}</a>').format(href, shorten(text, SHOWN))
        return Markup('<span class="hidden-ref">{}</span>').format(text)

    def _source(self, column: Column, line: Line) -> Cell:
        href = self.page_href(line)
        return Cell(Markup('<a class="ref" href="{}">{}</a>').format(href, line.page.title))

    def _chain(self, column: Column, line: Line) -> Cell:
        """What replaced what, opening in place: first where to look, then every step with its day and reason."""
        chain = column.value(line)
        if not chain:
            return EMPTY
        last = chain[-1]
        short = " → ".join(one.number or one.title for one in chain)
        said = _("see %(name)s", name=last.number or last.title) if last.steps > 0 else short
        steps = Markup().join(Markup("<li{}>{}</li>").format(_current(one), _step(one)) for one in chain)
        html = Markup('<details class="chain"><summary>{}</summary><ol>{}</ol></details>').format(said, steps)
        return Cell(html, form="words")

    def _flagged(self, column: Column, line: Line) -> Cell:
        chips = [
            Markup('<li><span class="flag flag-{}">{}</span></li>').format(flag.tone, flag.label)
            for flag in self.flags(line)
        ]
        return Cell(Markup('<ul class="flags">{}</ul>').format(Markup().join(chips))) if chips else EMPTY


def _current(one: InChain) -> Markup:
    return Markup() if one.steps else Markup(' aria-current="true"')


def _step(one: InChain) -> Markup:
    link = Markup('<a href="{}">{}</a>').format(one.href, one.name)
    name = link if one.steps else Markup("<strong>{}</strong>").format(one.name)
    day = format_date(one.since) if one.since else ""
    why = ": ".join(part for part in (day, one.because) if part)
    return Markup('<p class="chain-name">{}</p>{}').format(
        name, Markup('<p class="chain-why">{}</p>').format(why) if why else ""
    )


def _listed(parts: list[Markup]) -> Markup:
    """One after the other, and how many more there are."""
    if len(parts) == 1:
        return parts[0]
    most = MOST_REFERENCES if len(parts) > MOST_REFERENCES + 1 else len(parts)
    shown = parts[:most]
    if len(parts) > most:
        shown.append(escape(_("and %(count)s more", count=len(parts) - most)))
    return Markup('<ul class="refs">{}</ul>').format(Markup().join(Markup("<li>{}</li>").format(one) for one in shown))


_SHOWN: Mapping[str, Callable[[Cells, Column, Line], Cell]] = {
    "title": Cells._title,
    "status": Cells._status,
    "words": Cells._words,
    "day": Cells._day,
    "number": Cells._number,
    "count": Cells._count,
    "choice": Cells._choice,
    "pages": Cells._pages,
    "source": Cells._source,
    "flags": Cells._flagged,
    "chain": Cells._chain,
}


def mentioned(columns: list[Column], lines: list[Line]) -> list[Ref]:
    """Every page and row that the cells of these columns name."""
    found: list[Ref] = []
    for column in columns:
        if column.type == "pages":
            for line in lines:
                found += [one for one in as_refs(column.value(line)) if isinstance(one, Ref)]
    return found


Value = Callable[[Line], Any]


def of_row(key: str) -> Value:
    """A column's value as it stands in the row."""
    return lambda line: line.data.get(key)
