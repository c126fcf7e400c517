"""The fields of a page as HTML for readers: the same for everybody, in one language, so that it can be kept.

References stand in it as `<a data-page="12">`; wiki.pages.reading takes out those that a reader may not open.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup, escape

from wiki.i18n import format_date, format_number
from wiki.i18n import gettext as _
from wiki.kinds import Content, Field, Kind
from wiki.kinds.definition import Column
from wiki.kinds.types.choices import choice_label
from wiki.pages.links import AllNames
from wiki.pages.referring import references
from wiki.rendering.headings import below_title
from wiki.rendering.links import LinkResolver
from wiki.rendering.markdown import render

_ADDRESS = re.compile(r"(?P<web>https?://[^\s<>]+)|[^\s@<>:/]+@[^\s@<>:/]+\.[^\s@<>:/]+")

#: Columns that a table shows beside each other; short values are taken in until there are as many.
COLUMNS_SHOWN = 5
#: Columns that tie a row to its template, for programs and not for readers.
_INNER_KEYS = ("step_key",)
_SHORT_TYPES = ("choice", "date", "percent", "number", "money", "person", "org")

#: Envelope fields that the page's head and side panel show in their own way.
SHOWN_ELSEWHERE = {"summary", "owner", "review_due", "review_every", "access", "access_orgs", "language", "partnership"}


class Display:
    """Turns values into HTML; `names` knows titles and row texts, `links` resolves what Markdown points to."""

    def __init__(self, names: AllNames, links: LinkResolver) -> None:
        self._names = names
        self._links = links

    def fields(self, kind: Kind, content: Content, only: Callable[[Field], bool], level: int = 2) -> Markup:
        """A description list of all filled fields for which `only` is true, tables below it with headings of that level."""
        shown = [field for field in kind.every_field if only(field) and field.key in content.fields]
        pairs = [self._pair(field, content.fields[field.key]) for field in shown if field.type != "rows"]
        tables = [self._table(kind, field, content.rows(field.key), level) for field in shown if field.type == "rows"]
        listed = Markup('<dl class="fields">{}</dl>').format(Markup().join(pairs)) if pairs else Markup()
        return listed + Markup().join(tables)

    def _pair(self, field: Column, value: Any) -> Markup:
        wide = Markup(' class="wide"') if field.type == "md" else Markup()
        return Markup('<div id="f-{}"{}><dt>{}</dt><dd>{}</dd></div>').format(
            field.key, wide, _(field.label), self.value(field, value)
        )

    def value(self, field: Column, value: Any) -> Markup:
        """One value as HTML. A value that no longer fits its field's type is shown as plain text."""
        try:
            return _SHOWN.get(field.type, Display._text)(self, field, value)
        except (TypeError, ValueError, KeyError, AttributeError):
            return escape(str(value))

    def _table(self, kind: Kind, field: Field, rows: Sequence[dict[str, Any]], level: int) -> Markup:
        """A table of rows: the main columns, further values of each row in a line below it."""
        if not rows:
            return Markup()
        asked = {question.key: _(question.text) for question in kind.questions}
        first, more = _columns(field, rows)
        former = kind.former_columns.get(field.key, ())
        return Markup(
            '<section class="rows" id="f-{key}"><h{level}>{label}</h{level}>'
            '<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table>'
            "<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>"
        ).format(
            key=field.key,
            level=level,
            label=_(field.label),
            head=Markup().join(Markup('<th scope="col">{}</th>').format(_(c.label)) for c in first),
            body=Markup().join(
                self._row(field, _with_questions(field, row, asked), first, more, former) for row in rows
            ),
        )

    def _row(
        self,
        table: Field,
        row: dict[str, Any],
        first: Sequence[Column],
        more: Sequence[Column],
        former: Sequence[Column] = (),
    ) -> Markup:
        cells = Markup().join(_cell_html(_(column.label), self._cell(column, row)) for column in first)
        line = Markup('<tr id="r-{}">{}</tr>').format(row["id"], cells)
        extra = [column for column in (*more, *former) if column.key in row]
        makes = table.makes and table.makes_link not in row
        if not extra and not makes:
            return line
        pairs = Markup().join(
            Markup("<div><dt{}>{}</dt><dd>{}</dd></div>").format(_asks(_(c.label)), _(c.label), self._cell(c, row))
            for c in extra
        )
        listed = Markup("<dl>{}</dl>").format(pairs) if extra else Markup()
        begin = Markup('<span data-makes="{}" data-row="{}"></span>').format(table.makes, row["id"]) if makes else ""
        return line + Markup('<tr class="more"><td colspan="{}">{}{}</td></tr>').format(len(first), listed, begin)

    def _cell(self, column: Column, row: dict[str, Any]) -> Markup:
        return self.value(column, row[column.key]) if column.key in row else Markup()

    def kept(self, kind: Kind, content: Content) -> Markup:
        """Values of fields that the kind no longer has: shown as kept from an earlier version, under their labels of then."""
        known = {field.key for field in kind.every_field}
        rest = {key: value for key, value in content.fields.items() if key not in known}
        if not rest:
            return Markup()
        pairs = Markup().join(
            Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(former_label(kind, key), self._former(kind, key, value))
            for key, value in rest.items()
        )
        return Markup('<section class="kept" id="f-kept"><h2>{}</h2><dl class="fields">{}</dl></section>').format(
            _("Kept from another template version"), pairs
        )

    def _former(self, kind: Kind, key: str, value: Any) -> Markup:
        """A value as its field showed it when there was one."""
        field = kind.former.get(key)
        return self.value(field, value) if field is not None and not field.row_type else escape(plain_json(value))

    def reference(self, page_id: int, row_id: str | None = None) -> Markup:
        """A link to a page or one of its rows."""
        title, href, kind = self._names.pages.get(page_id, ("", "", ""))
        if not title:
            return Markup('<span class="gone">{}</span>').format(_("a page that was deleted"))
        text = (self._names.row(page_id, row_id) if row_id else "") or title
        if row_id and text == title:
            return Markup('<span class="gone">{}</span>').format(_("row removed from %(title)s", title=title))
        fragment = f"#r-{row_id}" if row_id else ""
        mark = Markup(' class="ref {}"').format(kind)
        return Markup('<a{} data-page="{}" href="{}{}">{}</a>').format(mark, page_id, href, fragment, text)

    def _text(self, field: Column, value: Any) -> Markup:
        """Plain text; an e-mail or web address that stands alone can be followed."""
        address = _ADDRESS.fullmatch(str(value))
        if not address:
            return escape(str(value))
        scheme = "" if address["web"] else "mailto:"
        return Markup('<a href="{}{}">{}</a>').format(scheme, value, value)

    def _md(self, field: Column, value: Any) -> Markup:
        return Markup('<div class="prose">{}</div>').format(
            Markup(below_title(render(value, self._links, prefix=field.key).html))
        )

    def _date(self, field: Column, value: Any) -> Markup:
        return Markup('<time datetime="{}">{}</time>').format(value, format_date(value))

    def _range(self, field: Column, value: Any) -> Markup:
        if value.get("from") and value["from"] == value.get("until"):
            return self._date(field, value["from"])
        start = self._date(field, value["from"]) if value.get("from") else escape("…")
        end = self._date(field, value["until"]) if value.get("until") else escape(_("open"))
        return Markup("{} – {}").format(start, end)

    def _choice(self, field: Column, value: Any) -> Markup:
        return escape(choice_label(field, value))

    def _multi(self, field: Column, value: Any) -> Markup:
        chips = Markup().join(Markup("<li>{}</li>").format(choice_label(field, one)) for one in value)
        return Markup('<ul class="tags">{}</ul>').format(chips)

    def _page(self, field: Column, value: Any) -> Markup:
        return self.reference(value) if isinstance(value, int) else escape(value)

    def _pages(self, field: Column, value: Any) -> Markup:
        return Markup(", ").join(self._page(field, one) for one in value)

    def _rowlink(self, field: Column, value: Any) -> Markup:
        return self.reference(value["page"], value.get("row"))

    def _rowlinks(self, field: Column, value: Any) -> Markup:
        return Markup("; ").join(self._rowlink(field, one) for one in value)

    def _number(self, field: Column, value: Any) -> Markup:
        number = format_number(value)
        if field.type == "percent":
            return escape(f"{number} %")
        return escape(f"{number} {_(field.unit)}" if field.unit else number)

    def _money(self, field: Column, value: Any) -> Markup:
        return Markup('<span class="money">{} {}</span>').format(
            format_number(float(value["amount"])), value.get("currency", "")
        )


