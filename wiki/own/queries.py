"""What somebody keeps at hand, as far as they may still see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, or_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.models import Page, Seen, Space, Star
from wiki.text import number_in, url_part

SHOWN = 8
#: Pages that a browser tells of at a time.
TOLD = 60


@dataclass(frozen=True)
class Kept:
    """A page at hand."""

    page_id: int
    title: str
    kind: str
    space: str
    url: str


def starred(session: Session, viewer: Viewer, limit: int = SHOWN) -> list[Kept]:
    """Pages with a star, by title."""
    mine = _pages(viewer).join(Star, Star.page_id == Page.id).where(Star.account_id == viewer.account_id)
    return _kept(session, viewer, mine.order_by(Page.title_key, Page.id).limit(limit))


def seen(session: Session, viewer: Viewer, told: Sequence[int] = (), limit: int = SHOWN) -> list[Kept]:
    """Pages that were open lately, the last one first. `told`: those of which the browser knows alone, newest first."""
    stored = and_(Seen.page_id == Page.id, Seen.account_id == viewer.account_id)
    mine = _pages(viewer).outerjoin(Seen, stored).where(or_(Seen.page_id.is_not(None), Page.id.in_(told)))
    order: list[Any] = [Seen.time.desc(), Page.id]
    if told:
        order.insert(0, case({page_id: number for number, page_id in enumerate(told)}, value=Page.id, else_=len(told)))
    return _kept(session, viewer, mine.order_by(*order).limit(limit))


def _pages(viewer: Viewer) -> Select[Any]:
    columns: Any = (Page.id, Page.title, Page.kind, Space.name, Space.slug, Page.slug)
    return select(*columns).select_from(Page).join(Space, Space.id == Page.space_id).where(visible_pages(viewer))


def _kept(session: Session, viewer: Viewer, query: Select[Any]) -> list[Kept]:
    if not viewer.signed_in:
        return []
    return [
        Kept(row[0], row[1], row[2], row[3], f"/{url_part(row[4])}/{url_part(row[5])}")
        for row in session.execute(query)
    ]


def page_ids(text: str) -> list[int]:
    """The numbers in "12,7,30", as browsers send them."""
    return [number for part in text.split(",")[:TOLD] if (number := number_in(part))]


def paths_in(text: str) -> list[str]:
    """The addresses in "12,/paper-coast/letters/2026-10,7": what was open and is no page."""
    return [part for part in text.split(",")[:TOLD] if part.startswith("/")]
