"""What changed in a space: its revisions, newest first, of those pages that the reader may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import SpaceInfo, Viewer, visible_pages
from wiki.kinds import Catalogue, Kind
from wiki.models import Page, Revision
from wiki.text import url_part

SCREEN = 50
MOST_SCREENS = 200

_Before = aliased(Revision)


@dataclass(frozen=True)
class Change:
    """One revision. `by` is "" for readers without an account; `state` is there when the revision changed it."""

    title: str
    url: str
    kind: Kind | None
    number: int
    time: datetime
    by: str
    note: str
    state: str

    @property
    def href(self) -> str:
        """Where it is read what changed."""
        return f"{self.url}/compare/{self.number - 1}/{self.number}" if self.number > 1 else f"{self.url}/history/1"


def by_day(
    session: Session, catalogue: Catalogue, viewer: Viewer, space: SpaceInfo, number: int, time_zone: str
) -> tuple[list[tuple[date, list[Change]]], bool]:
    """One screen of changes by day, and whether there are older ones."""
    rows = session.execute(
        select(
            Page.title,
            Page.slug,
            Page.kind,
            Revision.number,
            Revision.time,
            Revision.author_name,
            Revision.note,
            Revision.state,
            _Before.state.label("before"),
        )
        .select_from(Revision)
        .join(Page, Page.id == Revision.page_id)
        .outerjoin(_Before, and_(_Before.page_id == Revision.page_id, _Before.number == Revision.number - 1))
        .where(Page.space_id == space.id, visible_pages(viewer))
        .order_by(Revision.time.desc(), Revision.id.desc())
        .limit(SCREEN + 1)
        .offset((number - 1) * SCREEN)
    ).all()
    zone = ZoneInfo(time_zone)
    changes = _changes(catalogue, viewer, space, rows[:SCREEN])
    days = groupby(changes, key=lambda change: change.time.astimezone(zone).date())
    return [(day, list(found)) for day, found in days], len(rows) > SCREEN


def _changes(catalogue: Catalogue, viewer: Viewer, space: SpaceInfo, rows: Sequence[Any]) -> Iterable[Change]:
    for row in rows:
        yield Change(
            title=row.title,
            url=f"/{url_part(space.slug)}/{url_part(row.slug)}",
            kind=catalogue.get(row.kind),
            number=row.number,
            time=row.time,
            by=row.author_name if viewer.signed_in else "",
            note=row.note,
            state=row.state if row.before != row.state else "",
        )
