"""The pages of a space in pieces, so that a space of thousands stays easy to walk through."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from wiki import search
from wiki.access import SpaceInfo, Viewer, visible_pages
from wiki.models import Page

#: Pages of a kind that are listed at a time, pages that a filter gives at most, and of each kind in the overview.
PIECE = 100
FILTERED = 50
SHOWN = 6

_COLUMNS = (Page.id, Page.title, Page.slug, Page.kind, Page.state, Page.summary, Page.changed_at)
_ORDER = (Page.title_key, Page.id)


@dataclass(frozen=True)
class Piece:
    """Some pages of a longer list: `first` counts those before them, `total` all."""

    pages: list[Row[Any]]
    first: int
    total: int

    @property
    def more(self) -> bool:
        return self.first + len(self.pages) < self.total


def of_kind(session: Session, viewer: Viewer, space: SpaceInfo, kind: str, first: int = 0, at: int = 0) -> Piece:
    """Pages of a kind by title, from the one with the number `first`, or the piece in which the page `at` stands."""
    here = and_(_here(viewer, space), Page.kind == kind)
    total = session.execute(select(func.count()).select_from(Page).where(here)).scalar_one()
    if at:
        first = _number_of(session, viewer, space, kind, at)
    first = first - first % PIECE
    query = select(*_COLUMNS).where(here).order_by(*_ORDER).offset(first).limit(PIECE)
    return Piece(list(session.execute(query)), first, total)


def _here(viewer: Viewer, space: SpaceInfo) -> Any:
    return and_(Page.space_id == space.id, Page.archived_at.is_(None), visible_pages(viewer))


def _number_of(session: Session, viewer: Viewer, space: SpaceInfo, kind: str, page_id: int) -> int:
    """How many pages of the kind stand before this one; 0 for a page that is not among them."""
    key = session.execute(
        select(Page.title_key).where(Page.id == page_id, Page.kind == kind, _here(viewer, space))
    ).scalar()
    if key is None:
        return 0
    before = or_(Page.title_key < key, and_(Page.title_key == key, Page.id < page_id))
    counted = select(func.count()).select_from(Page).where(Page.kind == kind, before, _here(viewer, space))
    return session.execute(counted).scalar_one()


def overview(session: Session, viewer: Viewer, space: SpaceInfo) -> dict[str, list[Row[Any]]]:
    """Kind -> the pages of it that changed last, a few of each."""
    place = func.row_number().over(partition_by=Page.kind, order_by=(Page.changed_at.desc(), Page.id.desc()))
    numbered: Select[Any] = select(*_COLUMNS, place.label("place")).where(_here(viewer, space))
    some = numbered.subquery()
    found: dict[str, list[Row[Any]]] = {}
    for row in session.execute(select(some).where(some.c.place <= SHOWN).order_by(some.c.kind, some.c.place)):
        found.setdefault(row.kind, []).append(row)
    return found


def filtered(session: Session, viewer: Viewer, space: SpaceInfo, text: str) -> list[search.Completion]:
    """Pages of the space whose titles have words that begin as typed, best first."""
    return search.complete(session, viewer, text, limit=FILTERED, space_id=space.id)
