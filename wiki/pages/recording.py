"""Histories that are written down afterwards: for the demo, whose pages are older than the wiki that holds them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from wiki import eventlog, search
from wiki.access import Viewer
from wiki.kinds import Catalogue, Content, Kind
from wiki.models import Page, Revision, Space
from wiki.pages import deriving
from wiki.pages.storing import author_of, content_of, current_revision, write_revision
from wiki.text import title_key


def reserve_page(session: Session, space: Space, kind: Kind, slug: str, title: str, time: datetime) -> Page:
    """A page that others can point to, without a revision yet. It is nothing to show before `settle`."""
    page = Page(
        space_id=space.id,
        slug=slug,
        kind=kind.key,
        title=title,
        title_key=title_key(title)[:300],
        state=kind.initial.key,
        number=0,
        language=space.language,
        created_at=time,
        changed_at=time,
    )
    session.add(page)
    session.flush()
    return page


def record_revision(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    page: Page,
    content: Content,
    state: str,
    note: str,
    time: datetime,
) -> Revision:
    """The next revision, with content and state at once, as somebody is said to have written it at that time.

    No rights, guards or transitions are asked for, and nothing is derived: `settle` does that after the last revision.
    """
    was = page.state
    author = author_of(session, viewer, page, content)
    revision = write_revision(session, catalogue, page, content, author=author, note=note, time=time, state=state)
    if revision.number == 1:
        page.created_at, page.created_by = time, author.person_id
        eventlog.record(session, viewer, "page.created", page=page, revision=1, time=time, title=page.title, note=note)
    elif state != was:
        number = revision.number
        eventlog.record(
            session, viewer, "page.state", page=page, revision=number, time=time, was=was, to=state, note=note
        )
    else:
        eventlog.record(session, viewer, "page.saved", page=page, revision=revision.number, time=time, note=note)
    return revision


def settle(session: Session, catalogue: Catalogue, pages: Collection[Page]) -> None:
    """Values, rows, links and search entries of pages whose revisions were recorded."""
    session.flush()
    found = {
        page.id: deriving.derived(session, catalogue, page, content_of(current_revision(session, page)))
        for page in pages
    }
    deriving.insert_derived(session, found.values())
    search.index_pages(session, ((page_id, one.entry) for page_id, one in found.items()))
