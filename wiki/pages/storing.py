"""One revision and everything derived from it, written together. The only place that makes a Revision."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from wiki import reserved, search
from wiki.access import Viewer
from wiki.kinds import Catalogue, Kind, indexing
from wiki.kinds.content import Content
from wiki.models import FieldValue, Link, Page, PageReader, Rendering, Revision, Row, Space
from wiki.pages.links import DIRECTORY, IndexNames, find_target, wanted
from wiki.rendering.plain import plain_text
from wiki.rendering.wikilinks import wikilinks
from wiki.text import title_key

#: How many bytes of a revision's text the search index reads.
INDEXED_LENGTH = 300_000


@dataclass(frozen=True)
class Author:
    """Who a revision is by: their person page and their name as it was."""

    person_id: int | None
    name: str

    @classmethod
    def of(cls, viewer: Viewer) -> "Author":
        return cls(viewer.person_id, viewer.name)


def store_revision(
    session: Session,
    catalogue: Catalogue,
    page: Page,
    content: Content,
    *,
    author: Author,
    note: str,
    time: datetime,
    state: str | None = None,
) -> Revision:
    """Write the next revision of `page` with its values, rows, links and search entry. Flushes; the door commits."""
    kind = catalogue[page.kind]
    before = _Facts.of(page)
    previous = session.execute(
        select(Revision.digest).where(Revision.page_id == page.id, Revision.number == page.number)
    ).scalar()
    revision = Revision(
        page_id=page.id,
        number=page.number + 1,
        title=content.title,
        body=content.body,
        fields=content.fields,
        kind=kind.key,
        kind_version=kind.version,
        state=state or page.state,
        author_id=author.person_id,
        author_name=author.name,
        note=note,
        time=time,
        previous_digest=previous or "",
    )
    revision.digest = digest_of(revision)
    session.add(revision)
    _take_over(session, page, revision)
    session.flush()
    derive(session, catalogue, page, content)
    if before != _Facts.of(page):
        tell_linking_pages(session, catalogue, page, names_changed=bool(before.title))
    return revision


@dataclass(frozen=True)
class _Facts:
    """What other pages show of a page, or depend on: when it changes they are looked at again."""

    title: str
    slug: str
    access: str

    @classmethod
    def of(cls, page: Page) -> "_Facts":
        return cls(page.title if page.number else "", page.slug, page.access)


def digest_of(revision: Revision) -> str:
    """SHA-256 that seals a revision and, through the digest before it, all earlier ones."""
    sealed = [
        revision.previous_digest,
        revision.page_id,
        revision.number,
        revision.author_id,
        revision.author_name,
        revision.time.astimezone(UTC).isoformat(timespec="microseconds"),
        revision.kind,
        revision.kind_version,
        revision.state,
        revision.title,
        revision.fields,
        revision.body,
        revision.note,
    ]
    return hashlib.sha256(json.dumps(sealed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _take_over(session: Session, page: Page, revision: Revision) -> None:
    """What the page's own columns say of its current revision."""
    fields = revision.fields
    page.number = revision.number
    page.title = revision.title
    page.title_key = title_key(revision.title)[:300]
    page.state = revision.state
    page.summary = fields.get("summary", "")
    page.owner_id = _reference(fields.get("owner"))
    page.partnership_id = _reference(fields.get("partnership"))
    page.steward_id = _reference(fields.get("steward_org"))
    page.access = fields.get("access", "members")
    page.language = fields.get("language", page.language)
    page.review_due = date.fromisoformat(fields["review_due"]) if fields.get("review_due") else None
    page.changed_at = revision.time
    page.changed_by = revision.author_id