def _columns(field: Field, rows: Sequence[dict[str, Any]]) -> tuple[list[Column], list[Column]]:
    """The columns of the table, and those whose values stand below each row; columns without any value are left out.

    Shown are what names the row and those marked `first`, then, while there is room, short ones that at least half of the rows have: the status first.
    """
    filled = {column.key: sum(column.key in row for row in rows) for column in field.columns}
    used = [column for column in field.columns if filled[column.key] and column.key not in _INNER_KEYS]
    shown = [column for column in used if column.first] or used[:4]
    title = field.row_type.column(field.row_type.title) if field.row_type else None
    if title in used and title not in shown:
        shown = [title, *shown]  # what the row is about leads, though it may be nothing to fill in
    status = field.row_type.status if field.row_type else ""
    for column in sorted(used, key=lambda column: column.key != status):
        short = column.type in _SHORT_TYPES and filled[column.key] * 2 >= len(rows)
        if short and column not in shown and len(shown) < COLUMNS_SHOWN:
            shown.append(column)
    return shown, [column for column in used if column not in shown]


def _with_questions(field: Field, row: dict[str, Any], asked: dict[str, str]) -> dict[str, Any]:
    """An answer names its guiding question by key; readers see the question."""
    if field.rows != "answer" or row.get("question_key") not in asked:
        return row
    return {**row, "question_key": asked[row["question_key"]]}


