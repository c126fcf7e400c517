"""Saying "I have read this", and what a page asks of its reader."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from wiki import eventlog
from wiki.access import Found, Viewer
from wiki.errors import Forbidden, Invalid, Problem
from wiki.i18n import gettext as _
from wiki.models import Page, ReadingAsked, ReadingRequest, Receipt
from wiki.pages.material import AGAIN
from wiki.pages.storing import current_revision
from wiki.receipts.changed import Change, changed_since
from wiki.receipts.noting import note_read
from wiki.receipts.progress import One, known_to
from wiki.receipts.rights import weight_said
from wiki.receipts.standing import OPEN
from wiki.text import tidy


@dataclass(frozen=True)
class Band:
    """What stands above a page for who is asked to read it: of several requests, the one that is due first."""

    request: int
    due: date
    late: bool
    by: str
    why: str
    change: Change | None
    read_at: datetime | None


def own_requests(session: Session, viewer: Viewer, page: Page, today: date, time_zone: str) -> list[One]:
    """How the viewer stands in all requests about the page, those due first before the others."""
    own = ReadingRequest.page_id == page.id, ReadingAsked.account_id == viewer.account_id
    found = known_to(session, viewer, today, time_zone, *own)
    return sorted(found, key=lambda one: (one.status not in OPEN, one.due, one.request))


def band(session: Session, viewer: Viewer, page: Page, today: date, time_zone: str) -> Band | None:
    """What the page asks of the viewer now; None if nothing."""
    waiting = [one for one in own_requests(session, viewer, page, today, time_zone) if one.status in OPEN]
    if not waiting:
        return None
    first = waiting[0]
    change = changed_since(session, page, first.read) if first.read is not None else None
    by, why = first.row.asked_by_name, first.row.why
    return Band(first.request, first.due, first.status == "overdue", by, why, change, first.read_at)


def confirm(
    session: Session,
    viewer: Viewer,
    page: Page,
    number: int,
    today: date,
    time_zone: str,
    *,
    time: datetime | None = None,
) -> Receipt:
    """The viewer's word that they have read revision `number`, which they were shown. It answers every request that asks them.

    Raises Forbidden for who was not asked, Invalid for a revision that is not there.
    """
    if not 1 <= number <= page.number:
        raise Invalid([Problem("revision", _("This page has no revision %(number)s.", number=number))])
    own = [
        one for one in own_requests(session, viewer, page, today, time_zone) if one.status not in ("withdrawn", "left")
    ]
    if not own:
        raise Forbidden(_("Nobody asks you to confirm this page."))
    return note_read(session, viewer, page, f"request:{own[0].request}", number=number, time=time)


def let_read_again(session: Session, viewer: Viewer, found: Found, why: str) -> None:
    """Everybody who confirmed an earlier revision is asked to read the present one. Raises Forbidden, Invalid."""
    weight_said(session, viewer, found, AGAIN)
    if not tidy(why):
        raise Invalid([Problem("why", _("Say why in a few words."))])
    revision = current_revision(session, found.page)
    revision.material = True
    session.flush()
    eventlog.record(
        session, viewer, "reading.again", page=found.page, revision=revision.number, weight=AGAIN, note=tidy(why)[:500]
    )
