"""Pages that the demo's people were asked to read and confirm: under `later.reading` of those pages."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.demo.days import offset, on_calendar
from wiki.demo.read import DemoPage
from wiki.models import Account, Page, ReadingAsked, ReadingRequest, Receipt, Revision, Space
from wiki.receipts.groups import Group

#: When people ask and confirm: after the working hours in which they write.
ASKED, READ = time(17, 5), time(17, 40)


def add_readings(
    session: Session,
    pages: Iterable[DemoPage],
    made: Mapping[str, Page],
    accounts: Mapping[str, Account],
    space: Space,
    day0: date,
    time_zone: str,
) -> int:
    """Store the requests and confirmations as if they had been made on their days; says how many requests."""
    asked = [(page, page.later["reading"]) for page in pages if "reading" in page.later]
    for page, said in asked:
        _request(session, made[page.id], said, accounts, space, _Days(day0, ZoneInfo(time_zone)))
    session.flush()
    return len(asked)


class _Days:
    """The demo's days as moments and dates, none of them still to come."""

    def __init__(self, day0: date, zone: ZoneInfo) -> None:
        self._day0 = day0
        self._zone = zone

    def moment(self, day: str, at: time) -> datetime:
        moment = datetime.combine(self._day0 + timedelta(days=offset(day)), at, self._zone).astimezone(UTC)
        return min(moment, clock.now())

    def date(self, day: str) -> date:
        return on_calendar(day, self._day0)


def _request(
    session: Session, page: Page, said: Mapping[str, Any], accounts: Mapping[str, Account], space: Space, days: _Days
) -> None:
    by, made_at = accounts[said["by"]], days.moment(said["on"], ASKED)
    request = ReadingRequest(
        page_id=page.id,
        number=_number(session, page, made_at),
        asked_by=by.id,
        asked_by_name=by.name,
        why=said["why"],
        due=days.date(said["due"]),
        groups=[Group("space", space.id).stored()] if said.get("everybody") else [],
        created_at=made_at,
    )
    session.add(request)
    session.flush()
    for name in said["asked"]:
        asked_at = days.moment(said.get("joined", {}).get(name, said["on"]), ASKED)
        session.add(
            ReadingAsked(
                request_id=request.id,
                account_id=accounts[name].id,
                name=accounts[name].name,
                named=not said.get("everybody"),
                asked_at=asked_at,
                told_number=_number(session, page, asked_at),
            )
        )
    for name, day in said.get("read", {}).items():
        session.add(_receipt(session, page, accounts[name], request, days.moment(day, READ)))


def _receipt(session: Session, page: Page, account: Account, request: ReadingRequest, moment: datetime) -> Receipt:
    number = _number(session, page, moment)
    by = f"request:{request.id}"
    return Receipt(account_id=account.id, name=account.name, page_id=page.id, number=number, time=moment, by=by)


def _number(session: Session, page: Page, moment: datetime) -> int:
    """The revision that the page had then."""
    newest = select(func.max(Revision.number)).where(Revision.page_id == page.id, Revision.time <= moment)
    return session.execute(newest).scalar_one()
