"""The append-only log: every change writes one event, each sealed with the digest of the one before."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer
from wiki.db import Database, each
from wiki.models import Event, Page
from wiki.prepared import Prepared

#: Beginnings of verbs that change no page, and nobody's rights but those that come with a viewer.
OF_PEOPLE = ("account", "login", "token", "feeds", "member", "receipt")

_CHAIN_LOCK = 4_736_001  # any constant: writers of the chain take turns on PostgreSQL


def record(
    session: Session,
    viewer: Viewer,
    verb: str,
    *,
    page: Page | None = None,
    space_id: int | None = None,
    revision: int | None = None,
    time: datetime | None = None,
    **detail: Any,
) -> Event:
    """Write one event into the transaction. `verb` is a word such as "page.saved"; `detail` holds JSON values."""
    event = _event(viewer, verb, page, space_id, revision, time or clock.now(), detail)
    _chain(session, [event])
    return event


def record_all(
    session: Session,
    viewer: Viewer,
    verb: str,
    pages: Iterable[tuple[Page, Mapping[str, Any]]],
    *,
    revision: int | None = None,
    time: datetime | None = None,
) -> None:
    """Write the same event for several pages, each with its detail."""
    when = time or clock.now()
    _chain(session, [_event(viewer, verb, page, None, revision, when, dict(detail)) for page, detail in pages])


def _event(
    viewer: Viewer,
    verb: str,
    page: Page | None,
    space_id: int | None,
    revision: int | None,
    time: datetime,
    detail: dict[str, Any],
) -> Event:
    if revision is not None and page is not None and page.changed_by is None and viewer.person_id is not None:
        detail["anonymous"] = True  # the log keeps the actor; whoever shows the log leaves the name out
    return Event(
        time=time,
        verb=verb,
        actor_id=viewer.person_id,
        actor_name=viewer.name,
        space_id=space_id if page is None else page.space_id,
        page_id=None if page is None else page.id,
        revision=revision,
        detail=detail,
    )


def _chain(session: Session, events: Sequence[Event]) -> None:
    """Seal the events, each with the digest of the one before, and write them in this order."""
    take_turn(session)
    previous = session.execute(select(Event.digest).order_by(Event.id.desc()).limit(1)).scalar() or ""
    for event in events:
        event.previous_digest = previous
        event.digest = previous = digest_of(event)
    session.add_all(events)
    session.flush()


def take_turn(session: Session) -> None:
    """Wait until no other transaction writes the log. Whoever changes a page does it before all else, and so does whoever
    looks for a free address or number (SQLite has one writer anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})


def digest_of(event: Event) -> str:
    """SHA-256 over the event and the digest before it."""
    sealed = [
        event.previous_digest,
        event.time.astimezone(UTC).isoformat(timespec="microseconds"),
        event.verb,
        event.actor_id,
        event.actor_name,
        event.space_id,
        event.page_id,
        event.revision,
        event.detail,
    ]
    return hashlib.sha256(json.dumps(sealed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def broken(session: Session) -> Iterator[int]:
    """The ids of events whose seal does not fit."""
    previous = ""
    ids = session.scalars(select(Event.id).order_by(Event.id)).all()
    for number, event in each(session, Event, ids):
        if event is None or event.previous_digest != previous or event.digest != digest_of(event):
            yield number
        previous = "" if event is None else event.digest


_LATEST = Prepared(select(func.max(Event.id).label("newest")))


def latest(asked: Session | Connection) -> int:
    """The id of the newest event: it changes whenever anything changes."""
    return _LATEST(asked)[0].newest or 0


def follower(
    database: Database, every: timedelta, mark: Callable[[], Any], work: Callable[[], int]
) -> Callable[[], int]:
    """A chore that does `work` when something was logged or `mark()` says something else than last time: no more than once in `every`."""
    seen: tuple[int, Any] | None = None
    next_look: datetime | None = None

    def look() -> int:
        nonlocal seen, next_look
        now = clock.now()
        if next_look is not None and now < next_look:
            return 0
        next_look = now + every
        with database.read() as session:
            state = latest(session), mark()
        if state == seen:
            return 0
        seen = state
        return work()

    return look


class Moment(NamedTuple):
    """The newest event at some time. Its digest seals all before it, so the same moment means the same history."""

    event: int
    digest: str


_COLUMNS: tuple[Any, ...] = (Event.id, Event.digest)
_NEWEST = Prepared(select(*_COLUMNS).order_by(Event.id.desc()).limit(1))


def moment(session: Session) -> Moment | None:
    """What this transaction takes for now; None before anything was done."""
    newest = _NEWEST.one_or_none(session)
    return Moment(newest.id, newest.digest) if newest is not None else None


def between(session: Session, since: Moment, now: Moment, most: int) -> list[tuple[str, int | None]] | None:
    """Verb and page of all that was done after one moment, until another. None if these are not of one history, as
    after a backup was brought back, or if it was more than `most`."""
    found = session.execute(
        select(Event.id, Event.digest, Event.verb, Event.page_id)
        .where(Event.id >= since.event, Event.id <= now.event)
        .order_by(Event.id)
        .limit(most + 2)
    ).all()
    if len(found) > most + 1 or not found or Moment(found[0].id, found[0].digest) != since:
        return None
    return [(one.verb, one.page_id) for one in found[1:]]
