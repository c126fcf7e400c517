"""Signing up, saying what one needs, and leaving. Everything here holds the page first, so that places are given one after the other."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import VISITOR, Found, Viewer
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.events import letters, turns
from wiki.events.hosts import host_accounts
from wiki.events.plan import Plan, plan_of, why_closed
from wiki.events.turns import IN, LIVE, OUT, UNCONFIRMED
from wiki.i18n import N_
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.models import EventSignup
from wiki.notices.telling import tell
from wiki.pages.actions import hold
from wiki.pages.storing import content_of, current_revision
from wiki.text import tidy

#: What hosts are told: how each is asked for.
NEEDS = {
    "access": N_("Access"),
    "food": N_("Food"),
    "care": N_("Care for somebody"),
    "language": N_("Language"),
}
LONGEST = 300
NAME_LENGTH = 200


@dataclass(frozen=True)
class Held:
    """An event whose page is held until the end of the transaction, with what it says now."""

    found: Found
    fields: dict[str, Any]
    plan: Plan
    today: date


def take_hold(session: Session, catalogue: Catalogue, found: Found, today: date) -> Held:
    """Hold the page against everybody who signs up or saves, and read it as it stands then."""
    page = hold(session, catalogue, found.page)
    fields = content_of(current_revision(session, page)).fields
    return Held(found, fields, plan_of(page, fields), today)


def mine(session: Session, viewer: Viewer, page_id: int) -> EventSignup | None:
    """The viewer's own sign-up, if there is one that counts."""
    query = select(EventSignup).where(EventSignup.page_id == page_id, EventSignup.account_id == viewer.account_id)
    found = session.scalars(query).one_or_none() if viewer.signed_in else None
    return found if found is not None and found.status in LIVE else None


def sign_up(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, today: date) -> EventSignup:
    """Sign the viewer up: a place, or the end of the waiting list. Raises Invalid while nobody can; twice is once."""
    held = take_hold(session, catalogue, found, today)
    query = select(EventSignup).where(EventSignup.page_id == found.page.id, EventSignup.account_id == viewer.account_id)
    signup = session.scalars(query).one_or_none()
    if signup is not None and signup.status in LIVE:
        return signup
    _needs_open(held)
    if signup is None:
        signup = new_signup(found.page.id, viewer.name, account_id=viewer.account_id)
        signup.org_id = min(viewer.orgs(found.page.space_id), default=None)
        session.add(signup)
    give_place(session, held, signup, by=viewer.account_id)
    return signup


def new_signup(page_id: int, name: str, account_id: int | None = None) -> EventSignup:
    now = clock.now()
    return EventSignup(
        page_id=page_id,
        account_id=account_id,
        name=tidy(name)[:NAME_LENGTH],
        email="",
        org="",
        status=UNCONFIRMED,
        needs={},
        seed=secrets.token_urlsafe(18),
        asked_at=now,
        changed_at=now,
        named=False,
        sequence=0,
        entry="",
    )


def give_place(session: Session, held: Held, signup: EventSignup, by: int | None = None) -> None:
    """Place or waiting list for somebody who asks now; they get their mail, hosts hear of it."""
    fill(session, held)
    signup.reminded_at = None
    turns.take_place(session, signup, held.plan.places)
    if signup.entry:  # their calendar had it before
        signup.sequence += 1
    signup.entry = held.plan.entry()
    page = held.found.page
    eventlog.record(session, VISITOR, "event.signed_up", page=page, signup=signup.id, status=signup.status)
    letters.send(session, signup, signup.status)
    to = host_accounts(session, page, held.fields, held.today)
    told = {"by": by} if by is not None else {"by_name": signup.name}
    tell(session, to, "event_signed_up", page.id, link="/signed-up", **told)


def _needs_open(held: Held) -> None:
    closed = why_closed(held.plan, held.today)
    if closed:
        raise Invalid([Problem("sign-up", closed)])


def say_more(session: Session, signup: EventSignup, form: Mapping[str, str]) -> None:
    """Keep what somebody needs, and whether others may see that they come."""
    signup.needs = read_needs(form)
    signup.named = form.get("named") == "yes"
    signup.changed_at = clock.now()
    session.flush()


def read_needs(form: Mapping[str, str]) -> dict[str, str]:
    """The needs of a form, without those that are empty. Raises Invalid for one that is too long."""
    found = {key: tidy(form.get(f"needs.{key}", "")) for key in NEEDS}
    too_long = [key for key, text in found.items() if len(text) > LONGEST]
    if too_long:
        message = _("Say it in %(most)s characters at most.", most=LONGEST)
        raise Invalid([Problem(f"needs.{key}", message) for key in too_long])
    return {key: text for key, text in found.items() if text}


def leave(
    session: Session, catalogue: Catalogue, found: Found, signup_id: int, today: date, by_host: bool = False
) -> None:
    """Take somebody off the list; whoever waits longest moves up. Raises Forbidden once its day has passed, NotFound."""
    held = take_hold(session, catalogue, found, today)
    signup = session.get(EventSignup, signup_id, populate_existing=True)
    if signup is None or signup.page_id != found.page.id:
        raise NotFound(_("Nobody like that is on the list."))
    if not held.plan.is_coming(today):
        raise Forbidden(_("Its day has passed: the list stays as it is."))
    had_place = signup.status == IN
    if signup.status not in (*LIVE, UNCONFIRMED):
        return
    signup.status, signup.needs, signup.named, signup.changed_at = OUT, {}, False, clock.now()
    if had_place:
        signup.sequence += 1
    session.flush()
    eventlog.record(session, VISITOR, "event.left", page=found.page, signup=signup.id)
    letters.send(session, signup, "removed" if by_host else "left", had_place=had_place)
    fill(session, held)


def fill(session: Session, held: Held) -> int:
    """Let those who wait have the places that are free, while it is still to come; says how many."""
    if not held.plan.is_coming(held.today):
        return 0
    moved = turns.move_up(session, held.found.page.id, held.plan.places)
    for signup in moved:
        signup.entry = held.plan.entry()
        letters.send(session, signup, "place")
    members = [one.account_id for one in moved if one.account_id is not None]
    tell(session, members, "event_place", held.found.page.id, link="/sign-up", by_mail=False)
    if moved:
        eventlog.record(session, VISITOR, "event.moved_up", page=held.found.page, count=len(moved))
    return len(moved)


def write_down(
    session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, form: Mapping[str, str], today: date
) -> EventSignup:
    """A host writes somebody down who asked in another way. Raises Invalid without a name, or once its day has passed."""
    held = take_hold(session, catalogue, found, today)
    name = tidy(form.get("name", ""))
    if not name:
        raise Invalid([Problem("name", _("Say who comes."))])
    if not held.plan.is_coming(today):
        raise Forbidden(_("Its day has passed: the list stays as it is."))
    signup = new_signup(found.page.id, name)
    signup.org = tidy(form.get("org", ""))[:NAME_LENGTH]
    signup.needs = read_needs(form)
    session.add(signup)
    fill(session, held)
    turns.take_place(session, signup, held.plan.places)
    signup.entry = held.plan.entry()
    eventlog.record(session, viewer, "event.written_down", page=found.page, signup=signup.id)
    return signup
