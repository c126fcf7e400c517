"""Thanks as facts: those that a page has, and those that somebody was given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, cast, select
from sqlalchemy.types import Double

from wiki.facts.parts import Seen, address, part
from wiki.kinds import Kind
from wiki.models import Page, Space, Thanks

#: What a page shows; a page with more shows the newest.
SHOWN = 50


@dataclass(frozen=True)
class Thank:
    """Thanks as somebody reads them. `about` and `href` are the receiver on the page where they were said, else that page."""

    id: int
    by: str
    reason: str
    time: datetime
    about: str = ""
    href: str = ""
    account: int | None = None


def thanks_of(page: Any, seen: Seen) -> Iterator[Select[Any]]:
    """For who reads one page: thanks that were said there, and those that its person or organisation was given elsewhere."""
    said = _told("thanks", Thanks.page_id)
    # joined and not selected from a subquery, of which SQLite would first make a table of all pages
    said = said.select_from(Thanks).outerjoin(Page, and_(Page.id == Thanks.to_id, seen()))
    yield _newest(said.outerjoin(Space, Space.id == Page.space_id).where(Thanks.page_id == page))
    given = _told("thanks_given", Thanks.to_id)
    given = given.select_from(Thanks).join(Page, Page.id == Thanks.page_id).join(Space, Space.id == Page.space_id)
    yield _newest(given.where(Thanks.to_id == page, seen()))


def _told(what: str, of: Any) -> Select[Any]:
    return part(
        what,
        of,
        text=Thanks.reason,
        name=Thanks.by_name,
        moment=Thanks.time,
        number=cast(Thanks.id, Double),
        ref=Thanks.account_id,
        kind=Page.title,
        address=address(),
    )


def _newest(query: Select[Any]) -> Select[Any]:
    found = query.order_by(Thanks.time.desc()).limit(SHOWN).subquery()
    return select(*found.c)


def read_thanks(rows: Sequence[Any], what: str = "thanks") -> list[Thank]:
    """The newest first."""
    found = [
        Thank(
            int(row.number),
            row.name,
            row.text,
            row.moment,
            row.kind or "",
            f"/{row.address}" if row.address else "",
            row.ref,
        )
        for row in rows
        if row.what == what
    ]
    return sorted(found, key=lambda one: (one.time, one.id), reverse=True)


#: The field with which a person says that their thanks may be shown; kinds without it show them.
AGREED = "thanks_shown"


def shows_thanks(kind: Kind, fields: Mapping[str, Any]) -> bool:
    """Whether a page of this content shows what its person or organisation was thanked for."""
    return kind.field(AGREED) is None or fields.get(AGREED) == "yes"
