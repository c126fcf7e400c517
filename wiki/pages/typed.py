"""Pages and rows as people type them in forms: `Title`, `Title (space/slug)`, `Row text (space/slug#row)`."""

import re
from collections.abc import Callable, Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, pages_titled, titles_of, visible_pages
from wiki.i18n import gettext as _
from wiki.kinds.types.base import BadValue, UnknownPage
from wiki.models import Page, Row, Space
from wiki.pages.referring import Kept
from wiki.text import shorten, title_key

_ADDRESS = re.compile(
    r"^(?:(?P<text>.*)\s)?\((?P<space>[^\s()/]+)/(?P<slug>[^\s()#]+)(?:#(?:r-)?(?P<row>[a-z0-9]+))?\)$"
)
_HIDDEN = re.compile(r"^#(?P<page>\d+)(?:#(?P<row>[a-z0-9]+))?$")
ROW_TEXT = 80
#: Kinds of page that may begin as a name alone, made where somebody is named.
STUBS = ("person", "organisation")
LARGEST_ID = 2**31 - 1


class TypedPages:
    """Reads and writes references for one viewer, who finds only what they may see.

    `kept` is what the content already refers to: a page hidden from the viewer is shown as `#12` and may stay, and so may
    one of a kind that the field does not want; in another field it has to be seen, and to fit there.
    `wished` are people and organisations ("person", "Ann Lee") that get a page by `make` when they have none;
    `nameless` are those without a page that nobody wished for yet.
    """

    def __init__(
        self,
        session: Session,
        viewer: Viewer,
        space: str,
        kept: Kept | None = None,
        wished: Collection[tuple[str, str]] = (),
        make: Callable[[str, str], int] | None = None,
    ) -> None:
        self._session = session
        self._viewer = viewer
        self._space = space
        self._kept = kept or Kept()
        self._wished = {(kind, title_key(name)) for kind, name in wished}
        self._make = make
        self.nameless: list[tuple[str, str]] = []

    def page(self, text: str, kinds: Sequence[str]) -> int:
        """The page that was meant. Raises UnknownPage, or BadValue naming the candidates."""
        hidden = _HIDDEN.match(text)
        if hidden and not hidden["row"] and self._kept.has(int(hidden["page"]), None, kinds):
            return int(hidden["page"])
        address = _ADDRESS.match(text)
        if address and not address["row"]:
            found = self._at(address["space"], address["slug"], kinds)
            if found is not None:
                return found
        matches = pages_titled(self._session, self._viewer, text, kinds=tuple(kinds))
        here = [match for match in matches if match[2] == self._space]
        matches = here if len(here) == 1 else matches
        if not matches:
            return self._without_page(text, kinds)
        if len(matches) > 1:
            listed = ", ".join(f"{title} ({space}/{slug})" for _id, title, space, slug in matches[:5])
            raise BadValue(_("Several pages are called that. Write one of: %(pages)s", pages=listed))
        return matches[0][0]

    def _without_page(self, text: str, kinds: Sequence[str]) -> int:
        kind = kinds[0] if kinds and kinds[0] in STUBS else ""
        if kind and self._make is not None and (kind, title_key(text)) in self._wished:
            return self._make(kind, text)
        if kind and (kind, text) not in self.nameless:
            self.nameless.append((kind, text))
        raise UnknownPage(self._unknown(text, kinds))

    def _unknown(self, text: str, kinds: Sequence[str]) -> str:
        if tuple(kinds[:1]) == ("person",):
            return _(
                "There is no page for “%(name)s” yet. Choose from the list, or make a page for the person first.",
                name=text,
            )
        if tuple(kinds) == ("organisation",):
            return _(
                "There is no page for “%(name)s” yet. Choose from the list, or make a page for it first.", name=text
            )
        return _("There is no page called “%(name)s” that fits here. Choose one from the list.", name=text)

    def _at(self, space: str, slug: str, kinds: Sequence[str]) -> int | None:
        query = (
            select(Page.id)
            .join(Space, Space.id == Page.space_id)
            .where(Space.slug == space, Page.slug == slug, visible_pages(self._viewer))
        )
        return self._session.execute(query.where(Page.kind.in_(kinds)) if kinds else query).scalar()

    def row(self, text: str, targets: Sequence[str]) -> tuple[int, str]:
        """The row that was meant. Raises UnknownPage or BadValue."""
        hidden = _HIDDEN.match(text)
        if hidden and hidden["row"] and self._kept.has(int(hidden["page"]), hidden["row"], targets):
            return int(hidden["page"]), hidden["row"]
        address = _ADDRESS.match(text)
        if address and address["row"]:
            page_id = self._at(address["space"], address["slug"], ())
            if page_id is not None and self.known_row(page_id, address["row"], targets):
                return page_id, address["row"]
        found = self._rows_called(text, targets)
        if len(found) == 1:
            return found[0]
        if found:
            raise BadValue(_("Several rows say that. Choose one from the list."))
        raise UnknownPage(
            _("There is no row “%(name)s” that fits here. Choose one from the list.", name=shorten(text, 60))
        )

    def _rows_called(self, text: str, targets: Sequence[str]) -> list[tuple[int, str]]:
        rows = self._session.execute(
            select(Row.page_id, Row.row_id, Row.table, Page.kind)
            .join(Page, Page.id == Row.page_id)
            .where(func.lower(Row.text) == text.lower(), visible_pages(self._viewer))
            .limit(20)
        )
        return [(row[0], row[1]) for row in rows if fits(row[3], row[2], targets)]

    def known(self, page_id: int, kinds: Sequence[str]) -> bool:
        """Whether there is such a page for this viewer, or the content has it there already."""
        if self._kept.has(page_id, None, kinds):
            return True
        if not 0 < page_id <= LARGEST_ID:
            return False
        query = select(Page.id).where(Page.id == page_id, visible_pages(self._viewer))
        return self._session.execute(query.where(Page.kind.in_(kinds)) if kinds else query).first() is not None

    def known_row(self, page_id: int, row_id: str, targets: Sequence[str]) -> bool:
        if self._kept.has(page_id, row_id, targets):
            return True
        if not 0 < page_id <= LARGEST_ID:
            return False
        rows = self._session.execute(
            select(Row.table, Page.kind)
            .join(Page, Page.id == Row.page_id)
            .where(Row.page_id == page_id, Row.row_id == row_id, visible_pages(self._viewer))
        )
        return any(fits(kind, table, targets) for table, kind in rows)


