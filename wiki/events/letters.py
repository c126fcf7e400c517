"""Mails to those who signed up, with the entry for their calendar: put into words when they are sent, with the rights of that moment."""

from typing import Any

from sqlalchemy.orm import Session

from wiki import clock, i18n, mail_texts, outbox
from wiki.access import VISITOR, Found, page_by_id
from wiki.config import Settings
from wiki.errors import Invalid, NotFound, SignInNeeded
from wiki.events import addresses, calendar
from wiki.events.guests.opening import INVITING, page_for_guest
from wiki.events.plan import PARTS, Plan, in_words, plan_of
from wiki.events.turns import IN, LIVE, UNCONFIRMED, WAITING, was_there
from wiki.i18n import N_
from wiki.i18n import gettext as _
from wiki.mail_texts import Letter
from wiki.models import Account, EventSignup, Outgoing
from wiki.notices.wishes import Wish, wishes_of
from wiki.pages.storing import content_of, current_revision
from wiki.people.queries import viewer_for_account
from wiki.text import url_part

MAKER = "event"
#: What the list of waiting mails says of them.
SUBJECT = N_("An event")
#: What a mail says -> whose it can be when it is sent. Otherwise something else has happened, of which another mail tells.
FOR = {
    "confirm": (UNCONFIRMED,),
    "again": (*LIVE,),
    "in": (IN,),
    "waiting": (WAITING,),
    "place": (IN,),
    "changed": LIVE,
    "reminder": (IN,),
    "feedback": LIVE,
}
#: Those of them after which the calendar is told.
WITH_ENTRY = ("in", "place", "changed", "again")
ENDING = ("left", "removed", "cancelled")


def send(
    session: Session, signup: EventSignup, what: str, *, had_place: bool = False, parts: tuple[str, ...] = ()
) -> None:
    """Write a mail into the transaction; nothing for those without an address, or who want no mails of events."""
    to = signup.email
    if signup.account_id is not None:
        account = session.get(Account, signup.account_id)
        if account is None or not account.active or _wish(session, account.id).channel("events") == "never":
            return
        to = account.email
    if not to:
        return
    made_of = {"maker": MAKER, "signup": signup.id, "what": what, "had_place": had_place, "parts": list(parts)}
    try:
        outbox.send_made(session, to, SUBJECT, made_of)
    except Invalid:  # an address to which nothing can be sent keeps nobody off the list
        return


def make(session: Session, settings: Settings, message: Outgoing) -> Letter | None:
    """The words; None when they are not true any more, or their reader may not read the page any more."""
    made_of = message.made_of or {}
    what = made_of["what"]
    signup = session.get(EventSignup, made_of["signup"])
    if signup is None or signup.status not in FOR.get(what, (signup.status,)):
        return None
    if what == "feedback" and not was_there(signup):
        return None
    found = _readable(session, signup)
    if found is None or (found.page.deleted_at is not None and what != "cancelled"):
        return None
    plan = plan_of(found.page, content_of(current_revision(session, found.page)).fields)
    account = session.get(Account, signup.account_id) if signup.account_id is not None else None
    wish = _wish(session, account.id) if account is not None else Wish()
    language = (account.language if account is not None else signup.language) or settings.language
    with i18n.use(language, wish.zone or settings.time_zone):
        return _letter(settings, found, plan, signup, made_of, message.recipient)


def _wish(session: Session, account_id: int) -> Wish:
    return wishes_of(session, [account_id])[account_id]


def _readable(session: Session, signup: EventSignup) -> Found | None:
    if signup.account_id is None:
        opened = page_for_guest(session, signup.page_id)
        # that it does not take place is said even when the page is gone
        return opened if opened is not None and opened.page.access in INVITING else None
    viewer = viewer_for_account(session, signup.account_id)
    try:
        return page_by_id(session, viewer or VISITOR, signup.page_id, "tombstone")
    except (NotFound, SignInNeeded):
        return None


def _letter(
    settings: Settings, found: Found, plan: Plan, signup: EventSignup, made_of: dict[str, Any], to: str
) -> Letter:
    what = made_of["what"]
    page_url = f"{settings.base_url}/{url_part(found.space.slug)}/{url_part(found.page.slug)}"
    own = (
        f"{page_url}/sign-up"
        if signup.account_id is not None
        else settings.base_url + addresses.own_path(settings, signup)
    )
    if what == "feedback":
        own = f"{page_url}/feedback" if signup.account_id is not None else f"{own}/feedback"
    told = {
        "what": what,
        # Who asks for this mail may have written somebody else's address: it says nothing that they typed.
        "name": "" if what == "confirm" else signup.name,
        "title": found.page.title,
        "when": _when(plan, settings.time_zone),
        "place": plan.place,
        "waiting": signup.status == WAITING,
        "parts": ", ".join(_(PARTS[one]) for one in made_of.get("parts", ()) if one in PARTS),
        "own": own,
    }
    written = mail_texts.write(settings, "event", i18n.language(), i18n.time_zone(), **told)
    ends = what in ENDING and (made_of.get("had_place") or (what == "cancelled" and signup.status == IN))
    begins = what in WITH_ENTRY and signup.status == IN
    if plan.first is None or not (ends or begins):
        return written
    public = signup.account_id is not None or found.page.access == "public"
    entry = calendar.Entry(plan, page_url if public else "", found.page.changed_at, signup.sequence)
    guest = calendar.Guest(signup.name, to)
    ics = calendar.invitation(settings, entry, guest, bool(ends), clock.now())
    return Letter(written.subject, written.text, calendar=ics, method=calendar.CANCEL if ends else calendar.REQUEST)


def _when(plan: Plan, site_zone: str) -> str:
    """Day and time in words; for somebody in another time zone with the same by their clock."""
    said = in_words(plan, "full")
    starts = plan.starts(site_zone)
    if starts is None or i18n.time_zone() == site_zone:
        return said
    return _(
        "%(when)s (%(zone)s); for you %(here)s", when=said, zone=site_zone, here=i18n.format_datetime(starts, "full")
    )
