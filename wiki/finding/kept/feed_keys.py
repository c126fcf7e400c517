"""Feed addresses that work without signing in: each is good for one question, and tells what its maker may read then.

An address carries the name of its maker's key and a signature of the question. It cannot be bent to another question,
and nothing that is stored is enough to make one: the site's own secret signs.
"""

import hashlib
import hmac
import secrets
from dataclasses import replace
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.config import Settings
from wiki.finding.asking import Asked
from wiki.models import FeedKey
from wiki.people import queries

PATH = "/search/feed.atom"


def address(session: Session, settings: Settings, viewer: Viewer, asked: Asked) -> str | None:
    """The feed of this question for this person's feed reader; None while they have no key."""
    key = session.get(FeedKey, viewer.account_id) if viewer.signed_in else None
    if key is None:
        return None
    question = _as_feed(asked).question
    signed = urlencode({"reader": key.reader, "key": _signature(settings, key, question)})
    return f"{settings.base_url}{PATH}?{question}&{signed}"


def has(session: Session, viewer: Viewer) -> bool:
    """Whether the viewer has feed addresses that work."""
    return viewer.signed_in and session.get(FeedKey, viewer.account_id) is not None


def make(session: Session, viewer: Viewer) -> FeedKey:
    """The viewer's key: the one they have, or a new one."""
    key = session.get(FeedKey, viewer.account_id)
    if key is None:
        key = FeedKey(
            account_id=viewer.account_id,
            reader=secrets.token_urlsafe(12),
            seed=secrets.token_hex(32),
            created_at=clock.now(),
        )
        session.add(key)
        session.flush()
        eventlog.record(session, viewer, "feeds.made", account=viewer.account_id)
    return key


def end(session: Session, viewer: Viewer) -> bool:
    """Let none of the viewer's feed addresses work any more; whether there were any."""
    key = session.get(FeedKey, viewer.account_id)
    if key is None:
        return False
    session.delete(key)
    session.flush()
    eventlog.record(session, viewer, "feeds.ended", account=viewer.account_id)
    return True


def reader_of(session: Session, settings: Settings, reader: str, signature: str, asked: Asked) -> Viewer | None:
    """Who made the address, with the rights they have now; None when it was ended, bent, or its maker's account closed."""
    key = session.scalars(select(FeedKey).where(FeedKey.reader == reader)).one_or_none()
    if key is None or not hmac.compare_digest(
        _signature(settings, key, _as_feed(asked).question).encode(), signature.encode()
    ):
        return None
    return queries.viewer_for_account(session, key.account_id)


def signed_address(session: Session, settings: Settings, viewer: Viewer, path: str, question: str) -> str | None:
    """An address of another feed for this person's programs, good for this path and question; None while they have no key."""
    key = session.get(FeedKey, viewer.account_id) if viewer.signed_in else None
    if key is None:
        return None
    signed = urlencode({"reader": key.reader, "key": _signature(settings, key, f"{path}?{question}")})
    return f"{settings.base_url}{path}?{question}{'&' if question else ''}{signed}"


def reader_of_address(
    session: Session, settings: Settings, reader: str, signature: str, path: str, question: str
) -> Viewer | None:
    """Who made such an address, with the rights they have now; None when it was ended, bent, or its maker's account closed."""
    key = session.scalars(select(FeedKey).where(FeedKey.reader == reader)).one_or_none()
    wanted = _signature(settings, key, f"{path}?{question}") if key is not None else ""
    if key is None or not hmac.compare_digest(wanted.encode(), signature.encode()):
        return None
    return queries.viewer_for_account(session, key.account_id)


def _as_feed(asked: Asked) -> Asked:
    return replace(asked, sort="best", page=1)


def _signature(settings: Settings, key: FeedKey, question: str) -> str:
    signed = f"{key.seed}\n{question}".encode()
    return hmac.new(settings.secret_key.encode(), signed, hashlib.sha256).hexdigest()
