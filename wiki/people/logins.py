"""Signing in and out. A browser holds a secret, the database only its digest, so that a login can be listed and ended."""

import logging
import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.config import Settings
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.models import Account, Login
from wiki.people import attempts, passwords, queries
from wiki.text import shorten, tidy

log = logging.getLogger("wiki")


def sign_in(session: Session, settings: Settings, email: str, password: str, *, address: str | None, agent: str) -> str:
    """The secret of a new login. `address` is where the browser is, `agent` what it calls itself.

    Raises Invalid for a wrong pair, whatever is wrong with it, after equal time; TooMany when there were too many tries.
    """
    email = queries.normal_email(email)
    place = attempts.network_of(address)
    attempts.take(session, attempts.SIGN_IN_ADDRESS, place)
    attempts.take(session, attempts.SIGN_IN_ACCOUNT, email)
    account = session.scalars(select(Account).where(Account.email == email, Account.active)).one_or_none()
    if not passwords.fits(account.password_hash if account else None, password) or account is None:
        log.warning("sign-in refused from %s", place)
        raise Invalid([Problem("email", _("That e-mail address and password do not belong together."))])
    attempts.forget(session, attempts.SIGN_IN_ACCOUNT, email)
    attempts.give_back(session, attempts.SIGN_IN_ADDRESS, place)
    if account.password_hash and passwords.is_outdated(account.password_hash):
        account.password_hash = passwords.hashed(password)
    return begin(session, settings, account, agent)


def begin(session: Session, settings: Settings, account: Account, agent: str) -> str:
    """A new login for somebody who has shown who they are; returns its secret."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    login = Login(
        account_id=account.id,
        digest=queries.digest(secret),
        agent=shorten(tidy(agent), 200),
        started_at=now,
        seen_at=now,
        expires_at=now + timedelta(days=settings.session_days),
    )
    session.add(login)
    session.flush()
    viewer = queries.viewer_of(session, account)
    eventlog.record(session, viewer, "login.started", account=account.id)
    return secret


def listed(session: Session, settings: Settings, account_id: int) -> list[Login]:
    """The logins of an account that still work, the latest used first."""
    now = clock.now()
    found = select(Login).where(
        Login.account_id == account_id,
        Login.ended_at.is_(None),
        Login.expires_at > now,
        Login.seen_at > now - timedelta(hours=settings.session_hours),
    )
    return list(session.scalars(found.order_by(Login.seen_at.desc(), Login.id.desc())))


_BROWSERS = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """What a browser calls itself, in few words: "Firefox, Windows"; as it is when neither part is known."""
    known = [next((name for sign, name in signs if sign in agent), "") for signs in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, known)) or shorten(agent, 60)


def end(session: Session, viewer: Viewer, secret: str) -> None:
    """Sign this browser out, on the server: its secret is worth nothing from now on."""
    if _end(session, Login.digest == queries.digest(secret)):
        eventlog.record(session, viewer, "login.ended", account=viewer.account_id)


def end_one(session: Session, viewer: Viewer, login_id: int) -> bool:
    """End one of the viewer's own logins; whether there was such a one."""
    if not _end(session, Login.id == login_id, Login.account_id == viewer.account_id):
        return False
    eventlog.record(session, viewer, "login.ended", account=viewer.account_id)
    return True


def end_all(session: Session, account_id: int, *, but: str | None = None) -> None:
    """End every login of an account, except the one with the secret `but`."""
    kept = queries.digest(but) if but else ""
    _end(session, Login.account_id == account_id, Login.digest != kept)


def _end(session: Session, *where: ColumnElement[bool]) -> bool:
    """Whether any login was ended."""
    ended = session.scalars(
        update(Login).where(Login.ended_at.is_(None), *where).values(ended_at=clock.now()).returning(Login.id)
    )
    return bool(ended.all())
