"""How those stand who were asked, as far as one viewer may know of it; one statement, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, visible_pages
from wiki.models import Account, Page, ReadingAsked, ReadingRequest, Receipt, Revision, Space
from wiki.quick_access import readable_pages
from wiki.receipts.rights import kept_pages
from wiki.receipts.standing import Facts, due_of, status_of

_Last, _After = aliased(Receipt), aliased(Revision)


@dataclass(frozen=True)
class One:
    """Somebody who was asked to read a page, and how that stands.

    `read` is the revision that they confirmed last since they were asked, `changed` the moment of the first material change
    after it. `row` is what the statement gave: whoever lists pages finds theirs in it.
    """

    request: int
    page: int
    asked: int
    account: int | None
    person: int | None
    name: str
    status: str
    due: date
    asked_at: datetime
    read: int | None
    read_at: datetime | None
    changed: datetime | None
    row: Any


def _receipts(what: Any) -> Any:
    """Something of the confirmations that answer `ReadingAsked`."""
    return (
        select(what)
        .where(
            _Last.account_id == ReadingAsked.account_id,
            _Last.page_id == ReadingRequest.page_id,
            _Last.time >= ReadingRequest.created_at,
        )
        .correlate(ReadingAsked, ReadingRequest)
    )


def _statement(*more: Any) -> Select[Any]:
    last = _receipts(func.max(_Last.number)).scalar_subquery()
    read_at = _receipts(func.max(_Last.time)).where(_Last.number == last).scalar_subquery()
    changed = (
        select(func.min(_After.time))
        .where(_After.page_id == ReadingRequest.page_id, _After.material, _After.number > last)
        .correlate(ReadingAsked, ReadingRequest)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        ReadingAsked.id.label("asked"),
        ReadingAsked.account_id,
        ReadingAsked.name,
        ReadingAsked.asked_at,
        ReadingAsked.left_at,
        ReadingAsked.named,
        ReadingAsked.told_number,
        ReadingAsked.told_before,
        ReadingAsked.told_after,
        ReadingRequest.id.label("request"),
        ReadingRequest.page_id,
        ReadingRequest.asked_by,
        ReadingRequest.asked_by_name,
        ReadingRequest.why,
        ReadingRequest.due,
        ReadingRequest.created_at.label("made_at"),
        ReadingRequest.ended_at,
        Account.person_id,
        and_(Account.active, readable_pages(ReadingAsked.account_id)).label("reads"),
        last.label("read"),
        read_at.label("read_at"),
        changed.label("changed"),
    )
    return (
        select(*columns, *more)
        .select_from(ReadingAsked)
        .join(ReadingRequest, ReadingRequest.id == ReadingAsked.request_id)
        .join(Page, Page.id == ReadingRequest.page_id)
        .join(Space, Space.id == Page.space_id)
        .outerjoin(Account, Account.id == ReadingAsked.account_id)
        .order_by(ReadingAsked.name, ReadingAsked.id)
    )


def known_to(
    session: Session, viewer: Viewer, today: date, time_zone: str, *where: Any, more: Sequence[Any] = ()
) -> list[One]:
    """Those of whom the viewer may know: their own requests, those that they made, and all of pages that they keep right."""
    if not viewer.signed_in:
        return []
    own = or_(
        ReadingAsked.account_id == viewer.account_id,
        ReadingRequest.asked_by == viewer.account_id,
        kept_pages(viewer, today),
    )
    return _found(session, _statement(*more).where(visible_pages(viewer), own, *where), today, time_zone)


def of_request(session: Session, request: int, today: date, time_zone: str) -> list[One]:
    """Everybody whom a request asks: for who may see all of it, and for the machine itself."""
    return _found(session, _statement().where(ReadingRequest.id == request), today, time_zone)


def _found(session: Session, query: Select[Any], today: date, time_zone: str) -> list[One]:
    zone = ZoneInfo(time_zone)
    return [_one(row, today, zone) for row in session.connection().execute(query)]


def _one(row: Any, today: date, zone: ZoneInfo) -> One:
    facts = Facts(
        made=row.made_at.astimezone(zone).date(),
        due=row.due,
        asked=row.asked_at.astimezone(zone).date(),
        ended=row.ended_at is not None,
        gone=row.left_at is not None or not row.reads,
        read=row.read is not None,
        changed=row.changed.astimezone(zone).date() if row.changed is not None else None,
    )
    return One(
        request=row.request,
        page=row.page_id,
        asked=row.asked,
        account=row.account_id,
        person=row.person_id,
        name=row.name,
        status=status_of(facts, today),
        due=due_of(facts),
        asked_at=row.asked_at,
        read=row.read,
        read_at=row.read_at,
        changed=row.changed,
        row=row,
    )


def counted(ones: Sequence[One]) -> tuple[int, int]:
    """(have read, were asked and still are, or have read): what a line of progress says."""
    read = sum(one.status == "confirmed" for one in ones)
    return read, read + sum(one.status in ("asked", "changed", "overdue") for one in ones)
