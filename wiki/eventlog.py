"""The append-only log: every change writes one event, each sealed with the digest of the one before."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer
from wiki.db import each
from wiki.models import Event, Page

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
    take_turn(session)
    if revision is not None and page is not None and page.changed_by is None and viewer.person_id is not None:
        detail["anonymous"] = True  # the log keeps the actor; whoever shows the log leaves the name out
    previous = session.execute(select(Event.digest).order_by(Event.id.desc()).limit(1)).scalar() or ""
    event = Event(
        time=time or clock.now(),
        verb=verb,
        actor_id=viewer.person_id,
        actor_name=viewer.name,
        space_id=space_id if page is None else page.space_id,
        page_id=None if page is None else page.id,
        revision=revision,
        detail=detail,
        previous_digest=previous,
        digest="",
    )
    event.digest = digest_of(event)
    session.add(event)
    session.flush()
    return event


def take_turn(session: Session) -> None:
    """Wait until no other transaction writes the log. Those that look for a free address or number do it first (SQLite has one writer anyway)."""
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


def latest(session: Session) -> int:
    """The id of the newest event: it changes whenever anything changes."""
    return session.execute(select(func.max(Event.id))).scalar() or 0
