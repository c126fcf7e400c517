"""Pages that the demo's people were asked to read and confirm: under `later.reading` of those pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.demo.days import moment, on_calendar
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
        _request(session, made[page.id], said, accounts, space, _Days(day0, time_zone))
    session.flush()
    return len(asked)


@dataclass(frozen=True)
class _Days:
    """The demo's days as moments and dates."""

    day0: date
    time_zone: str

    def moment(self, day: str, at: time) -> datetime:
        return moment(day, at, self.day0, self.time_zone)

    def date(self, day: str) -> date:
        return on_calendar(day, self.day0)


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
