"""The day of an event that is there: how it suits, and keeping it with a reason. Browser and API come through here."""

import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.errors import Forbidden, Invalid, Problem
from wiki.events.capacity import Clash, concerned, later_day, read_clashes, time_said
from wiki.events.dates.keeping import KEPT, KEPT_FOR, earlier_reason, kept_now, why_kept
from wiki.events.hosts import event_for
from wiki.events.plan import Plan, plan_of
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.pages.actions import save_page
from wiki.pages.storing import content_of, current_revision
from wiki.text import tidy

#: Characters of a reason: what its field holds.
WHY_LENGTH = 300


@dataclass(frozen=True)
class Day:
    """How the days of an event suit, for one reader. `reason` is what was written, for the days `reason_for`; `kept` what holds now."""

    plan: Plan
    clashes: list[Clash]
    later: date | None
    reason: str
    reason_for: dict[str, Any] | None
    kept: str
    earlier: str


def day_for(session: Session, viewer: Viewer, space: str, slug: str) -> tuple[Found, Content]:
    """An event whose day this viewer may choose, with what it says."""
    found, _fields = event_for(session, viewer, space, slug, "edit")
    if not viewer.signed_in:
        raise Forbidden(_("Sign in first."))
    return found, content_of(current_revision(session, found.page))


def look(session: Session, viewer: Viewer, found: Found, content: Content, today: date) -> Day:
    """Whether the days suit those whom they concern, and why they are kept."""
    fields = content.fields
    plan = plan_of(found.page, fields)
    rows = time_said(session, viewer, concerned(fields)) if plan.first is not None else []
    clashes = read_clashes(rows, plan, today)
    later = later_day(rows, plan, today) if clashes else None
    said, said_for = str(fields.get(KEPT, "")), fields.get(KEPT_FOR)
    return Day(plan, clashes, later, said, said_for, why_kept(fields), earlier_reason(fields))


def keep(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, content: Content, why: str) -> None:
    """Keep the days as they are now. Raises Invalid without a reason."""
    reason = tidy(why)
    if not reason or len(reason) > WHY_LENGTH:
        raise Invalid([Problem("why", _("Say in a sentence why this day is kept."))])
    after = Content(content.title, content.body, kept_now(copy.deepcopy(content.fields), reason))
    note = _("The day is kept, although it does not suit everybody")
    save_page(session, catalogue, viewer, found.page, after, found.page.number, note)
