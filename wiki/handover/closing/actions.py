"""Closing an account at once, whatever its person holds: what they hold is seen first, and somebody looks after it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import eventlog
from wiki.access import Viewer
from wiki.errors import Invalid, Problem
from wiki.handover.loose_ends import LooseEnds, loose_ends
from wiki.handover.notes import PERSON, content_now, write
from wiki.handover.preparing import Wish, prepare
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.models import Account, Page
from wiki.notices.telling import account_ids
from wiki.pages.actions import hold
from wiki.people.actions import close_account, reopen_account


def person_of(session: Session, account: Account) -> Page | None:
    """The page that stands for the account's person."""
    page = session.get(Page, account.person_id) if account.person_id is not None else None
    return page if page is not None and page.deleted_at is None and page.kind == PERSON else None


def account_of(session: Session, person: Page) -> Account | None:
    return session.scalars(select(Account).where(Account.person_id == person.id, Account.active)).one_or_none()


def left_open(session: Session, catalogue: Catalogue, viewer: Viewer, account: Account, today: date) -> LooseEnds:
    """What the account's person holds."""
    person = person_of(session, account)
    if person is None:
        return LooseEnds((), 0, "")
    return loose_ends(session, catalogue, viewer, person.id, today)


def close(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    account: Account,
    today: date,
    *,
    seen: str = "",
    caretaker: int | None = None,
) -> Page | None:
    """Close an account. Of what its person holds a handover is begun, which the caretaker looks after; gives that note.

    Raises Invalid when `seen` is not the seal of what they hold today: nobody decides over what they have not seen.
    """
    person = person_of(session, account)
    ends = left_open(session, catalogue, viewer, account, today)
    problems = []
    if ends and seen != ends.seal:
        problems.append(Problem("seen", _("Look first at what %(name)s still holds.", name=account.name)))
    if ends and (caretaker is None or not account_ids(session, [caretaker]) or caretaker == account.person_id):
        problems.append(Problem("caretaker", _("Name somebody who looks after it and can sign in.")))
    if problems:
        raise Invalid(problems)
    note = None
    if person is not None and ends:
        note = prepare(session, catalogue, viewer, person, Wish("leaving", today, manager=caretaker), today)
        eventlog.record(
            session, viewer, "account.loose_ends", account=account.id, things=len(ends.things) + ends.hidden
        )
    if person is not None and person.state != "left":
        person = hold(session, catalogue, person)
        write(session, catalogue, viewer, person, content_now(session, person), _("The account was closed"), "left")
    close_account(session, viewer, account)
    return note


def reopen(session: Session, catalogue: Catalogue, viewer: Viewer, account: Account) -> None:
    """Let somebody in again; their page says that they are back."""
    reopen_account(session, viewer, account)
    person = person_of(session, account)
    if person is not None and person.state == "left":
        person = hold(session, catalogue, person)
        write(
            session,
            catalogue,
            viewer,
            person,
            content_now(session, person),
            _("The account was opened again"),
            "active",
        )
