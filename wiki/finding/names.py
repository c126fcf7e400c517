"""Pages that are named beside results: keepers, organisations, successors. Only what the reader may open has a name."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, String, bindparam, select
from sqlalchemy.orm import Session

from wiki.access import Rights, Viewer, rights_of, visible_pages_with
from wiki.models import Page, Space
from wiki.prepared import IdList, PreparedFor
from wiki.text import url_part


def _of_pages(rights: Rights) -> Select[Any]:
    seen = visible_pages_with(rights).label("seen")
    columns: tuple[Any, ...] = (Page.id, Page.title, Page.slug, Page.state, Page.deleted_at, Space.slug.label("space"))
    wanted = Page.id.op("IN")(IdList(bindparam("ids", type_=String)))
    return select(*columns, seen).join(Space, Space.id == Page.space_id).where(wanted)


_OF_PAGES = PreparedFor(_of_pages)


@dataclass(frozen=True)
class Named:
    """A page that may be named to the reader."""

    id: int
    title: str
    url: str


@dataclass
class Names:
    """Names for one reader, looked up together where that can be."""

    session: Session
    viewer: Viewer
    _named: dict[int, Named] = field(default_factory=dict)
    _states: dict[int, str] = field(default_factory=dict)
    _asked: set[int] = field(default_factory=set)

    def look_up(self, ids: Iterable[int]) -> None:
        """Learn those that are not known yet, in one statement."""
        wanted = set(ids) - self._asked
        if not wanted:
            return
        self._asked |= wanted
        for row in _OF_PAGES(self.session, rights_of(self.viewer), ids=json.dumps(sorted(wanted))):
            if row.deleted_at is None:
                self._states[row.id] = row.state
            if row.seen:
                self._named[row.id] = Named(row.id, row.title, f"/{url_part(row.space)}/{url_part(row.slug)}")

    def get(self, page_id: int | None) -> Named | None:
        return self._named.get(page_id) if page_id is not None else None

    def state(self, page_id: int | None) -> str:
        """The state of somebody who keeps a page right, whom the reader need not know: "" if nobody is there."""
        return self._states.get(page_id, "") if page_id is not None else ""
