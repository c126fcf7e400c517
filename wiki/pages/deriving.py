"""What is derived from a page's current content: values, rows, links, readers, search entry, and what other pages show of it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Derived:
    """What a page's content gives: the rows of the derived tables, as they are inserted, and the search entry."""

    values: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    links: list[dict[str, Any]]
    readers: list[dict[str, Any]]
    entry: search.Entry


def derived(session: Session, catalogue: Catalogue, page: Page, content: Content) -> Derived:
    """What the content gives, with nothing stored. References to pages that were removed for good are passed over."""
    kind = catalogue[page.kind]
    mentions = mentioned(kind, content)[0]
    names = IndexNames(session, page, mentions)
    gone = mentions - names.known
    values = [one for one in indexing.values(catalogue, kind, content, page.state) if one.ref not in gone]
    rows = indexing.rows(catalogue, kind, content, names, page.state)
    orgs = {org for org in content.fields.get("access_orgs", []) if isinstance(org, int)} - gone
    return Derived(
        values=[{"page_id": page.id, **_value_columns(one)} for one in values],
        rows=[{"page_id": page.id, **_row_columns(one, gone)} for one in rows],
        links=_links(session, catalogue, kind, page, content, gone),
        readers=[{"page_id": page.id, "org_id": org} for org in sorted(orgs)],
        entry=search_entry(catalogue, page, content, names),
    )


def derive(session: Session, catalogue: Catalogue, page: Page, content: Content, *, fresh: bool = False) -> None:
    """Values, rows, links, readers and search entry of the page, made anew from its content; a `fresh` page has none yet."""
    found = derived(session, catalogue, page, content)
    if not fresh:
        forget(session, [page.id])
    insert_derived(session, [found])
    search.index_page(session, page.id, found.entry)


def forget(session: Session, page_ids: Collection[int]) -> None:
    """Empty what is derived from these pages, but for their search entries."""
    for table in (FieldValue, Row, Link, PageReader, Rendering):
        session.execute(delete(table).where(table.page_id.in_(page_ids)))


def insert_derived(session: Session, pages: Iterable[Derived]) -> None:
    """Store what pages give, but for their search entries, in place of nothing."""
    listed = list(pages)
    _insert(session, FieldValue, (one for page in listed for one in page.values))
    _insert(session, Row, (one for page in listed for one in page.rows))
    _insert(session, Link, (one for page in listed for one in page.links))
    _insert(session, PageReader, (one for page in listed for one in page.readers))


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


def _row_columns(entry: indexing.RowEntry, gone: set[int]) -> dict[str, Any]:
    return {
        "table": entry.table,
        "row_type": entry.row_type,
        "row_id": entry.row_id,
        "position": entry.position,
        "text": entry.text,
        "status": entry.status,
        "due": entry.due,
        "person_id": None if entry.person in gone else entry.person,
        "data": entry.data,
    }


def _insert(session: Session, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        session.execute(insert(table), listed)


def _links(
    session: Session, catalogue: Catalogue, kind: Kind, page: Page, content: Content, gone: set[int]
) -> list[dict[str, Any]]:
    links = [
        _link(
            page,
            reference.name,
            None if reference.target_page in gone else reference.target_page,
            reference.target_row,
            reference.row_id,
        )
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