def _reference(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def derive(session: Session, catalogue: Catalogue, page: Page, content: Content) -> None:
    """Values, rows, links, readers and search entry of the page, made anew from its content."""
    kind = catalogue[page.kind]
    for table in (FieldValue, Row, Link, PageReader, Rendering):
        if page.number > 1:
            session.execute(delete(table).where(table.page_id == page.id))
    _insert(
        session, FieldValue, ({"page_id": page.id, **vars_of(v)} for v in indexing.values(catalogue, kind, content))
    )
    _insert(session, Row, ({"page_id": page.id, **_row_columns(r)} for r in indexing.rows(catalogue, kind, content)))
    _insert(session, Link, _links(session, catalogue, kind, page, content))
    orgs = {org for org in content.fields.get("access_orgs", []) if isinstance(org, int)}
    _insert(session, PageReader, ({"page_id": page.id, "org_id": org} for org in orgs))
    index(session, catalogue, page, content)


def vars_of(entry: Any) -> dict[str, Any]:
    """The columns of an indexed value."""
    return {
        "key": entry.key,
        "position": entry.position,
        "text": entry.text[:300] if entry.text else entry.text,
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
        for reference in indexing.references(catalogue, kind, content)
    ]
    space_slug = session.execute(select(Space.slug).where(Space.id == page.space_id)).scalar_one()
    for target, row in dict.fromkeys((link.target, link.row) for link in wikilinks(content.body)):
        want = wanted(target, space_slug)
        found = find_target(session, want)
        link = _link(page, "body", found[0] if found else None, row or None, None)
        if found is None:
            link["target_space"] = want.space
            link["target_key"] = f"slug:{want.slug}" if want.slug else title_key(want.title)[:300]
        links.append(link)
    return links


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
    """The page's search entry."""
    search.index_page(session, page.id, search_entry(session, catalogue, page, content))


def search_entry(session: Session, catalogue: Catalogue, page: Page, content: Content) -> search.Entry:
    kind = catalogue[page.kind]
    ids = {reference.target_page for reference in indexing.references(catalogue, kind, content)}
    names = IndexNames(session, page, ids)
    lead, fields, rows = indexing.search_texts(catalogue, kind, content, names)
    return search.Entry(
        language=page.language,
        title=page.title,
        lead=lead,
        fields=fields,
        rows=rows,
        body=plain_text(content.body[:INDEXED_LENGTH]),
    )


def content_of(revision: Revision) -> Content:
    return Content(title=revision.title, body=revision.body, fields=dict(revision.fields))


def current_revision(session: Session, page: Page) -> Revision:
    return session.execute(
        select(Revision).where(Revision.page_id == page.id, Revision.number == page.number)
    ).scalar_one()


def tell_linking_pages(session: Session, catalogue: Catalogue, page: Page, *, names_changed: bool) -> None:
    """A page appeared, was renamed, or changed who may know its name: red links find it, renderings and search entries follow."""
    space_slug = session.execute(select(Space.slug).where(Space.id == page.space_id)).scalar_one()
    waiting: list[ColumnElement[bool]] = [Link.target_id.is_(None), Link.target_key.in_([page.title_key, f"slug:{page.slug}"])]
    if space_slug != DIRECTORY:
        waiting.append(Link.target_space == space_slug)
    session.execute(update(Link).where(*waiting).values(target_id=page.id, target_space=None, target_key=None))
    linking = select(Link.page_id).where(Link.target_id == page.id)
    session.execute(delete(Rendering).where(Rendering.page_id.in_(linking)))
    if names_changed:
        for other in session.scalars(select(Page).where(Page.id.in_(linking), Page.id != page.id)):
            index(session, catalogue, other, content_of(current_revision(session, other)))


def next_slug(session: Session, space_id: int, wished: str) -> str:
    """`wished`, or with a number behind it when it is taken, was once another page's address, or is a name the routes use."""
    taken = set(
        session.scalars(
            select(Page.slug).where(Page.space_id == space_id, func.substr(Page.slug, 1, len(wished)) == wished)
        )
    )
    slug, count = wished, 1
    while slug in taken or slug in reserved.PAGES:
        count += 1
        slug = f"{wished[:72]}-{count}"
    return slug
