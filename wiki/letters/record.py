"""Of what a letter is made: which space, which month, for whom; and what the tables tell of it, not yet in words.

The gathering is in wiki.letters.told_by_pages, told_by_peers and told_by_people. Nothing counts anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from wiki.access import Viewer, visible_pages
from wiki.kinds import Catalogue
from wiki.models import Page
from wiki.text import url_part


@dataclass(frozen=True)
class Span:
    """A space from one moment to another (`until` is the first one after it), for one reader.

    Without a viewer it is everybody's: only to know to whom a letter goes. What is coming up comes from the day
    `coming_from` on: the one on which the letter was sent, or is looked at.
    """

    catalogue: Catalogue
    viewer: Viewer | None
    space_id: int
    space_slug: str
    since: datetime
    until: datetime
    zone: str
    coming_from: date

    def seen(self) -> ColumnElement[bool]:
        """The condition on `page` that the reader may know of it."""
        return visible_pages(self.viewer) if self.viewer is not None else Page.deleted_at.is_(None)

    def here(self) -> ColumnElement[bool]:
        """The same for pages of the space."""
        return (Page.space_id == self.space_id) & self.seen()

    def knows(self, page_id: Any) -> ColumnElement[bool]:
        """The same for a page that is named beside the one that is asked about."""
        condition: ColumnElement[bool] = page_id.in_(select(Page.id).where(self.seen()).correlate(None))
        return condition

    def within(self, moment: Any) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = (moment >= self.since) & (moment < self.until)
        return condition

    @cached_property
    def days(self) -> tuple[str, str]:
        """Its first day and the first day after it, where the site is (ISO)."""
        zone = ZoneInfo(self.zone)
        return (self.since.astimezone(zone).date().isoformat(), self.until.astimezone(zone).date().isoformat())

    def at(self, day: str) -> datetime:
        """A moment of a day, for what says only on which day it was."""
        return datetime.combine(date.fromisoformat(day), time(12), ZoneInfo(self.zone))

    def url(self, slug: str) -> str:
        return f"/{url_part(self.space_slug)}/{url_part(slug)}"


@dataclass(frozen=True)
class Told:
    """One thing that happened. `key` is what it is called in the list of what a coordinator left out.

    `what` chooses its sentence. `refs` are pages that the sentence names, by what they are in it: the reader may not know
    all of them. `words` are texts of the page `page_id`; without one it is for everybody who takes part in the space.
    """

    section: str
    what: str
    key: str
    time: datetime
    page_id: int | None
    title: str
    href: str
    refs: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
