"""Changes of Markdown as readers see them: the paragraphs rendered, with what was added and removed marked in them."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.history.compare import Comparison, RowChange, ValueChange
from wiki.pages import reading
from wiki.pages.links import PageLinks
from wiki.rendering.comparison import Change, ParagraphChange
from wiki.rendering.markdown import render
from wiki.rendering.marked import marked, settled

#: Characters that may mean more than they say.
_MARKS = re.compile(r"[*_`\[\]<>|#~\\!&$]|^\s*(?:[-+>]|\d+[.)])", re.MULTILINE)


def comparison_as_read(session: Session, viewer: Viewer, found: Found, comparison: Comparison) -> Comparison:
    """A comparison whose texts are shown as they are read."""
    look = Looks(session, viewer, found, [*comparison.body, *paragraphs_of(comparison.values, comparison.table_rows)])
    tables = [replace(table, rows=[look.row(row) for row in table.rows]) for table in comparison.tables]
    values = [look.value(one) for one in comparison.values]
    return replace(comparison, values=values, tables=tables, body=[look.paragraph(one) for one in comparison.body])


def paragraphs_of(values: Iterable[ValueChange], rows: Iterable[RowChange] = ()) -> list[ParagraphChange]:
    """The paragraphs of changed fields and of cells."""
    cells = [cell for row in rows for cell in row.cells]
    return [paragraph for one in [*values, *cells] for paragraph in one.paragraphs]


class Looks:
    """How paragraphs of one page look to one reader: all rendered at once, without the names of pages that they may not know."""

    def __init__(self, session: Session, viewer: Viewer, found: Found, changes: Iterable[ParagraphChange]) -> None:
        texts = dict.fromkeys(text for change in changes for text in (change.old, change.new) if text)
        self._html = apart(session, viewer, found, list(texts))

    def row(self, row: RowChange) -> RowChange:
        return replace(row, cells=[self.value(cell) for cell in row.cells])

    def value(self, value: ValueChange) -> ValueChange:
        return replace(value, paragraphs=[self.paragraph(one) for one in value.paragraphs])

    def paragraph(self, change: ParagraphChange) -> ParagraphChange:
        """The same with its looks; as it is typed where a reader would see no difference."""
        if any(text and text not in self._html for text in (change.old, change.new)):
            return change
        old, new = self._html.get(change.old, Markup()), self._html.get(change.new, Markup())
        if change.kind is Change.SAME:
            return replace(change, same=new)
        hides = any(_MARKS.search(text) for text in (change.old, change.new))
        return replace(change, shown=marked(old, new), hides=hides)


def apart(session: Session, viewer: Viewer, found: Found, texts: list[str]) -> dict[str, Markup]:
    """The HTML of each text, for one reader; nothing when they cannot be told apart afterwards."""
    if not texts:
        return {}
    between = f"hf{secrets.token_hex(8)}"
    whole = f"\n\n{between}\n\n".join([*texts, ""])
    links = PageLinks(session, found.space.slug, found.page.id, found.page.slug)
    shown = reading.for_viewer(session, viewer, render(whole, links, hide_empty=False).html, found.space.slug)
    parts = str(shown).split(f"<p>{between}</p>")
    if len(parts) != len(texts) + 1 or between in "".join(parts):
        return {}
    return {text: settled(part.strip()) for text, part in zip(texts, parts, strict=False)}
