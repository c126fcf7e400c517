"""Guests sign up with a name and an address, and have their place when they have answered the mail."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Found, Viewer
from wiki.errors import Forbidden, Invalid, Problem
from wiki.events import letters, signing
from wiki.events.addresses import new_seed
from wiki.events.guests.opening import INVITING
from wiki.events.plan import why_closed
from wiki.events.turns import LIVE, OUT, UNCONFIRMED
from wiki.i18n import gettext as _
from wiki.i18n import language
from wiki.kinds import Catalogue
from wiki.models import EventInvitation, EventSignup
from wiki.outbox import is_address
from wiki.people import attempts
from wiki.people.attempts import Limit
from wiki.people.queries import normal_email
from wiki.text import tidy

#: How often a form may send mails: from one place, and to one address.
FROM_PLACE = Limit("event guest place", 20, timedelta(hours=1))
TO_ADDRESS = Limit("event guest address", 4, timedelta(hours=6))
#: After so long an address that nobody confirmed is forgotten.
PATIENCE = timedelta(days=3)


def ask(
    session: Session, catalogue: Catalogue, found: Found, form: Mapping[str, str], place: str | None, today: date
) -> None:
    """Send a mail to who wants to come. The answer is the same whether they are on the list already: nobody learns who is.

    Raises Invalid for what is missing or while nobody can sign up, TooMany.
    """
    held = signing.take_hold(session, catalogue, found, today)
    name, email = tidy(form.get("name", "")), normal_email(form.get("email", ""))
    problems = []
    closed = why_closed(held.plan, today)
    if closed:
        problems.append(Problem("name", closed))
    if not name:
        problems.append(Problem("name", _("Say your name.")))
    if not is_address(email):
        problems.append(Problem("email", _("Write an address to which mail can be sent.")))
    needs = signing.read_needs(form)
    if problems:
        raise Invalid(problems)
    attempts.take(session, FROM_PLACE, attempts.network_of(place))
    attempts.take(session, TO_ADDRESS, email)
    query = select(EventSignup).where(EventSignup.page_id == found.page.id, EventSignup.email == email)
    signup = session.scalars(query).first()
    if signup is not None and signup.status in LIVE:
        letters.send(session, signup, "again")
        return
    if signup is None:
        signup = signing.new_signup(found.page.id, name)
        session.add(signup)
    signup.name, signup.email, signup.status = name[: signing.NAME_LENGTH], email, UNCONFIRMED
    signup.org, signup.language = tidy(form.get("org", ""))[: signing.NAME_LENGTH], language()
    signup.needs, signup.named = needs, form.get("named") == "yes"
    signup.asked_at = signup.changed_at = clock.now()
    session.flush()
    letters.send(session, signup, "confirm")


def confirm(session: Session, catalogue: Catalogue, found: Found, signup_id: int, today: date) -> EventSignup:
    """Their place, or the end of the waiting list. Raises Invalid if nobody can sign up any more."""
    held = signing.take_hold(session, catalogue, found, today)
    signup = session.get_one(EventSignup, signup_id, populate_existing=True)
    if signup.status not in (UNCONFIRMED, OUT):
        return signup
    closed = why_closed(held.plan, today)
    if closed:
        raise Invalid([Problem("confirm", closed)])
    signing.give_place(session, held, signup)
    return signup


def invitation_of(session: Session, page_id: int) -> EventInvitation | None:
    """The address by which guests can sign up now, if there is one."""
    query = select(EventInvitation).where(EventInvitation.page_id == page_id, EventInvitation.ended_at.is_(None))
    return session.scalars(query.order_by(EventInvitation.id.desc())).first()


def may_invite(viewer: Viewer, found: Found) -> bool:
    """Whether a host can open the event to guests: not if it is for some organisations only, nor if its knowledge is another's."""
    page = found.page
    mine = page.steward_id is None or page.steward_id in viewer.orgs(page.space_id)
    return page.access in INVITING and mine


def invite(session: Session, viewer: Viewer, found: Found) -> EventInvitation:
    """Make an address that can be passed on; an earlier one ends. Raises Forbidden."""
    if not may_invite(viewer, found):
        raise Forbidden(_("This event is not for everybody: its guests need an account, or wider access to the page."))
    end_invitation(session, found)
    made = EventInvitation(
        page_id=found.page.id, account_id=viewer.account_id, seed=new_seed(), made_at=clock.now(), ended_at=None
    )
    session.add(made)
    session.flush()
    return made


def end_invitation(session: Session, found: Found) -> None:
    """The address works no more. Whoever has signed up by it stays on the list."""
    query = select(EventInvitation).where(EventInvitation.page_id == found.page.id, EventInvitation.ended_at.is_(None))
    for one in session.scalars(query):
        one.ended_at = clock.now()
    session.flush()
