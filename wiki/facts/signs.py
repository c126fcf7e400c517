"""What the statement that reads a page sees of its surroundings, so that the look around leaves out what would find nothing.

Most pages replace nothing, were thanked for nothing and are kept right by no role; asking for each of these costs more
than seeing that there is nothing to ask.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Label, String, bindparam, exists, or_
from sqlalchemy.orm import aliased

from wiki.models import Link, Page, Thanks
from wiki.prepared import TextList


class Signs(NamedTuple):
    """What there may be around a page: whether something is really there, and for this reader, is asked by the look."""

    names: bool
    mentions: bool
    kept_by_role: bool
    thanked: bool
    pointed_at: bool
    in_chain: bool


def sign_columns() -> tuple[Label[bool], ...]:
    """For a statement that reads `Page`; its parameter `chained_by` is `Catalogue.chained_by`, as JSON."""
    here = aliased(Link)
    by_name = here.name.op("IN")(TextList(bindparam("chained_by", type_=String)))
    return (
        _any(Thanks.page_id == Page.id).label("was_thanked_on"),
        _any(Thanks.to_id == Page.id).label("was_thanked"),
        _any(Link.target_id == Page.id).label("is_pointed_at"),
        or_(_any(here.page_id == Page.id, by_name), _any(here.target_id == Page.id, by_name)).label("in_chain"),
    )


def _any(*conditions: ColumnElement[bool]) -> Any:
    return exists().where(*conditions).correlate(Page)


def signs_of(row: Any, mentioned: Collection[int], names: Collection[int]) -> Signs:
    """`row` is the page as it was read with `sign_columns`."""
    return Signs(
        names=bool(names),
        mentions=bool(mentioned),
        kept_by_role=row.owner_kind == "role",
        thanked=bool(row.was_thanked_on or row.was_thanked),
        pointed_at=bool(row.is_pointed_at),
        in_chain=bool(row.in_chain),
    )
