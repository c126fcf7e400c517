"""Mailed links that work once: invitations and new passwords. Only digests are stored."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.errors import Gone
from wiki.i18n import gettext as _
from wiki.models import Account, Ticket
from wiki.people import queries

INVITATION = "invitation"
RESET = "reset"
LIFETIMES = {INVITATION: timedelta(days=7), RESET: timedelta(minutes=30)}


def make(session: Session, account: Account, purpose: str) -> tuple[str, datetime]:
    """The secret of a new ticket and when it ends. Earlier ones for the same purpose are void."""
    void(session, account.id, purpose)
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    ticket = Ticket(
        account_id=account.id,
        purpose=purpose,
        digest=queries.digest(secret),
        created_at=now,
        expires_at=now + LIFETIMES[purpose],
    )
    session.add(ticket)
    session.flush()
    return secret, ticket.expires_at


def account_for(session: Session, secret: str, purpose: str) -> Account:
    """Whose ticket it is; looking changes nothing. Raises Gone when it was used, is too old or never was."""
    found = session.scalars(
        select(Account)
        .join(Ticket, Ticket.account_id == Account.id)
        .where(
            Ticket.digest == queries.digest(secret),
            Ticket.purpose == purpose,
            Ticket.used_at.is_(None),
            Ticket.expires_at > clock.now(),
            Account.active,
        )
    ).one_or_none()
    if found is None:
        raise Gone(_("This link was used already or is too old. Ask for a new one."))
    return found


def use(session: Session, secret: str, purpose: str) -> Account:
    """Take the ticket: it works for one caller only, even when two come at once. Raises Gone like account_for."""
    account = account_for(session, secret, purpose)
    taken = session.scalars(
        update(Ticket)
        .where(Ticket.digest == queries.digest(secret), Ticket.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(Ticket.id)
    ).one_or_none()
    if taken is None:
        raise Gone(_("This link was used already or is too old. Ask for a new one."))
    return account


def void(session: Session, account_id: int, purpose: str | None = None) -> None:
    """Make unused tickets of an account worthless: all of them, or those of one purpose."""
    open_ones = update(Ticket).where(Ticket.account_id == account_id, Ticket.used_at.is_(None))
    if purpose is not None:
        open_ones = open_ones.where(Ticket.purpose == purpose)
    session.execute(open_ones.values(used_at=clock.now()))


def has_open_invitation(session: Session, account_id: int) -> bool:
    waiting = select(Ticket.id).where(
        Ticket.account_id == account_id,
        Ticket.purpose == INVITATION,
        Ticket.used_at.is_(None),
        Ticket.expires_at > clock.now(),
    )
    return session.execute(waiting.limit(1)).first() is not None
