"""What is derived from a page's current content: values, rows, links, readers, search entry, and what other pages show of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.orm import Session

from wiki import search
from wiki.kinds import Catalogue, Content, Kind, indexing
from wiki.kinds.redact import redact
from wiki.models import FieldValue, Link, Page, PageReader, Rendering, Revision, Row, Space
from wiki.pages.display import mentioned
from wiki.pages.links import DIRECTORY, Address, IndexNames, Wanted, find_targets, named_pages, wanted
from wiki.rendering.plain import plain_text
from wiki.rendering.syntax import Parsed, parse
from wiki.rendering.wikilinks import wikilinks
from wiki.text import title_key


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
    return derived_all(session, catalogue, [(page, content)])[0]


def derived_all(session: Session, catalogue: Catalogue, pages: Sequence[tuple[Page, Content]]) -> list[Derived]:
    """The same for many pages, each with its content; what they link to is looked up at once."""
    read = [_Read.of(catalogue[page.kind], page, content) for page, content in pages]
    space_ids = {page.space_id for page, _content in pages}
    slugs = {row[0]: row[1] for row in session.execute(select(Space.id, Space.slug).where(Space.id.in_(space_ids)))}
    named = named_pages(session, {page_id for one in read for page_id in one.mentions})
    targets = find_targets(session, (want for one in read for want in one.wants(slugs)))
    return [_derived(catalogue, one, slugs, named, targets) for one in read]


@dataclass(frozen=True)
class _Read:
    """A page with what its texts and fields point to; its body is parsed once for all that is made of it."""

    kind: Kind
    page: Page
    content: Content
    body: Parsed
    mentions: set[int]
    wikilinks: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, kind: Kind, page: Page, content: Content) -> "_Read":
        body = parse(content.body)
        links = tuple(dict.fromkeys(_wikilinks(kind, content, body, page.state)))
        return cls(kind, page, content, body, mentioned(kind, content)[0], links)

    def wants(self, slugs: Mapping[int, str]) -> list[Wanted]:
        return [wanted(target, slugs[self.page.space_id]) for target, _row in self.wikilinks]


def _derived(
    catalogue: Catalogue,
    read: _Read,
    slugs: Mapping[int, str],
    named: Mapping[int, Any],
    targets: Mapping[Wanted, Address],
) -> Derived:
    page, kind, content = read.page, read.kind, read.content
    names = IndexNames(page, named)
    gone = read.mentions - named.keys()
    values = [one for one in indexing.values(catalogue, kind, content, page.state) if one.ref not in gone]
    rows = indexing.rows(catalogue, kind, content, names, page.state)
    orgs = {org for org in content.fields.get("access_orgs", []) if isinstance(org, int)} - gone
    return Derived(
        values=[{"page_id": page.id, **_value_columns(one)} for one in values],
        rows=[{"page_id": page.id, **_row_columns(one, gone)} for one in rows],
        links=[*_references(catalogue, read, gone), *_body_links(read, read.wants(slugs), targets)],
        readers=[{"page_id": page.id, "org_id": org} for org in sorted(orgs)],
        entry=search_entry(catalogue, page, content, names, read.body),
    )


def derive(session: Session, catalogue: Catalogue, page: Page, content: Content) -> None:
    """Values, rows, links, readers and search entry of the page, made anew from its content."""
    found = derived(session, catalogue, page, content)
    forget(session, [page.id])
    insert_derived(session, [found])
    search.index_page(session, page.id, found.entry)


def derive_new(session: Session, catalogue: Catalogue, pages: Sequence[tuple[Page, Content]]) -> None:
    """The same for pages of which nothing was derived before; red links that waited for them find them."""
    found = derived_all(session, catalogue, pages)
    insert_derived(session, found)
    search.index_pages(session, ((page.id, one.entry) for (page, _content), one in zip(pages, found, strict=True)))
    _lead_here(session, [page for page, _content in pages])


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


def _references(catalogue: Catalogue, read: _Read, gone: set[int]) -> list[dict[str, Any]]:
    """Links in fields and rows."""
    return [
        _link(
            read.page,
            reference.name,
            None if reference.target_page in gone else reference.target_page,
            reference.target_row,
            reference.row_id,
        )
        for reference in indexing.references(catalogue, read.kind, read.content, read.page.state)
    ]


def _body_links(read: _Read, wants: list[Wanted], targets: Mapping[Wanted, Address]) -> list[dict[str, Any]]:
    """Links in texts; a red one says what it waits for."""
    links = []
    for (_target, row), want in zip(read.wikilinks, wants, strict=True):
        found = targets.get(want)
        link = _link(read.page, "body", found[0] if found else None, row or None, None)
        if found is None:
            link["target_space"] = want.space
            link["target_key"] = f"slug:{want.slug}" if want.slug else title_key(want.title)[:300]
        links.append(link)
    return links


def _wikilinks(kind: Kind, content: Content, body: Parsed, state: str) -> Iterator[tuple[str, str]]:
    """Target and row of the wikilinks in the body and in all Markdown fields and cells that every reader sees."""
    shown = redact(kind, content, None, state)
    texts: list[str | Parsed] = [body]
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
    names = IndexNames(page, named_pages(session, mentioned(catalogue[page.kind], content)[0]))
    body = parse(content.body)
    search.index_page(session, page.id, search_entry(catalogue, page, content, names, body))


def search_entry(catalogue: Catalogue, page: Page, content: Content, names: IndexNames, body: Parsed) -> search.Entry:
    """What search keeps of a page: nothing that only some of its readers see, no name that some of them may not know."""
    kind = catalogue[page.kind]
    lead, fields, rows = indexing.search_texts(catalogue, kind, content, names, page.state)
    return search.Entry(
        language=page.language,
        title=page.title,
        lead=lead,
        fields=fields,
        rows=rows,
        body=plain_text(body),
        names=indexing.search_names(kind, content),
        kind=indexing.search_kind(kind),
        synonyms=indexing.search_synonyms(kind, content, page.state),
    )


def tell_linking_pages(session: Session, catalogue: Catalogue, page: Page, *, names_changed: bool) -> None:
    """A page was renamed, or changed who may know its name: red links find it, renderings and search entries follow."""
    _lead_here(session, [page])
    linking = select(Link.page_id).where(Link.target_id == page.id)
    session.execute(delete(Rendering).where(Rendering.page_id.in_(linking)))
    if names_changed:
        for other in session.scalars(select(Page).where(Page.id.in_(linking), Page.id != page.id)):
            index(session, catalogue, other, content_of(current_revision(session, other)))


def _lead_here(session: Session, pages: Sequence[Page]) -> None:
    """Red links that waited for one of these pages lead to it from now on; what showed them red is rendered anew."""
    space_ids = {page.space_id for page in pages}
    slugs = {row[0]: row[1] for row in session.execute(select(Space.id, Space.slug).where(Space.id.in_(space_ids)))}
    there: dict[tuple[str, str], int] = {}
    for page in pages:
        for key in (page.title_key, f"slug:{page.slug}"):
            there.setdefault((slugs[page.space_id], key), page.id)
    waiting = [
        (link.id, link.page_id, page_id)
        for link in session.execute(_red_links(there))
        if (page_id := there.get((link.target_space, link.target_key)) or there.get((_last(link), link.target_key)))
    ]
    if waiting:
        found = [
            {"id": link_id, "target_id": to, "target_space": None, "target_key": None} for link_id, _, to in waiting
        ]
        session.execute(update(Link), found)
        session.execute(delete(Rendering).where(Rendering.page_id.in_({page_id for _, page_id, _ in waiting})))


def _last(link: Any) -> str:
    """The space where a title is looked for last; an address means its own space alone."""
    return str(link.target_space) if link.target_key.startswith("slug:") else DIRECTORY


def _red_links(there: Collection[tuple[str, str]]) -> Select[int, int, str | None, str | None]:
    """Links that wait for a page of these spaces by these names; pages of the directory are wanted from everywhere."""
    red = select(Link.id, Link.page_id, Link.target_space, Link.target_key)
    red = red.where(Link.target_id.is_(None), Link.target_key.in_({key for _space, key in there}))
    spaces = {space for space, _key in there}
    return red if DIRECTORY in spaces else red.where(Link.target_space.in_(spaces))


def content_of(revision: Revision) -> Content:
    return Content(title=revision.title, body=revision.body, fields=dict(revision.fields))


def current_revision(session: Session, page: Page) -> Revision:
    return session.execute(
        select(Revision).where(Revision.page_id == page.id, Revision.number == page.number)
    ).scalar_one()
