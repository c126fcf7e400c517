"""A request as a file for an auditor: who was asked, how they stand, and everything that they ever confirmed of the page since.

One line for each person, with their last confirmation, and one more (status `confirmed_earlier`) for each one before it.
The heads are the same in every language.
"""

import csv
import io

from sqlalchemy.orm import Session

from wiki.models import Page, Receipt
from wiki.receipts.overview import Shown, confirmations
from wiki.receipts.progress import One
from wiki.registers.csv_file import BYTE_ORDER_MARK, harmless

HEADS = (
    "request",
    "page",
    "url",
    "person",
    "status",
    "asked_by",
    "asked_at",
    "due",
    "revision",
    "confirmed_at",
    "seal",
    "revision_now",
    "why",
    "withdrawn_at",
    "withdrawn_why",
)


def csv_text(session: Session, shown: Shown, page: Page, url: str) -> str:
    """All of the request, for who may see all of it."""
    given = confirmations(session, shown.request)
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written)
    writer.writerow(HEADS)
    for one in shown.in_order:
        own = given.get(one.account, []) if one.account is not None else []
        last = own[-1] if own else None
        writer.writerow(_line(shown, page, url, one, one.status, last))
        for earlier in reversed(own[:-1]):
            writer.writerow(_line(shown, page, url, one, "confirmed_earlier", earlier))
    return written.getvalue()


def _line(
    shown: Shown, page: Page, url: str, one: One, status: str, confirmed: tuple[Receipt, str] | None
) -> list[str]:
    request = shown.request
    return [
        str(request.id),
        harmless(page.title),
        url,
        harmless(one.name),
        status,
        harmless(request.asked_by_name),
        one.asked_at.isoformat(timespec="seconds"),
        one.due.isoformat(),
        str(confirmed[0].number) if confirmed else "",
        confirmed[0].time.isoformat(timespec="seconds") if confirmed else "",
        confirmed[1] if confirmed else "",
        str(page.number),
        harmless(request.why),
        request.ended_at.isoformat(timespec="seconds") if request.ended_at else "",
        harmless(request.ended_why),
    ]
