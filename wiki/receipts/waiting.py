"""Who still has to read a page, in SQL: what every page view asks of its reader, and what lists ask of many."""

from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from wiki.models import Page, ReadingAsked, ReadingRequest, Receipt, Revision


def newest_material() -> Any:
    """The newest revision of `Page` that is worth reading again, as a scalar."""
    return (
        select(func.max(Revision.number))
        .where(Revision.page_id == Page.id, Revision.material)
        .correlate(Page)
        .scalar_subquery()
    )


def still_asked(account: Any) -> ColumnElement[bool]:
    """Whether a request stands that asks this account for `Page`, and has not been answered since its last material change."""
    answered = exists().where(
        Receipt.account_id == account,
        Receipt.page_id == Page.id,
        Receipt.time >= ReadingRequest.created_at,
        Receipt.number >= newest_material(),
    )
    return (
        exists()
        .where(
            ReadingAsked.account_id == account,
            ReadingAsked.left_at.is_(None),
            ReadingRequest.id == ReadingAsked.request_id,
            ReadingRequest.page_id == Page.id,
            ReadingRequest.ended_at.is_(None),
            ~answered.correlate(Page, ReadingRequest),
        )
        .correlate(Page)
    )
