"""What one reader may call the pages and rows that a register mentions."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Select, String, and_, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer, visible_pages
from wiki.facts.roles import current
from wiki.i18n import gettext as _
from wiki.i18n import time_zone
from wiki.kinds import BadValue, UnknownPage
from wiki.kinds.types.base import Ref
from wiki.models import Page, Row, Space
from wiki.pages.typed import TypedPages
from wiki.text import shorten, url_part

#: No row has this id.
_HOLDS = "="


class Names:
    """Titles, addresses and row texts of those pages that the viewer may see; it names for field types (a Namer)."""

    def __init__(self, session: Session, viewer: Viewer, refs: Iterable[Ref]) -> None:
        wanted = list(refs)
        self._pages: dict[int, tuple[str, str]] = {}
        self._rows: dict[tuple[int, str], str] = {}
        self._deleted: set[int] = set()
        self._now: dict[int, list[str]] = {}
        ids = {ref.page for ref in wanted}
        if not ids:
            return
        rows = {ref.row for ref in wanted if ref.row}
        row: tuple[Any, ...] = (Row.row_id, Row.text) if rows else (cast(null(), String), cast(null(), String))
        query = (
            select(Page.id, Page.title, Space.slug, Page.slug, visible_pages(viewer), Page.deleted_at, *row)
            .join(Space, Space.id == Page.space_id)
            .where(Page.id.in_(ids))
        )
        if rows:
            query = query.outerjoin(Row, and_(Row.page_id == Page.id, Row.row_id.in_(rows)))
        found = session.execute(union_all(query, _holders_of(viewer, ids)))
        for page, title, space, slug, visible, deleted_at, row_id, text in found:
            if row_id == _HOLDS:
                self._now.setdefault(page, []).append(title)
            elif visible:
                self._pages[page] = (title, f"/{url_part(space)}/{url_part(slug)}")
                if row_id is not None:
                    self._rows[page, row_id] = text
            elif deleted_at is not None:
                self._deleted.add(page)

    def link(self, ref: Ref) -> tuple[str, str]:
        """What the page or row is called and where it is; the address is "" when there is nothing to open."""
        if ref.page not in self._pages:
            return self.page(ref.page), ""
        title, href = self._pages[ref.page]
        if ref.row is None:
            return self.page(ref.page), href
        if (ref.page, ref.row) not in self._rows:
            return self.row(ref.page, ref.row), ""
        return self._rows[ref.page, ref.row] or title, f"{href}#r-{ref.row}"

    def typed(self, ref: Ref) -> str:
        """What the input of a filter shows of it: `Title (space/slug)`, or `Row text (space/slug#row)`; both are found again."""
        text, href = self.link(ref)
        text = text if ref.row or ref.page not in self._pages else self._pages[ref.page][0]
        return f"{text} ({unquote(href[1:]).replace('#r-', '#')})" if href else text

    def page(self, page_id: int) -> str:
        if page_id in self._pages:
            title, now = self._pages[page_id][0], self._now.get(page_id)
            return _("%(role)s (now: %(people)s)", role=title, people=", ".join(now)) if now else title
        return _("a page that was deleted") if page_id in self._deleted else _("not visible to you")

    def row(self, page_id: int, row_id: str) -> str:
        if page_id not in self._pages:
            return self.page(page_id)
        text = self._rows.get((page_id, row_id))
        title = self._pages[page_id][0]
        return text or title if text is not None else _("row removed from %(title)s", title=title)


def _holders_of(viewer: Viewer, ids: Iterable[int]) -> Select[Any]:
    """Who holds the roles among these pages today, as far as the viewer may know of them; with the mark in place of a row."""
    columns: list[Any] = [Row.page_id, Page.title, Space.slug, Page.slug, visible_pages(viewer), Page.deleted_at]
    query = select(*columns, literal(_HOLDS), cast(null(), String)).select_from(Row)
    query = query.join(Page, Page.id == Row.person_id).join(Space, Space.id == Page.space_id)
    return query.where(Row.page_id.in_(ids), current(clock.today(time_zone())), visible_pages(viewer))


class PageFinder:
    """Finds the page of a filter: by its number, its address `space/slug` (`#row` behind it), or its title."""

    def __init__(self, session: Session, viewer: Viewer, space: str) -> None:
        self._typed = TypedPages(session, viewer, space)

    def find(self, text: str, kinds: tuple[str, ...]) -> Ref:
        """Raises BadValue, with the same words for a page that is not there and one that the viewer may not see."""
        address, _hash, row = text.partition("#")
        row = row.removeprefix("r-")
        if address.isascii() and address.isdecimal() and len(address) < 10:
            if self._typed.known(int(address), ()):
                return Ref(int(address), row or None)
            raise BadValue(self._unknown(text))
        try:
            if "/" in address and " " not in address:
                return Ref(self._typed.page(f"({address})", ()), row or None)
            return self._named(text, kinds)
        except UnknownPage:
            raise BadValue(self._unknown(text)) from None

    def _named(self, text: str, kinds: tuple[str, ...]) -> Ref:
        """A page by its title; where rows are referred to, a row by its text."""
        if not kinds or not kinds[0].startswith("row:"):
            return Ref(self._typed.page(text, kinds))
        targets = [target for target in kinds[0].removeprefix("row:").split(",") if target]
        try:
            return Ref(*self._typed.row(text, targets))
        except UnknownPage:
            return Ref(self._typed.page(text, ()))

    def _unknown(self, text: str) -> str:
        return _("There is no page “%(name)s”, or you may not see it.", name=shorten(text, 60))
