"""Reminding by hand those who have not read a page yet: seldom, and nobody who was only just asked. Telling who asked when all have."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import VISITOR, Found, Viewer
from wiki.errors import Forbidden, Invalid, Problem
from wiki.i18n import format_date
from wiki.i18n import gettext as _
from wiki.models import Event, Page, ReadingRequest
from wiki.receipts import telling
from wiki.receipts.progress import One, of_request
from wiki.receipts.rights import may_see_all
from wiki.receipts.standing import OPEN

#: From one reminder by hand to the next, and from being asked to the first one.
EVERY, AFTER_ASKING = timedelta(days=7), timedelta(days=2)
REMINDED, COMPLETE = "reading.reminded", "reading.complete"


def to_remind(people: Sequence[One]) -> list[One]:
    """Those who have not answered, and have had some time to."""
    before = clock.now() - AFTER_ASKING
    return [one for one in people if one.status in OPEN and one.account is not None and one.asked_at < before]


def reminded_at(session: Session, request: ReadingRequest) -> datetime | None:
    """When somebody last reminded by hand."""
    found = _logged(session, request, REMINDED)
    return found[-1].time if found else None


def free_again(session: Session, request: ReadingRequest) -> datetime | None:
    """From when on one may remind once more; None: now."""
    last = reminded_at(session, request)
    return last + EVERY if last is not None and last + EVERY > clock.now() else None


def remind(session: Session, viewer: Viewer, found: Found, request: ReadingRequest, today: date, time_zone: str) -> int:
    """Tell those who have not read it once more; says how many. Raises Forbidden, or Invalid when it is too soon or nobody is left."""
    if not may_see_all(session, viewer, found, request):
        raise Forbidden(_("Only who asked, who keeps the page or a coordinator can remind them."))
    if request.ended_at is not None:
        raise Invalid([Problem("", _("The request is withdrawn: nobody is asked any more."))])
    free = free_again(session, request)
    if free is not None:
        said = _(
            "They were reminded in the last seven days. The next time is from %(date)s on.", date=format_date(free)
        )
        raise Invalid([Problem("", said)])
    waiting = to_remind(of_request(session, request.id, today, time_zone))
    if not waiting:
        raise Invalid(
            [Problem("", _("Nobody is to be reminded: all have read it, or were asked in the last two days."))]
        )
    for due in sorted({one.due for one in waiting}):
        accounts = [one.account for one in waiting if one.due == due and one.account is not None]
        telling.reminded(session, request, accounts, due, viewer.account_id)
    eventlog.record(session, viewer, REMINDED, page=found.page, request=request.id, people=len(waiting))
    return len(waiting)


def newly_complete(session: Session, request: ReadingRequest, people: Sequence[One]) -> int | None:
    """The revision that everybody has read at least, if all have and who asked was not told so of it yet."""
    asked = [one for one in people if one.status in (*OPEN, "confirmed")]
    if not asked or any(one.status != "confirmed" for one in asked):
        return None
    read = min(one.read or 0 for one in asked)
    known = [event.detail.get("read", 0) for event in _logged(session, request, COMPLETE)]
    return read if read > max(known, default=-1) else None


def tell_complete(session: Session, request: ReadingRequest, read: int) -> None:
    """Who asked is told that all have read it: once, and once more when a change made everybody read again."""
    telling.complete(session, request)
    page = session.get_one(Page, request.page_id)
    eventlog.record(session, VISITOR, COMPLETE, page=page, request=request.id, read=read)


def _logged(session: Session, request: ReadingRequest, verb: str) -> list[Event]:
    wanted = select(Event).where(Event.page_id == request.page_id, Event.verb == verb).order_by(Event.id)
    return [one for one in session.scalars(wanted) if one.detail.get("request") == request.id]
