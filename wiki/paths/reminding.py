"""When the day of a reading path has passed, who is on it is told so: once for each day that was set."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog, i18n
from wiki.access import VISITOR
from wiki.config import Settings
from wiki.db import Database
from wiki.models import Enrolment, Event, Page
from wiki.paths import telling

EVERY = timedelta(minutes=10)
LATE = "path.late"
#: A day that passed longer ago is no news: nobody is told of it when a wiki comes to this version.
NEWS = timedelta(days=14)


def reminder(database: Database, settings: Settings) -> Callable[[], int]:
    """The chore: looks every ten minutes at most."""
    next_look: datetime | None = None

    def remind_now() -> int:
        nonlocal next_look
        now = clock.now()
        if next_look is not None and now < next_look:
            return 0
        next_look = now + EVERY
        return remind(database, settings)

    return remind_now


def remind(database: Database, settings: Settings) -> int:
    """Tell everybody whose day has passed and who was not told yet; says how many."""
    today = clock.today(settings.time_zone)
    with database.read() as session:
        waiting = [one.id for one in _late(session, today) if not _was_told(session, one)]
    for number in waiting:
        with database.transaction() as session, i18n.use(settings.language, settings.time_zone):
            _tell_one(session, number, today)
    return len(waiting)


def _late(session: Session, today: date) -> list[Enrolment]:
    late = (
        select(Enrolment)
        .join(Page, Page.id == Enrolment.path_id)
        .where(Enrolment.ended_at.is_(None), Enrolment.finished_at.is_(None))
        .where(
            Enrolment.due < today, Enrolment.due >= today - NEWS, Page.deleted_at.is_(None), Page.archived_at.is_(None)
        )
    )
    return list(session.scalars(late.order_by(Enrolment.id)))


def _was_told(session: Session, enrolment: Enrolment) -> bool:
    logged = session.scalars(select(Event.detail).where(Event.page_id == enrolment.path_id, Event.verb == LATE))
    known = {(detail.get("enrolment"), detail.get("due")) for detail in logged}
    return (enrolment.id, str(enrolment.due)) in known


def _tell_one(session: Session, number: int, today: date) -> None:
    standing = select(Enrolment).where(Enrolment.id == number, Enrolment.due < today).with_for_update(skip_locked=True)
    enrolment = session.scalars(standing).one_or_none()
    if enrolment is None or enrolment.due is None or _was_told(session, enrolment):  # another process was quicker
        return
    path = session.get_one(Page, enrolment.path_id)
    telling.late(session, enrolment, enrolment.due)
    eventlog.record(session, VISITOR, LATE, page=path, enrolment=enrolment.id, due=str(enrolment.due))
