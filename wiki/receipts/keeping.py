"""What a standing request needs from day to day: who joined is asked, who left is not, a change and the day are told of once.

Done in the background about once a minute: a role is given in many ways, and the days pass by themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog, i18n
from wiki.access import VISITOR
from wiki.config import Settings
from wiki.db import Database
from wiki.models import Account, Page, ReadingAsked, ReadingRequest
from wiki.people.queries import viewer_for_account
from wiki.quick_access import readable_pages
from wiki.receipts import telling
from wiki.receipts.asking import BEFORE, add_people
from wiki.receipts.groups import Group, members_of
from wiki.receipts.progress import One, of_request
from wiki.receipts.reminding import newly_complete, tell_complete
from wiki.receipts.standing import OPEN

EVERY = timedelta(minutes=1)


@dataclass
class Work:
    """What there is to do for one request."""

    join: list[tuple[int, str]] = field(default_factory=list)
    leave: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    again: list[One] = field(default_factory=list)
    soon: list[One] = field(default_factory=list)
    late: list[One] = field(default_factory=list)
    complete: int | None = None

    @property
    def any(self) -> bool:
        told = self.again or self.soon or self.late or self.complete is not None
        return bool(self.join or self.leave or self.back or told)


def keeper(database: Database, settings: Settings) -> Callable[[], int]:
    """The chore: looks after all standing requests when anything has happened since, but once a minute at most."""
    return eventlog.follower(database, EVERY, lambda: clock.today(settings.time_zone), lambda: keep(database, settings))


def keep(database: Database, settings: Settings) -> int:
    """Do for every standing request what there is to do; says for how many there was something. Each is a transaction of its own."""
    today, zone = clock.today(settings.time_zone), settings.time_zone
    with database.read() as session:
        standing = select(ReadingRequest).where(ReadingRequest.ended_at.is_(None)).order_by(ReadingRequest.id)
        waiting = [one.id for one in session.scalars(standing).all() if work_of(session, one, today, zone).any]
    for number in waiting:
        with database.transaction() as session, i18n.use(settings.language, zone):
            _keep_one(session, number, today, zone)
    return len(waiting)


def work_of(session: Session, request: ReadingRequest, today: date, time_zone: str) -> Work:
    ones = of_request(session, request.id, today, time_zone)
    work = _coming_and_going(session, request, ones, today)
    for one in ones:
        known = one.row
        if one.read is not None and one.status in OPEN and known.told_number <= one.read:
            work.again.append(one)  # once: what changes before they look again is one thing to read
        elif one.status in ("asked", "changed") and one.due - today <= BEFORE and known.told_before != one.due:
            work.soon.append(one)
        elif one.status == "overdue" and known.told_after != one.due:
            work.late.append(one)
    work.complete = None if work.join else newly_complete(session, request, ones)
    return work


def _coming_and_going(session: Session, request: ReadingRequest, ones: list[One], today: date) -> Work:
    """Who has joined a group since, who has left all of them, who is back."""
    if not request.groups:
        return Work()
    asker = (viewer_for_account(session, request.asked_by) if request.asked_by is not None else None) or VISITOR
    groups = [Group.read(one) for one in request.groups]
    members = members_of(session, groups, asker, today) - {request.asked_by or 0}
    known = {one.account: one for one in ones if one.account is not None}
    rows = session.execute(
        select(Account.id, Account.name)
        .join(Page, Page.id == request.page_id)
        .where(Account.id.in_(members - known.keys()), readable_pages(Account.id))
        .order_by(Account.id)
    )
    together = {account: one for account, one in known.items() if not one.row.named}
    return Work(
        join=[(row.id, row.name) for row in rows],
        leave=[one.asked for account, one in together.items() if one.row.left_at is None and account not in members],
        back=[one.asked for account, one in together.items() if one.row.left_at is not None and account in members],
    )


def _keep_one(session: Session, number: int, today: date, time_zone: str) -> None:
    standing = select(ReadingRequest).where(ReadingRequest.id == number, ReadingRequest.ended_at.is_(None))
    request = session.scalars(standing.with_for_update(skip_locked=True)).one_or_none()
    if request is None:  # withdrawn meanwhile, or another process looks after it
        return
    work, now = work_of(session, request, today, time_zone), clock.now()
    newest = session.execute(select(Page.number).where(Page.id == request.page_id)).scalar_one()
    for asked in work.leave:
        session.get_one(ReadingAsked, asked).left_at = now
    for asked in work.back:
        session.get_one(ReadingAsked, asked).left_at = None
    if work.join:
        add_people(session, request, work.join, now, newest)
        telling.asked(session, request, [account for account, _name in work.join], None, now)
    _tell(session, request, work, newest)
    if work.complete is not None:
        tell_complete(session, request, work.complete)
    if work.join or work.leave or work.back:
        page = session.get_one(Page, request.page_id)
        eventlog.record(session, VISITOR, "reading.members", space_id=page.space_id, request=number)


def _tell(session: Session, request: ReadingRequest, work: Work, newest: int) -> None:
    telling.again(session, request, _accounts(work.again))
    for one in work.again:
        session.get_one(ReadingAsked, one.asked).told_number = newest
    for due in sorted({one.due for one in work.soon}):
        some = [one for one in work.soon if one.due == due]
        telling.soon(session, request, _accounts(some), due)
        for one in some:
            session.get_one(ReadingAsked, one.asked).told_before = due
    for due in sorted({one.due for one in work.late}):
        some = [one for one in work.late if one.due == due]
        telling.late(session, request, _accounts(some), due)
        for one in some:
            session.get_one(ReadingAsked, one.asked).told_after = due


def _accounts(ones: list[One]) -> list[int]:
    return [one.account for one in ones if one.account is not None]
