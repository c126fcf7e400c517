"""Addresses that work without signing in: a guest's own, and the invitation to an event. Each is random and signed, and tells nothing."""

import hashlib
import hmac
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.config import Settings
from wiki.models import EventInvitation, EventSignup

MINE, INVITED = "/events/mine", "/events/invited"


def own_path(settings: Settings, signup: EventSignup) -> str:
    """Where a guest confirms, changes, leaves."""
    return f"{MINE}/{_token(settings, MINE, signup.seed)}"


def invited_path(settings: Settings, invitation: EventInvitation) -> str:
    return f"{INVITED}/{_token(settings, INVITED, invitation.seed)}"


def signup_at(session: Session, settings: Settings, token: str) -> EventSignup | None:
    """Whose address it is; None when it was not made here."""
    seed = _seed(settings, MINE, token)
    return session.scalars(select(EventSignup).where(EventSignup.seed == seed)).one_or_none() if seed else None


def invitation_at(session: Session, settings: Settings, token: str) -> EventInvitation | None:
    """The invitation behind an address; None when it was not made here or has ended."""
    seed = _seed(settings, INVITED, token)
    query = select(EventInvitation).where(EventInvitation.seed == seed, EventInvitation.ended_at.is_(None))
    return session.scalars(query).one_or_none() if seed else None


def new_seed() -> str:
    return secrets.token_urlsafe(18)


def _token(settings: Settings, purpose: str, seed: str) -> str:
    return f"{seed}.{_signature(settings, purpose, seed)}"


def _seed(settings: Settings, purpose: str, token: str) -> str:
    seed, _dot, signature = token.rpartition(".")
    right = hmac.compare_digest(_signature(settings, purpose, seed).encode(), signature.encode())
    return seed if right else ""


def _signature(settings: Settings, purpose: str, seed: str) -> str:
    return hmac.new(settings.secret_key.encode(), f"{purpose}\n{seed}".encode(), hashlib.sha256).hexdigest()[:32]
