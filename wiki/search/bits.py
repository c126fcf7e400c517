"""Sets of pages as whole numbers, with one bit for each id: joined, cut and counted in microseconds, however many pages
they have. Twelve kilobytes for 100,000 pages."""

import json
from collections.abc import Collection, Iterator
from itertools import compress, count
from typing import Any

from sqlalchemy import Select, String, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

#: Of fewer pages, setting one bit after the other is quicker than writing a row of digits.
FEW = 40
_NO, _YES = b"0", ord("1")
_AS_NUMBERS = bytes.maketrans(b"01", b"\0\1")


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


def ids(pages: int) -> list[int]:
    """The pages of a set, the lowest id first."""
    if pages.bit_count() < FEW:
        return list(each(pages))
    return list(compress(count(), bin(pages)[:1:-1].encode().translate(_AS_NUMBERS)))


def each(pages: int) -> Iterator[int]:
    """The same one after the other, for who needs but a few."""
    while pages:
        lowest = pages & -pages
        yield lowest.bit_length() - 1
        pages ^= lowest


class _Joined(FunctionElement[str]):
    """All ids as one text, with commas between."""

    type = String()
    inherit_cache = True


@compiles(_Joined, "sqlite")
def _for_sqlite(element: _Joined, compiler: SQLCompiler, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)})"


@compiles(_Joined, "postgresql")
def _for_postgresql(element: _Joined, compiler: SQLCompiler, **options: Any) -> str:
    return f"string_agg(CAST({compiler.process(element.clauses, **options)} AS TEXT), ',')"


def joined(ids: Select[int]) -> Select[Any]:
    """A statement that gives the ids as one text, in a third of the time of as many rows."""
    return select(_Joined(ids.subquery().c[0]).label("ids"))


def split(text: str | None) -> int:
    """The set of pages in such a text."""
    return of(json.loads(f"[{text}]")) if text else 0


def read(session: Session, ids: Select[int]) -> int:
    """The set of the pages whose ids are selected."""
    return split(session.execute(joined(ids)).scalar())
