"""Sets of pages as whole numbers, with one bit for each id: joined, cut and counted in microseconds, however many pages
they have. Twelve kilobytes for 100,000 pages."""

from collections.abc import Collection

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import Session

#: Of fewer pages, setting one bit after the other is quicker than writing a row of digits.
FEW = 40
_NO, _YES = b"0", ord("1")


def of(ids: Collection[int]) -> int:
    """The set of these pages."""
    if len(ids) < FEW:
        found = 0
        for one in ids:
            found |= 1 << one
        return found
    digits = bytearray(_NO) * (max(ids) + 1)
    for one in ids:
        digits[one] = _YES
    digits.reverse()
    return int(digits, 2)


def read(session: Session, ids: Select[int]) -> int:
    """The set of the pages whose ids are selected. They come as one text, in a third of the time of as many rows."""
    column = ids.subquery().c[0]
    text = session.execute(select(func.aggregate_strings(cast(column, String), ","))).scalar()
    return of([int(one) for one in text.split(",")]) if text else 0