class TypedNames:
    """The inverse: names that TypedPages finds again.

    `ids` and `rows` are what will be asked for: however many they are, they cost three statements.
    """

    def __init__(
        self, session: Session, viewer: Viewer, ids: set[int], rows: Collection[tuple[int, str]] = frozenset()
    ) -> None:
        self._session = session
        self._viewer = viewer
        self._titles = titles_of(session, viewer, ids)
        self._shared: set[str] | None = None
        self._expected = {(page, row) for page, row in rows if page in self._titles}
        self._texts: dict[tuple[int, str], str] = {}

    def page(self, page_id: int) -> str:
        named = self._titles.get(page_id)
        if named is None:
            return f"#{page_id}"
        title, space, slug = named
        return f"{title} ({space}/{slug})" if self._is_ambiguous(title) else title

    def row(self, page_id: int, row_id: str) -> str:
        named = self._titles.get(page_id)
        if named is None:
            return f"#{page_id}#{row_id}"
        text = self._row_text(page_id, row_id) or named[0]
        return f"{shorten(text, ROW_TEXT)} ({named[1]}/{named[2]}#{row_id})"

    def _row_text(self, page_id: int, row_id: str) -> str:
        wanted = self._expected | {(page_id, row_id)}
        if (page_id, row_id) not in self._texts:
            found = self._session.execute(
                select(Row.page_id, Row.row_id, Row.text).where(
                    Row.page_id.in_({page for page, _row in wanted}), Row.row_id.in_({row for _page, row in wanted})
                )
            )
            self._texts = dict.fromkeys(wanted, "") | {(page, row): text for page, row, text in found}
        return self._texts[(page_id, row_id)]

    def _is_ambiguous(self, title: str) -> bool:
        if self._shared is None:
            self._shared = self._shared_titles()
        return title_key(title) in self._shared or bool(_ADDRESS.match(title) or _HIDDEN.match(title))

    def _shared_titles(self) -> set[str]:
        """Of the titles in question those that several pages have."""
        keys = {title_key(title) for title, _space, _slug in self._titles.values()}
        query = select(Page.title_key).join(Space, Space.id == Page.space_id)
        query = query.where(Page.title_key.in_(keys), visible_pages(self._viewer))
        return set(self._session.scalars(query.group_by(Page.title_key).having(func.count() > 1)))


class PlainNames:
    """Titles and row texts for reading (comparison, CSV): what the viewer may not see has a neutral name."""

    def __init__(self, session: Session, viewer: Viewer) -> None:
        self._session = session
        self._viewer = viewer
        self._titles: dict[int, str | None] = {}

    def preload(self, ids: set[int]) -> None:
        """Look many titles up in one statement."""
        found = titles_of(self._session, self._viewer, ids - self._titles.keys())
        self._titles.update({page_id: None for page_id in ids if page_id not in self._titles})
        self._titles.update({page_id: named[0] for page_id, named in found.items()})

    def page(self, page_id: int) -> str:
        if page_id not in self._titles:
            self.preload({page_id})
        return self._titles[page_id] or _("not visible to you")

    def row(self, page_id: int, row_id: str) -> str:
        if self.page(page_id) == _("not visible to you"):
            return self.page(page_id)
        text = self._session.execute(select(Row.text).where(Row.page_id == page_id, Row.row_id == row_id)).scalar()
        return text or _("row removed from %(title)s", title=self.page(page_id))


def fits(kind: str, table: str, targets: Sequence[str]) -> bool:
    """Whether a table of a kind is among targets such as "agreement.commitments" or "*.commitments"."""
    return not targets or f"{kind}.{table}" in targets or f"*.{table}" in targets
