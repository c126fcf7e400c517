"""Finds whom somebody names: a person, a role or an organisation, among the pages that they may see."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.models import Page
from wiki.pages.typed import TypedPages


class KindFinder:
    """Says of a name which page is meant, and of what kind it is."""

    def __init__(self, session: Session, viewer: Viewer, space: str) -> None:
        self._session = session
        self._viewer = viewer
        self._typed = TypedPages(session, viewer, space)

    def find(self, text: str, kinds: Sequence[str]) -> tuple[int, str]:
        """Raises BadValue for a name that nobody has, or several."""
        page = self._typed.page(text, kinds)
        kind = self._session.execute(select(Page.kind).where(Page.id == page, visible_pages(self._viewer))).scalar_one()
        return page, kind
