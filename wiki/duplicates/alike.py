"""Pages of one kind that may be about the same: called alike, or called as the other was called earlier."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.kinds import Catalogue, Kind
from wiki.models import Page, Row
from wiki.text import slugify

#: Pages that are compared; in a space with more of one kind, those changed last.
MOST = 5_000
#: Groups that are shown.
SHOWN = 50


@dataclass(frozen=True)
class One:
    id: int
    kind: str
    title: str
    slug: str
    state: str
    changed_at: datetime


def alike(session: Session, catalogue: Catalogue, viewer: Viewer, space_id: int) -> list[list[One]]:
    """Groups of two and more pages of the space that the viewer sees, each group of one kind, the oldest page first."""
    found: list[list[One]] = []
    for kind in catalogue.values():
        if kind.group == "know" or kind.title_field:
            found += _groups(session, viewer, space_id, kind)
    return sorted(found, key=lambda group: group[0].title)[:SHOWN]


def _groups(session: Session, viewer: Viewer, space_id: int, kind: Kind) -> Iterator[list[One]]:
    pages = [One(*row) for row in session.execute(_pages(viewer, space_id, kind.key))]
    earlier = _earlier_names(session, kind, [one.id for one in pages])
    by_name: dict[tuple[str, ...], list[One]] = defaultdict(list)
    for one in sorted(pages, key=lambda one: one.id):
        for key in {_key(name) for name in (one.title, *earlier.get(one.id, ()))} - {()}:
            by_name[key].append(one)
    told: set[tuple[int, ...]] = set()
    for group in by_name.values():
        ids = tuple(one.id for one in group)
        if len(group) > 1 and ids not in told:
            told.add(ids)
            yield group


def _pages(viewer: Viewer, space_id: int, kind: str) -> Select[int, str, str, str, str, datetime]:
    columns = (Page.id, Page.kind, Page.title, Page.slug, Page.state, Page.changed_at)
    query = select(*columns).where(Page.space_id == space_id, Page.kind == kind, Page.archived_at.is_(None))
    return query.where(visible_pages(viewer)).order_by(Page.changed_at.desc()).limit(MOST)


def _earlier_names(session: Session, kind: Kind, ids: Iterable[int]) -> dict[int, list[str]]:
    """By page, what its rows give as other names of it."""
    tables = [one.key for one in kind.tables if "title" in one.synonyms]
    rows = select(Row.page_id, Row.text).where(Row.page_id.in_(list(ids)), Row.table.in_(tables))
    names: dict[int, list[str]] = defaultdict(list)
    for page, text in session.execute(rows):
        names[page].append(text)
    return names


def _key(name: str) -> tuple[str, ...]:
    """Its words without accents, in any order: "Tanaka, Aya" is called like "Aya Tanaka"."""
    return tuple(sorted(slugify(name).split("-"))) if name.strip() else ()
