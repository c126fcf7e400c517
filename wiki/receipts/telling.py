"""What people are told about pages that they are asked to read: each thing once."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.models import ReadingAsked, ReadingRequest, Receipt
from wiki.notices.telling import tell


def asked(session: Session, request: ReadingRequest, to: Collection[int], by: int | None, time: datetime) -> None:
    """They are asked to read the page and confirm it."""
    words = {"day": request.due.isoformat(), "text": request.why}
    tell(session, to, "reading_asked", request.page_id, by=by, words=words, group=_group(request), time=time)


def again(session: Session, request: ReadingRequest, to: Collection[int]) -> None:
    """They have read it, and it was changed since so that they should look again."""
    tell(session, to, "reading_again", request.page_id, link="/acknowledge", group=_group(request))


def soon(session: Session, request: ReadingRequest, to: Collection[int], due: date) -> None:
    """The day is near."""
    tell(session, to, "reading_soon", request.page_id, words={"day": due.isoformat()}, group=_group(request))


def late(session: Session, request: ReadingRequest, to: Collection[int], due: date) -> None:
    """The day is past."""
    tell(session, to, "reading_late", request.page_id, words={"day": due.isoformat()}, group=_group(request))


def reminded(session: Session, request: ReadingRequest, to: Collection[int], due: date, by: int | None) -> None:
    """Somebody reminds them by hand."""
    words = {"day": due.isoformat()}
    tell(session, to, "reading_reminder", request.page_id, by=by, words=words, group=_group(request))


def complete(session: Session, request: ReadingRequest) -> None:
    """Everybody whom they asked has read it."""
    if request.asked_by is not None:
        link = f"/acknowledge/{request.id}"
        tell(session, [request.asked_by], "reading_complete", request.page_id, link=link, group=_group(request))


def withdrawn(session: Session, request: ReadingRequest, by: int | None) -> None:
    """Those who have not answered need not any more."""
    answered = select(Receipt.account_id).where(
        Receipt.page_id == request.page_id, Receipt.time >= request.created_at, Receipt.account_id.is_not(None)
    )
    waiting = session.scalars(
        select(ReadingAsked.account_id).where(
            ReadingAsked.request_id == request.id,
            ReadingAsked.left_at.is_(None),
            ReadingAsked.account_id.is_not(None),
            ReadingAsked.account_id.not_in(answered),
        )
    )
    to = [account for account in waiting if account is not None]
    tell(
        session,
        to,
        "reading_withdrawn",
        request.page_id,
        by=by,
        words={"text": request.ended_why},
        group=_group(request),
    )


def _group(request: ReadingRequest) -> str:
    return f"request-{request.id}"
