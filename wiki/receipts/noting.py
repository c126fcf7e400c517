"""Receipts: somebody has read a revision of a page and said so themselves."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import VISITOR, Viewer
from wiki.errors import Forbidden
from wiki.i18n import gettext as _
from wiki.models import Page, Receipt


def note_read(
    session: Session,
    viewer: Viewer,
    page: Page,
    by: str = "",
    *,
    number: int | None = None,
    time: datetime | None = None,
) -> Receipt:
    """The viewer's own receipt for the page's present revision, or the one that they were shown; `page` was opened for them
    (`access.page_for`).

    `by` says what it answers: "request:5", "path:12#st3". Saying so twice of the same revision for the same reason is
    one receipt. What somebody reads is theirs: the log of events says neither who nor what. Raises Forbidden for a visitor.
    """
    if not viewer.signed_in:
        raise Forbidden(_("Sign in to say that you have read this."))
    number = page.number if number is None else number
    known = select(Receipt).where(
        Receipt.account_id == viewer.account_id,
        Receipt.page_id == page.id,
        Receipt.number == number,
        Receipt.by == by,
    )
    found = session.scalars(known.limit(1)).first()
    if found is not None and time is None:
        return found
    receipt = Receipt(
        account_id=viewer.account_id,
        name=viewer.name,
        page_id=page.id,
        number=number,
        time=time or clock.now(),
        by=by,
    )
    session.add(receipt)
    session.flush()
    eventlog.record(session, VISITOR, "receipt.noted", receipt=receipt.id)
    return receipt


def receipt_of(session: Session, account_id: int, page_id: int) -> Receipt | None:
    """Somebody's receipt for the newest revision of a page that they have read; the last one, if there are several."""
    return receipts_of(session, account_id, [page_id]).get(page_id)


def receipts_of(session: Session, account_id: int, page_ids: Collection[int]) -> dict[int, Receipt]:
    """The same for several pages, by the page's id; one statement."""
    rows = session.scalars(
        select(Receipt)
        .where(Receipt.account_id == account_id, Receipt.page_id.in_(page_ids))
        .order_by(Receipt.number, Receipt.time, Receipt.id)
    )
    return {one.page_id: one for one in rows} if page_ids else {}