_SHOWN: dict[str, Callable[[Display, Column, Any], Markup]] = {
    "md": Display._md,
    "date": Display._date,
    "range": Display._range,
    "choice": Display._choice,
    "multi": Display._multi,
    "person": Display._page,
    "org": Display._page,
    "link": Display._page,
    "people": Display._pages,
    "orgs": Display._pages,
    "links": Display._pages,
    "rowlink": Display._rowlink,
    "rowlinks": Display._rowlinks,
    "number": Display._number,
    "percent": Display._number,
    "money": Display._money,
}


def former_label(kind: Kind, key: str) -> str:
    """What a field was called that the kind no longer has."""
    field = kind.former.get(key)
    return _(field.label) if field is not None else key.replace("_", " ")


def _cell_html(label: str, value: Markup) -> Markup:
    """A cell that knows the label of its column: on a phone the table has no head."""
    return Markup('<td data-label="{}">{}</td>').format(label, value)


def _asks(label: str) -> Markup:
    """Marks a label that is a question, which needs no colon."""
    return Markup(' class="asks"') if label.endswith("?") else Markup()


def plain_json(value: Any) -> str:
    """An old value without a field: readable, whatever it is."""
    if isinstance(value, dict):
        return "; ".join(f"{key.replace('_', ' ')}: {plain_json(one)}" for key, one in value.items() if key != "id")
    if isinstance(value, list):
        return " · ".join(plain_json(one) for one in value)
    return str(value)


def mentioned(kind: Kind, content: Content) -> tuple[set[int], set[tuple[int, str]]]:
    """Pages and rows that the fields refer to."""
    found = [ref for _column, ref in references(kind, content)]
    return {ref.page for ref in found}, {(ref.page, ref.row) for ref in found if ref.row}
