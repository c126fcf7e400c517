"""What pages said before, made findable in the background, so that a save does not wait for it.

Names of other pages are left out of these texts: who may know them can change later, and old revisions are not indexed anew.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.db import Database
from wiki.kinds import Catalogue
from wiki.models import Page, Revision, SearchPassage, SearchPast
from wiki.pages.deriving import content_of, search_entry
from wiki.pages.links import IndexNames
from wiki.rendering.markdown import parse
from wiki.search import Entry, passages

#: Revisions of one page in one transaction: few enough that savers need not wait.
BATCH = 30
#: What a content that its kind cannot read makes field types raise.
UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)


def index_waiting(database: Database, catalogue: Catalogue, most: int = 5) -> int:
    """Index the earlier texts of at most that many pages; returns of how many."""
    for count in range(most):
        with database.read() as session:  # asked first, so that an idle worker never takes SQLite's write lock
            page_id = session.scalars(_waiting()).first()
        if page_id is None:
            return count
        with database.transaction() as session:
            page = session.get(Page, page_id, with_for_update=True)
            if page is not None:
                index_page(session, catalogue, page)
    return most


def _waiting() -> Any:
    done = func.coalesce(SearchPast.number, 0)
    return (
        select(Page.id)
        .outerjoin(SearchPast, SearchPast.page_id == Page.id)
        .where(Page.number > 1, done < Page.number - 1)
        .order_by(Page.id)
        .limit(1)
    )


def index_page(session: Session, catalogue: Catalogue, page: Page) -> None:
    """Index revisions of the page that are not the current one and not indexed yet, BATCH at most."""
    mark = session.get(SearchPast, page.id)
    if mark is None:
        mark = SearchPast(page_id=page.id, number=0)
        session.add(mark)
    revisions = session.scalars(
        select(Revision)
        .where(Revision.page_id == page.id, Revision.number >= mark.number)
        .order_by(Revision.number)
        .limit(BATCH + 2)
    ).all()
    if len(revisions) < 2:
        mark.number = page.number - 1
        return
    for said in _said(session, catalogue, page, revisions, mark.number):
        passages.put(session, [said])
    mark.number = revisions[-1].number - 1


def _said(
    session: Session, catalogue: Catalogue, page: Page, revisions: Sequence[Revision], done: int
) -> Iterator[passages.Passage]:
    """A passage for each text that differs from the one before; one that goes on longer is prolonged where it is."""
    last = session.scalars(
        select(SearchPassage).where(SearchPassage.page_id == page.id).order_by(SearchPassage.number.desc()).limit(1)
    ).first()
    before = _words(catalogue, page, revisions[0]) if last is not None and revisions[0].number == done else None
    waiting: dict[str, Any] | None = None
    for revision, following in zip(revisions, revisions[1:], strict=False):
        if revision.number <= done:
            continue
        words = _words(catalogue, page, revision)
        if words is not None and words == before:
            if waiting is not None:
                waiting |= {"number": revision.number, "until": following.time}
            elif last is not None:
                last.number, last.until = revision.number, following.time
            continue
        if waiting is not None:
            yield passages.Passage(**waiting)
        before, waiting = words, None
        if words is not None:
            waiting = {
                "text": "",
                "words": words,
                "language": page.language,
                "page_id": page.id,
                "number": revision.number,
                "since": revision.time,
                "until": following.time,
            }
    if waiting is not None:
        yield passages.Passage(**waiting)


def _words(catalogue: Catalogue, page: Page, revision: Revision) -> str | None:
    entry = entry_of(catalogue, page, revision)
    if entry is None:
        return None
    return "\n".join((entry.title, entry.lead, entry.fields, *(text for _id, text in entry.rows), entry.body))


def entry_of(catalogue: Catalogue, page: Page, revision: Revision) -> Entry | None:
    """What search keeps of a revision; None when its kind is not known here any more, or cannot read it."""
    if revision.kind not in catalogue:
        return None
    content = content_of(revision)
    as_then = Page(id=page.id, kind=revision.kind, state=revision.state, language=page.language, title=revision.title)
    try:
        return search_entry(catalogue, as_then, content, IndexNames(as_then, {}), parse(content.body))
    except UNREADABLE:
        return None
