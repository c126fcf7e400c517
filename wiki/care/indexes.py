"""Derived tables made anew from the current revisions: values, rows, links, readers, search."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from wiki import eventlog, search
from wiki.access import VISITOR
from wiki.db import Database, each
from wiki.kinds import Catalogue
from wiki.models import FileText, Page, Revision, SearchPassage, SearchPast, SearchSpelling, SearchText
from wiki.pages import deriving, past
from wiki.pages.deriving import Derived, content_of
from wiki.search import spelling, version
from wiki.search.batches import batches
from wiki.search.engine import engine
from wiki.text import title_key

T = TypeVar("T")
Progress = Callable[[int, int], None]

#: Pages in one transaction: few enough that nobody waits long for it.
BATCH = 20
WORDS = 200
#: SQLite lets whoever tries next have the write lock: without a pause between two transactions savers might never be that.
PAUSE_SECONDS = 0.03
#: On PostgreSQL the rebuilding gives way, before the server (after 1 s) picks whom of two that wait for each other to stop.
PATIENCE = "SET LOCAL lock_timeout = '700ms'"
GAVE_WAY = {"55P03", "40P01", "SQLITE_BUSY"}
TRIES = 50

#: What a content that its kind cannot read makes field types raise.
UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)

_UNKNOWN_IN_INDEX = {
    "sqlite": "SELECT abs(rowid) FROM {index} EXCEPT SELECT page_id FROM search_text",
    "postgresql": "SELECT page_id FROM {index} EXCEPT SELECT page_id FROM search_text",
}
_INDEXES = {"sqlite": ("search_index", "search_index_lead", "search_title"), "postgresql": ("search_index",)}


def nobody(done: int, total: int) -> None:
    """Progress that nobody watches."""


def rebuild(database: Database, catalogue: Catalogue, progress: Progress = nobody) -> int:
    """Make everything derived anew, a few pages at a time, while the wiki serves; returns how many pages were done.

    Pages that cannot be done (kind unknown, content not readable by it) keep what they have; wiki.care.checks names them.
    """
    with database.read() as session:
        total = session.scalar(select(func.count(Page.id))) or 0
    done = Batch()
    while batch := _in_turn(database, partial(_next_batch, catalogue=catalogue, after=done.last)):
        done = done + batch
        progress(min(done.seen, total), total)
    _tidy_search(database)
    _in_turn(database, _forget_passages)
    while past.index_waiting(database, catalogue):
        pass
    _in_turn(database, partial(_finish, made=done.made))
    return done.made


def _finish(session: Session, made: int) -> None:
    """The event tells every process that what it keeps of the pages may have been mended."""
    version.set_current(session)
    eventlog.record(session, VISITOR, "index.made", pages=made)


def _forget_passages(session: Session) -> None:
    """What files say is read again by the server, what pages said before at once."""
    for model in (SearchPassage, SearchPast, FileText):
        session.execute(delete(model))


def rebuild_all(session: Session, catalogue: Catalogue, progress: Progress = nobody) -> int:
    """The same inside one transaction, for a database that nobody else uses yet."""
    total = session.scalar(select(func.count(Page.id))) or 0
    done = Batch()
    while batch := _next_batch(session, catalogue, done.last):
        done = done + batch
        session.flush()
        session.expunge_all()
        progress(min(done.seen, total), total)
    version.set_current(session)
    return done.made


@dataclass(frozen=True)
class Batch:
    """Pages made anew, pages looked at, the id of the last one."""

    made: int = 0
    seen: int = 0
    last: int = 0

    def __add__(self, later: "Batch") -> "Batch":
        return Batch(self.made + later.made, self.seen + later.seen, later.last)


def _next_batch(session: Session, catalogue: Catalogue, after: int) -> Batch | None:
    query = select(Page).where(Page.id > after).order_by(Page.id).limit(BATCH)
    # Against savers, who lock their page; not against those who only refer to one of these.
    pages = session.scalars(query.with_for_update(key_share=True)).all()
    return Batch(rebuild_pages(session, catalogue, pages), len(pages), pages[-1].id) if pages else None


def rebuild_pages(session: Session, catalogue: Catalogue, pages: Sequence[Page]) -> int:
    """Make what is derived of these pages anew; returns of how many that could be done."""
    made = dict(_derived(session, catalogue, pages))
    deriving.forget(session, list(made))
    deriving.insert_derived(session, made.values())
    session.execute(delete(SearchText).where(SearchText.page_id.in_(list(made))))
    engine(session).remove(session, list(made))
    deleted = {page.id for page in pages if page.deleted_at is not None}
    search.index_pages(session, ((page_id, found.entry) for page_id, found in made.items() if page_id not in deleted))
    return len(made)


def _derived(session: Session, catalogue: Catalogue, pages: Sequence[Page]) -> Iterator[tuple[int, Derived]]:
    for page, revision in current(session, pages):
        if revision is None or revision.kind not in catalogue:
            continue
        try:
            _follow(catalogue, page, revision)
            session.flush()
            found = deriving.derived(session, catalogue, page, content_of(revision))
        except UNREADABLE:
            continue
        yield page.id, found


def current(session: Session, pages: Sequence[Page]) -> Iterator[tuple[Page, Revision | None]]:
    """Each page with its current revision, None if that is missing or cannot be read."""
    wanted = session.execute(
        select(Page.id, Revision.id)
        .join(Revision, (Page.id == Revision.page_id) & (Page.number == Revision.number))
        .where(Page.id.in_([page.id for page in pages]))
    )
    numbers = {row[0]: row[1] for row in wanted}
    revisions = dict(each(session, Revision, list(numbers.values())))
    for page in pages:
        yield page, revisions.get(numbers.get(page.id, 0))


def _follow(catalogue: Catalogue, page: Page, revision: Revision) -> None:
    """The page's own columns that repeat what the revision says."""
    summary, access = revision.fields.get("summary", ""), revision.fields.get("access", "members")
    page.title, page.title_key = revision.title, title_key(revision.title)[:300]
    page.kind, page.state, page.summary, page.access = revision.kind, revision.state, summary, access
    page.over = catalogue[revision.kind].state(revision.state).over


def _in_turn(database: Database, work: Callable[[Session], T]) -> T:
    """What the work gives, in a transaction of its own, tried again when it gave way to somebody."""
    for left in reversed(range(TRIES)):
        try:
            with database.transaction() as session:
                if not database.is_sqlite:
                    session.execute(text(PATIENCE))
                result = work(session)
        except OperationalError as error:
            name = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
            if not left or name not in GAVE_WAY:
                raise
            continue
        break
    if database.is_sqlite:
        time.sleep(PAUSE_SECONDS)
    return result


def _tidy_search(database: Database) -> None:
    """Take out of search what belongs to no page, and mend the spellings of words."""
    _in_turn(database, _forget_strays)
    with database.read() as session:
        counted = select(SearchSpelling.word, func.count()).group_by(SearchSpelling.word)
        words = [(row[0], row[1]) for row in session.execute(counted)]
    for some in batches(words, WORDS):
        _in_turn(database, partial(spelling.mend, counted=some))


def _forget_strays(session: Session) -> None:
    for some in batches(sorted(strays(session)), WORDS):
        engine(session).remove(session, some)


def strays(session: Session) -> set[int]:
    """Ids in the index of words that belong to no page that search knows."""
    name = session.get_bind().dialect.name
    statements = (_UNKNOWN_IN_INDEX[name].format(index=index) for index in _INDEXES[name])
    return {row[0] for statement in statements for row in session.execute(text(statement))}
