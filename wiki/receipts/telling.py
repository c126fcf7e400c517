"""What people are told about pages that they are asked to read: each thing once."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import i18n
from wiki.models import Account, ReadingAsked, ReadingRequest, Receipt
from wiki.notices.telling import tell


def asked(session: Session, request: ReadingRequest, to: Collection[int], by: int | None, time: datetime) -> None:
    """They are asked to read the page and confirm it."""
    for some, day in _with_day(session, to, request.due):
        words = {"day": day, "text": request.why}
        tell(session, some, "reading_asked", request.page_id, by=by, words=words, group=_group(request), time=time)


def again(session: Session, request: ReadingRequest, to: Collection[int]) -> None:
    """They have read it, and it was changed since so that they should look again."""
    tell(session, to, "reading_again", request.page_id, link="/acknowledge", group=_group(request))


def soon(session: Session, request: ReadingRequest, to: Collection[int], due: date) -> None:
    """The day is near."""
    for some, day in _with_day(session, to, due):
        tell(session, some, "reading_soon", request.page_id, words={"day": day}, group=_group(request))


def late(session: Session, request: ReadingRequest, to: Collection[int], due: date) -> None:
    """The day is past."""
    for some, day in _with_day(session, to, due):
        tell(session, some, "reading_late", request.page_id, words={"day": day}, group=_group(request))


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


def _with_day(session: Session, to: Collection[int], day: date) -> Iterator[tuple[list[int], str]]:
    """The accounts by language, each with the day as it is written there."""
    spoken: dict[str, list[int]] = {}
    for account, language in session.execute(select(Account.id, Account.language).where(Account.id.in_(to))):
        spoken.setdefault(language or i18n.language(), []).append(account)
    for language, accounts in spoken.items():
        with i18n.use(language, i18n.time_zone()):
            said = i18n.format_date(day)
        yield accounts, said
