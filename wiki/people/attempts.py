"""Tries that are counted in the database, so that all processes agree when it is enough."""

import math
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from wiki import clock
from wiki.errors import TooMany
from wiki.i18n import ngettext
from wiki.models import Attempt


@dataclass(frozen=True)
class Limit:
    """At most `count` tries of `what` within `window`, for each key."""

    what: str
    count: int
    window: timedelta


SIGN_IN_ACCOUNT = Limit("sign-in account", 10, timedelta(minutes=15))
SIGN_IN_ADDRESS = Limit("sign-in address", 100, timedelta(minutes=15))
RESET_ACCOUNT = Limit("reset account", 3, timedelta(hours=1))
RESET_ADDRESS = Limit("reset address", 30, timedelta(hours=1))
LONGEST = timedelta(hours=24)


def take(session: Session, limit: Limit, key: str) -> None:
    """Count one try. Raises TooMany, with the minutes to wait, when the limit was reached before it."""
    stored = _stored_key(limit, key)
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _lock_number(stored)})
    now = clock.now()
    recent = select(func.count(), func.min(Attempt.time)).where(
        Attempt.key == stored, Attempt.time > now - limit.window
    )
    count, oldest = session.execute(recent).one()
    if count >= limit.count:
        minutes = max(1, math.ceil((oldest + limit.window - now).total_seconds() / 60))
        raise TooMany(
            ngettext(
                "Too many tries. Wait %(count)s minute, then try again.",
                "Too many tries. Wait %(count)s minutes, then try again.",
                minutes,
            )
        )
    session.add(Attempt(key=stored, time=now))
    session.flush()


def give_back(session: Session, limit: Limit, key: str) -> None:
    """The latest try was honest: it does not count."""
    newest = select(func.max(Attempt.id)).where(Attempt.key == _stored_key(limit, key)).scalar_subquery()
    session.execute(delete(Attempt).where(Attempt.id == newest))


def forget(session: Session, limit: Limit, key: str) -> None:
    """None of the tries count any more."""
    session.execute(delete(Attempt).where(Attempt.key == _stored_key(limit, key)))


def forget_old(session: Session) -> None:
    """Remove what no limit looks at."""
    session.execute(delete(Attempt).where(Attempt.time < clock.now() - LONGEST))


def network_of(address: str | None) -> str:
    """What counts as one place: an IPv4 address, or the /64 that an IPv6 user can wander in."""
    try:
        place = ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ip_network(f"{place}/64", strict=False)) if isinstance(place, IPv6Address) else str(place)


def _stored_key(limit: Limit, key: str) -> str:
    return f"{limit.what}: {sha256(key.encode()).hexdigest()}"


def _lock_number(stored: str) -> int:
    return int.from_bytes(sha256(stored.encode()).digest()[:8], "big", signed=True)
