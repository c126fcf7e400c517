"""Who stands behind a cookie, a token or an account."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select, text
from sqlalchemy.orm import Session

from wiki.access import Choices, Member, Viewer
from wiki.models import Account, Event, Login, Membership, Token
from wiki.packs.marks import newest_mark
from wiki.prepared import Prepared
from wiki.text import tidy

_ACCOUNTS_LOCK = 4_736_002  # any constant


def digest(secret: str) -> str:
    """What is stored of a secret of 128 bits or more."""
    return hashlib.sha256(secret.encode()).hexdigest()


def normal_email(email: str) -> str:
    """An address as it is stored and looked up: without regard to case and blanks around it."""
    return tidy(email).casefold()


def anybody(session: Session) -> bool:
    """Whether there is an account at all; if not, the site waits for its first administrator."""
    return session.execute(select(Account.id).limit(1)).first() is not None


def one_at_a_time(session: Session) -> None:
    """Hold others off until the transaction ends, for what must be counted first; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ACCOUNTS_LOCK})


def account_by_email(session: Session, email: str) -> Account | None:
    return session.scalars(select(Account).where(Account.email == normal_email(email))).one_or_none()


_WHO: tuple[Any, ...] = (
    Account.id,
    Account.person_id,
    Account.name,
    Account.is_admin,
    Account.language,
    Account.theme,
    Account.single_keys,
    Account.tour_done,
    Account.own_changes,
    Membership.space_id,
    Membership.role,
    Membership.org_id,
)


def _with_memberships(*columns: Any) -> Select[Any]:
    return select(*_WHO, *columns).select_from(Account).outerjoin(Membership, Membership.account_id == Account.id)


def _newest_event() -> Any:
    """The number of the last change to anything, read along: what an unchanged answer is recognised by."""
    return select(func.max(Event.id)).scalar_subquery().label("newest_event")


_BY_LOGIN = _with_memberships(Login.id.label("login_id"), Login.seen_at).join(Login, Login.account_id == Account.id)
_BY_TOKEN = _with_memberships(Token.id.label("token_id"), Token.used_at).join(Token, Token.account_id == Account.id)


_LOGIN = Prepared(
    _BY_LOGIN.add_columns(Login.expires_at, _newest_event(), newest_mark().label("newest_mark")).where(
        Login.digest == bindparam("digest"), Login.ended_at.is_(None), Account.active
    )
)


def viewer_for_login(
    asked: Session | Connection, secret: str, now: datetime, idle_since: datetime
) -> tuple[Viewer, Any] | None:
    """The viewer of a signed-in browser and a row with login_id, seen_at, newest_event and newest_mark; None when the login has ended, expired or been idle."""
    rows = _LOGIN(asked, digest=digest(secret))
    if not rows or rows[0].expires_at <= now or rows[0].seen_at <= idle_since:
        return None
    return _viewer(rows), rows[0]


def viewer_for_token(session: Session, secret: str) -> tuple[Viewer, Any] | None:
    """The viewer of an API token and the token's (token_id, used_at)."""
    rows = session.execute(
        _BY_TOKEN.where(Token.digest == digest(secret), Token.ended_at.is_(None), Account.active)
    ).all()
    return (_viewer(rows), rows[0]) if rows else None


def viewer_for_email(session: Session, email: str) -> Viewer | None:
    """The viewer that an active account is, for commands that act for somebody."""
    return _viewer_where(session, Account.email == normal_email(email))


def viewer_for_account(session: Session, account_id: int) -> Viewer | None:
    return _viewer_where(session, Account.id == account_id)


def viewer_of(session: Session, account: Account) -> Viewer:
    """The viewer that an account is. Raises LookupError when it is closed."""
    found = viewer_for_account(session, account.id)
    if found is None:
        raise LookupError(f"account {account.id} is closed")
    return found


def _viewer_where(session: Session, condition: ColumnElement[bool]) -> Viewer | None:
    rows = session.execute(_with_memberships().where(condition, Account.active)).all()
    return _viewer(rows) if rows else None


def _viewer(rows: Any) -> Viewer:
    first: Row[Any] = rows[0]
    return Viewer(
        account_id=first.id,
        person_id=first.person_id,
        name=first.name,
        admin=first.is_admin,
        language=first.language,
        memberships=tuple(Member(row.space_id, row.role, row.org_id) for row in rows if row.space_id is not None),
        choices=Choices(first.theme or "", first.single_keys, first.tour_done, first.own_changes),
    )
