"""Where links in texts and fields lead, and who may be told a page's name."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wiki.models import Attachment, Page, Redirect, Row, Space
from wiki.rendering.links import Target
from wiki.text import slugify, title_key, url_part

#: The space of people and organisations that belong to no other space; titles are looked up there last.
DIRECTORY = "directory"


@dataclass(frozen=True)
class Wanted:
    """A wikilink's target taken apart: a title in a space, or an address `space/slug`."""

    title: str
    space: str
    slug: str | None = None


def wanted(target: str, space_slug: str) -> Wanted:
    """What `[[target]]` means on a page of `space_slug`."""
    name = target.strip()
    space, slash, slug = name.partition("/")
    if slash and slug and " " not in name:
        return Wanted(title=name, space=space, slug=slug)
    return Wanted(title=name, space=space_slug)


class PageLinks:
    """Resolves wikilinks and attachments of one page for the renderer; the same for all readers, so that HTML can be kept."""

    def __init__(self, session: Session, space_slug: str, page_id: int | None, page_slug: str | None) -> None:
        self._session = session
        self._space_slug = space_slug
        self._page_id = page_id
        self._page_slug = page_slug
        self._known: dict[str, Target] = {}

    def wikilink(self, target: str) -> Target:
        if target not in self._known:
            self._known[target] = self._resolve(target)
        return self._known[target]

    def _resolve(self, target: str) -> Target:
        want = wanted(target, self._space_slug)
        found = find_target(self._session, want)
        if found is None:
            return Target(None, missing_href(want.space, want.title), want.title, True)
        page_id, title, space, slug = found
        return Target(page_id, f"/{url_part(space)}/{url_part(slug)}", title, False)

    def attachment(self, name: str) -> str | None:
        if self._page_id is None:
            return None
        known = self._session.execute(
            select(Attachment.id).where(Attachment.page_id == self._page_id, Attachment.name == name)
        ).first()
        return (
            f"/{url_part(self._space_slug)}/{url_part(self._page_slug or '')}/files/{url_part(name)}" if known else None
        )


def missing_href(space: str, title: str) -> str:
    """Where a link to a page that does not exist leads: to making it."""
    return f"/{url_part(space)}/new?title={url_part(title)}"


def find_target(session: Session, want: Wanted) -> tuple[int, str, str, str] | None:
    """(id, title, space, slug) of the page that a link means: by address, title, present slug or earlier slug."""
    columns = select(Page.id, Page.title, Space.slug, Page.slug, Page.title_key).join(Space, Space.id == Page.space_id)
    slug = want.slug or slugify(want.title)
    named = Page.slug == slug if want.slug else or_(Page.title_key == title_key(want.title), Page.slug == slug)
    spaces = [want.space] if want.slug else [want.space, DIRECTORY]
    rows = session.execute(columns.where(Space.slug.in_(spaces), named, Page.deleted_at.is_(None)).limit(20)).all()
    if rows:
        best = min(rows, key=lambda row: (row[2] != want.space, row[4] != title_key(want.title), row[0]))
        return best[0], best[1], best[2], best[3]
    moved = session.execute(
        columns.join(Redirect, Redirect.page_id == Page.id)
        .where(Redirect.slug == slug, Page.deleted_at.is_(None))
        .where(Redirect.space_id.in_(select(Space.id).where(Space.slug.in_(spaces))))
        .limit(1)
    ).first()
    return (moved[0], moved[1], moved[2], moved[3]) if moved else None


class IndexNames:
    """Names of referenced pages for one page's search text: only where everybody who reads the page may know them.

    A reference to a page of narrower access stays out of the index, so that its name cannot be found through this page.
    """

    def __init__(self, session: Session, page: Page, ids: set[int]) -> None:
        found = session.execute(
            select(Page.id, Page.title, Page.access, Page.space_id, Space.default_role, Page.deleted_at)
            .join(Space, Space.id == Page.space_id)
            .where(Page.id.in_(ids))
        ).all()
        #: Those of `ids` that are pages, deleted ones too.
        self.known = {row.id for row in found}
        self._names = {row.id: str(row.title) for row in found if row.deleted_at is None and _is_no_secret(row, page)}

    def page(self, page_id: int) -> str:
        return self._names.get(page_id, "")

    def row(self, page_id: int, row_id: str) -> str:
        return ""


def _is_no_secret(named: Any, page: Page) -> bool:
    """Whether everybody who reads `page` may know the name of the other one."""
    if named.access == "public":
        return True
    shared = named.space_id == page.space_id or named.default_role != "none"
    return bool(named.access == "members" and page.access != "public" and shared)


class AllNames:
    """Titles of pages and texts of rows without regard to readers; for HTML whose references are checked when shown."""

    def __init__(self, session: Session, pages: set[int], rows: set[tuple[int, str]]) -> None:
        found = (
            session.execute(
                select(Page.id, Page.title, Space.slug, Page.slug, Page.kind)
                .join(Space, Space.id == Page.space_id)
                .where(Page.id.in_(pages), Page.deleted_at.is_(None))
            )
            if pages
            else ()
        )
        self.pages = {row[0]: (row[1], f"/{url_part(row[2])}/{url_part(row[3])}", row[4]) for row in found}
        self.rows: dict[tuple[int, str], str] = {}
        if rows:
            texts = session.execute(
                select(Row.page_id, Row.row_id, Row.text).where(Row.page_id.in_({page for page, _ in rows}))
            )
            self.rows = {(row[0], row[1]): row[2] for row in texts if (row[0], row[1]) in rows}

    def page(self, page_id: int) -> str:
        return self.pages.get(page_id, ("", "", ""))[0]

    def row(self, page_id: int, row_id: str) -> str:
        return self.rows.get((page_id, row_id), "")
