"""What is derived from a page's current content: values, rows, links, readers, search entry, and what other pages show of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from wiki import search
from wiki.kinds import Catalogue, Content, Kind, indexing
from wiki.kinds.redact import redact
from wiki.models import FieldValue, Link, Page, PageReader, Rendering, Revision, Row, Space
from wiki.pages.display import mentioned
from wiki.pages.links import DIRECTORY, IndexNames, find_target, wanted
from wiki.rendering.plain import plain_text
from wiki.rendering.wikilinks import wikilinks
from wiki.text import title_key

#: How many characters of a text the search index reads.
INDEXED_LENGTH = 300_000


def derive(session: Session, catalogue: Catalogue, page: Page, content: Content) -> None:
    """Values, rows, links, readers and search entry of the page, made anew from its content."""
    kind = catalogue[page.kind]
    for table in (FieldValue, Row, Link, PageReader, Rendering):
        if page.number > 1:
            session.execute(delete(table).where(table.page_id == page.id))
    names = IndexNames(session, page, mentioned(kind, content)[0])
    values = indexing.values(catalogue, kind, content, page.state)
    rows = indexing.rows(catalogue, kind, content, names, page.state)
    _insert(session, FieldValue, ({"page_id": page.id, **_value_columns(one)} for one in values))
    _insert(session, Row, ({"page_id": page.id, **_row_columns(one)} for one in rows))
    _insert(session, Link, _links(session, catalogue, kind, page, content))
    orgs = {org for org in content.fields.get("access_orgs", []) if isinstance(org, int)}
    _insert(session, PageReader, ({"page_id": page.id, "org_id": org} for org in orgs))
    search.index_page(session, page.id, search_entry(catalogue, page, content, names))


def _value_columns(entry: indexing.ValueEntry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "position": entry.position,
        "text": entry.text,
        "number": entry.number,
        "date": entry.date,
        "date_end": entry.date_end,
        "ref_id": entry.ref,
    }


def _row_columns(entry: indexing.RowEntry) -> dict[str, Any]:
    return {
        "table": entry.table,
        "row_type": entry.row_type,
        "row_id": entry.row_id,
        "position": entry.position,
        "text": entry.text,
        "status": entry.status,
        "due": entry.due,
        "person_id": entry.person,
        "data": entry.data,
    }


def _insert(session: Session, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        session.execute(insert(table), listed)


def _links(session: Session, catalogue: Catalogue, kind: Kind, page: Page, content: Content) -> list[dict[str, Any]]:
    links = [
        _link(page, reference.name, reference.target_page, reference.target_row, reference.row_id)
        for reference in indexing.references(catalogue, kind, content, page.state)
    ]
    space_slug = session.execute(select(Space.slug).where(Space.id == page.space_id)).scalar_one()
    for target, row in dict.fromkeys(_wikilinks(kind, content, page.state)):
        want = wanted(target, space_slug)
        found = find_target(session, want)
        link = _link(page, "body", found[0] if found else None, row or None, None)
        if found is None:
            link["target_space"] = want.space
            link["target_key"] = f"slug:{want.slug}" if want.slug else title_key(want.title)[:300]
        links.append(link)
    return links


def _wikilinks(kind: Kind, content: Content, state: str) -> Iterator[tuple[str, str]]:
    """Target and row of the wikilinks in the body and in all Markdown fields and cells that every reader sees."""
    shown = redact(kind, content, None, state)
    texts = [content.body]
    for field in kind.every_field:
        holders = shown.rows(field.key) if field.row_type else [shown.fields]
        keys = [column.key for column in (field.columns or (field,)) if column.type == "md"]
        texts += [holder[key] for holder in holders for key in keys if key in holder]
    for text in texts:
        yield from ((link.target, link.row) for link in wikilinks(text))


def _link(page: Page, name: str, target: int | None, target_row: str | None, row: str | None) -> dict[str, Any]:
    return {
        "page_id": page.id,
        "row_id": row,
        "name": name,
        "target_id": target,
        "target_row": target_row,
        "target_space": None,
        "target_key": None,
    }


def index(session: Session, catalogue: Catalogue, page: Page, content: Content) -> None:
    """The page's search entry, made anew."""
    names = IndexNames(session, page, mentioned(catalogue[page.kind], content)[0])
    search.index_page(session, page.id, search_entry(catalogue, page, content, names))


def search_entry(catalogue: Catalogue, page: Page, content: Content, names: IndexNames) -> search.Entry:
    """What search keeps of a page: nothing that only some of its readers see, no name that some of them may not know."""
    kind = catalogue[page.kind]
    lead, fields, rows = indexing.search_texts(catalogue, kind, content, names, page.state)
    return search.Entry(
        language=page.language,
        title=page.title,
        lead=lead,
        fields=fields,
        rows=rows,
        body=plain_text(content.body[:INDEXED_LENGTH]),
    )


def tell_linking_pages(session: Session, catalogue: Catalogue, page: Page, *, names_changed: bool) -> None:
    """A page appeared, was renamed, or changed who may know its name: red links find it, renderings and search entries follow."""
    space_slug = session.execute(select(Space.slug).where(Space.id == page.space_id)).scalar_one()
    waiting: list[ColumnElement[bool]] = [
        Link.target_id.is_(None),
        Link.target_key.in_([page.title_key, f"slug:{page.slug}"]),
    ]
    if space_slug != DIRECTORY:
        waiting.append(Link.target_space == space_slug)
    session.execute(update(Link).where(*waiting).values(target_id=page.id, target_space=None, target_key=None))
    linking = select(Link.page_id).where(Link.target_id == page.id)
    session.execute(delete(Rendering).where(Rendering.page_id.in_(linking)))
    if names_changed:
        for other in session.scalars(select(Page).where(Page.id.in_(linking), Page.id != page.id)):
            index(session, catalogue, other, content_of(current_revision(session, other)))


def content_of(revision: Revision) -> Content:
    return Content(title=revision.title, body=revision.body, fields=dict(revision.fields))


def current_revision(session: Session, page: Page) -> Revision:
    return session.execute(
        select(Revision).where(Revision.page_id == page.id, Revision.number == page.number)
    ).scalar_one()
