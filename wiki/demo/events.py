"""Who comes to the demo's events, and what they said afterwards: under `later` of the events."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from wiki.demo.days import moment
from wiki.demo.people import DOMAIN, PARTS
from wiki.demo.read import DemoPage
from wiki.demo.stored import Place
from wiki.events.addresses import new_seed
from wiki.events.plan import HELD, REPORTED, plan_of
from wiki.models import Account, EventFeedback, EventInvitation, EventSignup, Page
from wiki.pages.storing import content_of, current_revision

#: When people sign up.
ASKED = time(9, 40)


def add_events(
    session: Session,
    pages: Iterable[DemoPage],
    made: Mapping[str, Page],
    accounts: Mapping[str, Account],
    place: Place,
    time_zone: str,
) -> None:
    """Store sign-ups as if they had come on their days, each with a place while there was one. Nobody gets a mail."""

    for page in pages:
        if page.kind != "event":
            continue
        plan = plan_of(made[page.id], content_of(current_revision(session, made[page.id])).fields)
        for number, said in enumerate(page.later.get("signups", ())):
            signup = _signup(
                made,
                accounts,
                made[page.id],
                said,
                moment(said["on"], ASKED, place.day0, time_zone) + timedelta(minutes=number),
            )
            signup.status = "in" if plan.places is None or number < plan.places else "waiting"
            signup.entry = plan.entry()
            if page.state in (HELD, REPORTED):  # whoever signed up was there, unless it is said
                signup.came = said.get("came", True)
            if page.state != "open":  # it is over: addresses are forgotten, nothing is left to tell
                signup.email, signup.reminded_at = "", signup.asked_at
            session.add(signup)
        for said in page.later.get("feedback", ()):
            session.add(_feedback(made, accounts, made[page.id], said))
        if "invited" in page.later:
            invitation = EventInvitation(
                page_id=made[page.id].id,
                seed=new_seed(),
                made_at=moment(page.later["invited"], ASKED, place.day0, time_zone),
            )
            session.add(invitation)
    session.flush()


def _signup(
    made: Mapping[str, Page], accounts: Mapping[str, Account], page: Page, said: Mapping[str, Any], at: datetime
) -> EventSignup:
    by = str(said.get("by", ""))
    return EventSignup(
        page_id=page.id,
        account_id=accounts[by].id if by else None,
        org_id=made[PARTS[by].org].id if by else None,
        name=made[by].title if by else said["guest"],
        email="" if by else f"{said['guest'].split()[0].lower()}@{DOMAIN}",
        org=said.get("org", ""),
        named=bool(said.get("named")),
        needs=dict(said.get("needs", {})),
        seed=new_seed(),
        asked_at=at,
        changed_at=at,
    )


def _feedback(
    made: Mapping[str, Page], accounts: Mapping[str, Account], page: Page, said: Mapping[str, Any]
) -> EventFeedback:
    by = said.get("by")
    return EventFeedback(
        id=new_seed(),
        page_id=page.id,
        account_id=accounts[by].id if by else None,
        name=made[by].title if by else "",
        useful=said.get("useful"),
        will_try=said.get("will_try", ""),
        worry=said.get("worry", ""),
    )
