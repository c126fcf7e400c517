"""An orientation page goes out of date by itself: when an agreement or a decision that it links to was replaced after the
partners last checked it, or when that check is more than a year old. Whoever says that it is right again has settled it.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from wiki import clock, eventlog, i18n
from wiki.access import Viewer
from wiki.config import Settings
from wiki.db import Database
from wiki.i18n import gettext as _
from wiki.i18n import time_zone
from wiki.kinds import Catalogue
from wiki.kinds.record import day
from wiki.kinds.workings.rhythm import DAYS
from wiki.models import Link, Page, Revision, Row
from wiki.models.base import Moment
from wiki.pages import storing
from wiki.pages.actions import hold
from wiki.pages.following import EVERY_KIND, Change, follows

KIND, CURRENT, OUT_OF_DATE = "orientation", "current", "out_of_date"
REPLACED = "replaced"
_Target = aliased(Page)


def follow_replaced(session: Session, catalogue: Catalogue, viewer: Viewer, change: Change) -> None:
    """When a page is replaced, the orientation pages that link to it are looked at."""
    if change.page.over != REPLACED or change.was == change.page.state:
        return
    linking = select(Page.id).join(Link, Link.page_id == Page.id).where(Link.target_id == change.page.id)
    ids = set(session.scalars(linking.where(Page.kind == KIND, Page.state == CURRENT, Page.deleted_at.is_(None))))
    if ids:
        outdate(session, catalogue, viewer, clock.today(time_zone()), ids)


def outdate(
    session: Session, catalogue: Catalogue, viewer: Viewer, today: date, ids: Collection[int] | None = None
) -> int:
    """Move those of the pages (all that are current) that are out of date; returns how many."""
    if KIND not in catalogue or not catalogue[KIND].in_state(OUT_OF_DATE):
        return 0
    current = select(Page).where(Page.kind == KIND, Page.state == CURRENT, Page.deleted_at.is_(None))
    query = current.where(Page.id.in_(ids)) if ids is not None else current
    count = 0
    for page in session.scalars(query.order_by(Page.id)).all():
        note = _why(session, page, today)
        if note:
            _move(session, catalogue, viewer, page, note)
            count += 1
    return count


def _why(session: Session, page: Page, today: date) -> str:
    """Why the page is out of date; "" if it is not. The note names no page: not every reader may know of it."""
    since, checked = _entered(session, page), last_check(session, page)
    replaced = [_entered(session, one) for one in _replaced(session, page)]
    zone = ZoneInfo(time_zone())
    after = [
        moment
        for moment in replaced
        if moment > since and (checked is None or moment.astimezone(zone).date() >= checked)
    ]
    if after:
        return _("A page that it leads to was replaced after the partners checked it")
    year = timedelta(days=DAYS["yearly"])
    if checked is not None and today - checked > year and today - since.astimezone(zone).date() > year:
        return _("The partners checked it more than a year ago")
    return ""


def _replaced(session: Session, page: Page) -> list[Page]:
    """Pages that it links to and that another has taken the place of."""
    query = select(_Target).join(Link, Link.target_id == _Target.id).where(Link.page_id == page.id)
    return list(session.scalars(query.where(_Target.over == REPLACED, _Target.deleted_at.is_(None)).distinct()))


def last_check(session: Session, page: Page) -> date | None:
    """The day on which a partner checked the page last."""
    rows = session.scalars(select(Row.data).where(Row.page_id == page.id, Row.table == "checks"))
    return max((checked for row in rows if (checked := day(row.get("on")))), default=None)


def _entered(session: Session, page: Page) -> datetime:
    """When the page came into the state in which it is."""
    before = select(func.coalesce(func.max(Revision.number), 0)).where(
        Revision.page_id == page.id, Revision.state != page.state
    )
    since = select(func.min(Revision.time, type_=Moment)).where(
        Revision.page_id == page.id, Revision.number > before.scalar_subquery()
    )
    return session.execute(since).scalar() or page.created_at


def _move(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, note: str) -> None:
    page = hold(session, catalogue, page)
    content, when = storing.content_of(storing.current_revision(session, page)), clock.now()
    author = storing.Author.of(viewer)
    revision = storing.store_revision(
        session, catalogue, page, content, author=author, note=note, time=when, state=OUT_OF_DATE
    )
    said: dict[str, Any] = {"was": CURRENT, "to": OUT_OF_DATE, "note": note, "by": "system"}
    eventlog.record(session, viewer, "page.state", page=page, revision=revision.number, time=when, **said)


def keeper(database: Database, settings: Settings, catalogue: Catalogue) -> Callable[[], int]:
    """The chore: once a day all pages are looked at, because a year passes by itself."""
    looked: date | None = None

    def look() -> int:
        nonlocal looked
        today = clock.today(settings.time_zone)
        if looked == today:
            return 0
        looked = today
        with i18n.use(settings.language, settings.time_zone), database.transaction() as session:
            return outdate(session, catalogue, Viewer(None, None, _("The wiki")), today)

    return look


follows(EVERY_KIND, follow_replaced)
