"""Who is on a path in the demo: Ada, on her first fourteen days, with three of eight steps done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki import eventlog
from wiki.access import Viewer
from wiki.models import Account, Page, Receipt, Revision, StepTaken
from wiki.paths.actions import Terms, begin
from wiki.paths.walks import DONE
from wiki.paths.who import Newcomer


@dataclass(frozen=True)
class Done:
    """A step that was done: its row, the day, the page that was read, who noted it."""

    row: str
    day: int
    page: str = ""
    by: str = "U1"
    note: str = ""
    what: str = ""


PATH, NEWCOMER, BUDDY, ROLE, ORG = "P35", "U1", "U9", "P32", "O1"
STARTED, DUE = -11, 3
STEPS = (
    Done("st1", -11, "P34"),
    Done("st6", -10, by="U9", note="An hour by the harbour, no agenda", what="Your buddy"),
    Done("st2", -8, "P05", note="Clause 4 twice. Ask Ben what “on signing” means for us."),
)
#: People note what they have done in the afternoon.
HOUR = 15


def put_on_path(session: Session, made: Mapping[str, Page], day0: date, time_zone: str, now: datetime) -> None:
    """Write down who is on the path, as if it had been done on those days."""

    def at(day: int) -> datetime:
        return min(datetime.combine(day0 + timedelta(days=day), time(HOUR), ZoneInfo(time_zone)), now)

    manager = _viewer(made[BUDDY])
    terms = Terms(day0 + timedelta(days=STARTED), day0 + timedelta(days=DUE), made[BUDDY].id, made[ROLE].id)
    ada = Newcomer(made[NEWCOMER].id, made[ORG].id)
    enrolment = begin(session, manager, made[PATH], ada, terms, time=at(STARTED), quietly=True)
    account = session.scalars(select(Account).where(Account.person_id == made[NEWCOMER].id)).one()
    for done in STEPS:
        page = made.get(done.page)
        number = _revision_at(session, page, at(done.day)) if page is not None else None
        session.add(
            StepTaken(
                enrolment_id=enrolment.id,
                row_id=done.row,
                status=DONE,
                time=at(done.day),
                page_id=page.id if page is not None else None,
                revision=number,
                by_id=made[done.by].id,
                note=done.note,
                what=done.what or (page.title if page is not None else ""),
            )
        )
        if page is not None and number is not None:
            answers = f"path:{enrolment.id}#{done.row}"
            session.add(
                Receipt(
                    account_id=account.id,
                    name=account.name,
                    page_id=page.id,
                    number=number,
                    time=at(done.day),
                    by=answers,
                )
            )
        by = _viewer(made[done.by])
        eventlog.record(
            session,
            by,
            f"path.{DONE}",
            page=made[PATH],
            time=at(done.day),
            enrolment=enrolment.id,
            step=done.row,
        )
    session.flush()


def _viewer(person: Page) -> Viewer:
    return Viewer(account_id=None, person_id=person.id, name=person.title)


def _revision_at(session: Session, page: Page, moment: datetime) -> int:
    """The revision that a reader met then."""
    newest = select(func.max(Revision.number)).where(Revision.page_id == page.id, Revision.time <= moment)
    return session.execute(newest).scalar() or 1
