"""Addresses at which mails of notices are stopped without signing in: one for each person, which tells nothing of them."""

import hashlib
import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.config import Settings
from wiki.models import Wishes
from wiki.notices.wishes import stop_mails, stop_topic

PATH = "/stop-mails"


def address(settings: Settings, stop_key: str, topic: str = "") -> str:
    """Where all mails of notices are stopped, or those of one topic."""
    about = f"?topic={topic}" if topic else ""
    return f"{settings.base_url}{PATH}/{token(settings, stop_key)}{about}"


def headers(address: str) -> tuple[tuple[str, str], ...]:
    """How a mail program is told of it, so that it can offer to stop mails in one click (RFC 8058)."""
    return (("List-Unsubscribe", f"<{address}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))


def token(settings: Settings, stop_key: str) -> str:
    """The last part of such an address."""
    return f"{stop_key}.{_signature(settings, stop_key)}"


def account_of(session: Session, settings: Settings, token: str) -> int | None:
    """Whose mails an address stops; None when it was not made here."""
    stop_key, _dot, signature = token.rpartition(".")
    if not hmac.compare_digest(_signature(settings, stop_key).encode(), signature.encode()):
        return None
    return session.scalar(select(Wishes.account_id).where(Wishes.stop_key == stop_key))


def stop(session: Session, settings: Settings, token: str, stopped: bool = True, topic: str = "") -> bool:
    """Stop the mails (those of one topic), or send them again; whether the address is known."""
    account_id = account_of(session, settings, token)
    if account_id is None:
        return False
    if topic:
        stop_topic(session, account_id, topic, stopped)
    else:
        stop_mails(session, account_id, stopped)
    return True


def _signature(settings: Settings, stop_key: str) -> str:
    return hmac.new(settings.secret_key.encode(), f"stop mails\n{stop_key}".encode(), hashlib.sha256).hexdigest()[:32]
