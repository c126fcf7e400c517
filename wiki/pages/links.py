"""Where links in texts and fields lead, and who may be told a page's name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, null, select, union_all
from sqlalchemy.orm import Session, aliased

from wiki.models import Attachment, Page, Redirect, Row, Space
from wiki.rendering.links import Target
from wiki.search.batches import batches
from wiki.text import slugify, title_key, url_part

#: The space of people and organisations that belong to no other space; titles are looked up there last.
DIRECTORY = "directory"


@dataclass(frozen=True)
class Wanted:
    """A wikilink's target taken apart: a title in a space, or an address `space/slug`."""

    title: str
    space: str
    slug: str | None = None

    @property
    def address(self) -> str:
        """The slug that it would have."""
        return self.slug or slugify(self.title)

    @property
    def spaces(self) -> tuple[str, ...]:
        """Where it is looked for: titles in the directory too."""
        return (self.space,) if self.slug else (self.space, DIRECTORY)


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


#: Id, title, space and slug of a page.
Address = tuple[int, str, str, str]
#: Links that one statement looks up.
TOGETHER = 100


def find_target(session: Session, want: Wanted) -> Address | None:
    """The page that a link means: by address, title, present slug or earlier slug."""
    return find_targets(session, [want]).get(want)


def find_targets(session: Session, wants: Iterable[Wanted]) -> dict[Wanted, Address]:
    """The same for many links at once; those that lead nowhere are left out."""
    found: dict[Wanted, Address] = {}
    for some in batches(dict.fromkeys(wants), TOGETHER):
        found |= _chosen(some, session.execute(_present(some)).all())
        lost = [want for want in some if want not in found]
        if lost:
            found |= _chosen(lost, session.execute(_moved(lost)).all())
    return found


_TARGET = (Page.id, Page.title, Space.slug.label("space"), Page.slug)


def _present(wants: Sequence[Wanted]) -> CompoundSelect[Any]:
    """Pages at the addresses, and the oldest of each title in a space; `at` and `slug_there` say where it was looked for."""
    keys = {title_key(want.title) for want in wants if not want.slug}
    oldest = select(func.min(Page.id)).where(Page.title_key.in_(keys), Page.deleted_at.is_(None))
    there = (
        select(*_TARGET, Page.title_key, Space.slug.label("at"), Page.slug.label("slug_there"))
        .join(Space, Space.id == Page.space_id)
        .where(Space.slug.in_(_all_spaces(wants)), Page.deleted_at.is_(None))
    )
    return union_all(
        there.where(Page.slug.in_({want.address for want in wants})),
        there.where(Page.id.in_(oldest.group_by(Page.space_id, Page.title_key))),
    )


def _moved(wants: Sequence[Wanted]) -> Select[int, str, str, str, None, str, str]:
    """Pages that had the addresses before: a title that they have now does not count."""
    left = aliased(Space)
    return (
        select(*_TARGET, null().label("title_key"), left.slug.label("at"), Redirect.slug.label("slug_there"))
        .join(Space, Space.id == Page.space_id)
        .join(Redirect, Redirect.page_id == Page.id)
        .join(left, left.id == Redirect.space_id)
        .where(left.slug.in_(_all_spaces(wants)), Redirect.slug.in_({want.address for want in wants}))
        .where(Page.deleted_at.is_(None))
    )


def _all_spaces(wants: Iterable[Wanted]) -> set[str]:
    return {space for want in wants for space in want.spaces}


def _chosen(wants: Iterable[Wanted], rows: Sequence[Any]) -> dict[Wanted, Address]:
    by_slug: dict[str, list[Any]] = {}
    by_title: dict[str, list[Any]] = {}
    for row in rows:
        by_slug.setdefault(row.slug_there, []).append(row)
        by_title.setdefault(row.title_key, []).append(row)
    chosen = {}
    for want in wants:
        key = title_key(want.title)
        named = by_slug.get(want.address, []) + ([] if want.slug else by_title.get(key, []))
        fitting = [(row.at != want.space, row.title_key != key, *row[:4]) for row in named if row.at in want.spaces]
        if fitting:
            _elsewhere, _by_slug, page_id, title, space, slug = min(fitting)
            chosen[want] = (page_id, title, space, slug)
    return chosen


def named_pages(session: Session, ids: set[int]) -> dict[int, Any]:
    """What `IndexNames` has to know of pages, by their ids; deleted ones too."""
    if not ids:
        return {}
    found = session.execute(
        select(Page.id, Page.title, Page.access, Page.space_id, Space.default_role, Page.deleted_at)
        .join(Space, Space.id == Page.space_id)
        .where(Page.id.in_(ids))
    )
    return {row.id: row for row in found}


class IndexNames:
    """Names of referenced pages for one page's search text: only where everybody who reads the page may know them.

    A reference to a page of narrower access stays out of the index, so that its name cannot be found through this page.
    `named` are the pages that it may refer to, as `named_pages` knows them.
    """

    def __init__(self, page: Page, named: Mapping[int, Any]) -> None:
        self._page = page
        self._named = named

    def page(self, page_id: int) -> str:
        row = self._named.get(page_id)
        return str(row.title) if row is not None and row.deleted_at is None and _is_no_secret(row, self._page) else ""

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
