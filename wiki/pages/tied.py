"""What a new page begins with when it replaces another one, or is made from one of its rows."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Viewer, page_for
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content, Field, Kind
from wiki.kinds.types.base import Form
from wiki.pages.editing import Source
from wiki.pages.storing import content_of, current_revision
from wiki.pages.twins import RowPlace


def tied_content(kind: Kind, content: Content, source: Source | None, row: str, *, replaces: bool) -> Content:
    """What a new page begins with: `content`, with what it takes from a row of its source or from the page it replaces."""
    if source is None:
        return content
    if replaces and kind.replaces is not None and source.kind.key == kind.key:
        return _replacement(kind, content, source)
    return _from_row(kind, content, source, row) if row else content


def _replacement(kind: Kind, content: Content, source: Source) -> Content:
    """The texts of the page that is replaced, without what belongs to that one alone."""
    assert kind.replaces is not None
    fields = {key: value for key, value in source.content.fields.items() if key not in _own(kind)}
    for table in kind.tables:
        if table.key in fields:
            fields[table.key] = [{**row, "id": ""} for row in fields[table.key]]
    kept = {key: content.fields[key] for key in ("owner",) if key in content.fields}
    fields |= {**kept, kind.replaces.named_in: [source.page.id]}
    return Content(_title(kind, source), source.content.body, fields)


def _own(kind: Kind) -> set[str]:
    """What a page that takes the place of another does not take over: its number, days, meeting, notes, rows of work."""
    dated = {one.key for one in kind.fields if one.type == "date" or one.numbered or one.twin}
    watched = {kind.watches.met, kind.watches.note} if kind.watches else set()
    rows = {one.key for one in kind.tables if one.rows in ("note_later", "endorsement", "action", "commitment")}
    return dated | watched | rows | {"owner", "review_due", "summary"}


def _title(kind: Kind, source: Source) -> str:
    number = next((source.content.fields.get(one.key) for one in kind.fields if one.numbered), None)
    return source.content.title.removeprefix(str(number)).strip() if number else source.content.title


def _from_row(kind: Kind, content: Content, source: Source, row_id: str) -> Content:
    """Columns of the row that the kind has a field for, and the first text of the row as title."""
    found = _row(source.kind, source.content, row_id)
    if found is None or found[0].makes != kind.key:
        return content
    table, row = found
    for column in table.columns:
        field = kind.field(column.key)
        if field is not None and field.type == column.type and column.key in row:
            content.fields[column.key] = row[column.key]
    title = row.get(table.row_type.title, "") if table.row_type else ""
    return Content(content.title or str(title)[:300], content.body, content.fields)


def _row(kind: Kind, content: Content, row_id: str) -> tuple[Field, Mapping[str, Any]] | None:
    for table in kind.tables:
        for row in content.rows(table.key):
            if row["id"] == row_id and table.makes:
                return table, row
    return None


def row_place(session: Session, catalogue: Catalogue, viewer: Viewer, kind: Kind, made_from: str) -> RowPlace | None:
    """The row that a form says its page is made from ("space/slug#row"). Raises Invalid when it has become a page already."""
    address, _hash, row_id = made_from.partition("#")
    space, _slash, slug = address.partition("/")
    if not row_id:
        return None
    found = page_for(session, viewer, space, slug, "edit")
    content = content_of(current_revision(session, found.page))
    there = _row(catalogue[found.page.kind], content, row_id)
    if there is None or there[0].makes != kind.key:
        raise Invalid([Problem("made_from", _("The line from which this page is made is not there any more."))])
    table, row = there
    if row.get(table.makes_link) is not None:
        raise Invalid(
            [Problem("made_from", _("Somebody has made a page from this line already; the line leads to it."))]
        )
    return RowPlace(found.page.id, table.key, row_id, table.makes_link)


def replacing_form(kind: Kind, form: Form) -> dict[str, Any]:
    """What was typed into the form of a locked page, as the form of a new page that replaces it: `replaces` says which, as pickers type it."""
    left_out = {f"{'r' if one.row_type else 'f'}.{one.key}" for one in kind.every_field if one.key in _own(kind)}
    names = [name for name in form if name[:2] in ("f.", "r.") or name in ("title", "body")]
    kept = [name for name in names if ".".join(name.split(".")[:2]) not in left_out and not name.endswith(".id")]
    values: dict[str, Any] = {name: _one_or_many(form.getlist(name)) for name in kept}
    values |= {
        name: "" for name in form if name.startswith("r.") and name.endswith(".id") and _table(name) not in left_out
    }
    if kind.replaces is not None:
        values[f"f.{kind.replaces.named_in}"] = form.get("replaces") or ""
    return values


def _table(name: str) -> str:
    return ".".join(name.split(".")[:2])


def _one_or_many(texts: list[str]) -> Any:
    return texts[0] if len(texts) == 1 else texts
