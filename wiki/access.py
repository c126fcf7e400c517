"""Who may do what. The only way from an address to a page or space, and the condition that every list joins.

Rules, in words (docs/access.md tells them to people):
- A role in a space comes from a membership or from the space's `default_role` for everybody who is signed in.
- A page's `access` narrows that: `partnership` to people with a membership, `named_orgs` and `steward_only` to
  people who act for one of those organisations there. People of the steward always see its pages. `public` is open to all.
- Site administrators look after accounts and spaces; they read a closed space only as its members.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session

from wiki.errors import Forbidden, Gone, NotFound, SignInNeeded
from wiki.i18n import gettext as _
from wiki.models import Page, PageReader, Redirect, Space
from wiki.prepared import PreparedFor
from wiki.text import title_key, url_part

#: The weakest role that may do it. `view` has its own rule (visible_pages); `public` pages are viewed by anybody.
VERBS = {
    "view": "reader",
    "history": "reader",
    "comment": "reader",
    "edit": "member",
    "create": "member",
    "attach": "member",
    "move": "member",
    "archive": "member",
    "change_kind": "member",
    "set_access": "member",
    "manage": "coordinator",
    "delete": "coordinator",
}
#: What everybody may do to the page that stands for them, whatever their role in its space.
_OWN_PAGE_VERBS = {"edit", "attach"}
#: Whoever sees a page may do this to it.
_READING = ("view", "history", "tombstone")
_STRENGTH = {"none": 0, "reader": 1, "member": 2, "rep": 2, "steward": 2, "coordinator": 3}


@dataclass(frozen=True)
class Member:
    """A role that the viewer holds in one space, and the organisation (page id) acted for there."""

    space_id: int
    role: str
    org_id: int | None = None


@dataclass(frozen=True)
class Choices:
    """What somebody chose for themselves; it says nothing about rights.

    `theme` is "light", "dark" or "" for the system's colours; `keys`: single keys do something; `toured`: the tour is
    over. `version` changes with any of that, and with the pages that have a star.
    """

    theme: str = ""
    keys: bool = True
    toured: bool = True
    version: int = 0


@dataclass(frozen=True)
class Viewer:
    """Who is asking. `person_id` is the page that stands for them."""

    account_id: int | None
    person_id: int | None
    name: str
    admin: bool = False
    language: str | None = None
    memberships: tuple[Member, ...] = ()
    choices: Choices = Choices()

    @property
    def signed_in(self) -> bool:
        return self.account_id is not None

    def roles(self, space_id: int) -> set[str]:
        return {member.role for member in self.memberships if member.space_id == space_id}

    def orgs(self, space_id: int) -> set[int]:
        """Organisations that the viewer acts for in the space."""
        return {m.org_id for m in self.memberships if m.space_id == space_id and m.org_id is not None}


VISITOR = Viewer(account_id=None, person_id=None, name="")


@dataclass(frozen=True)
class SpaceInfo:
    """A space as a viewer meets it; `role` is the strongest role there ("none" for a space seen only by its public pages)."""

    id: int
    slug: str
    name: str
    description: str
    default_role: str
    language: str
    front_page_id: int | None
    role: str
    roles: frozenset[str] = field(default_factory=frozenset)
    demo: bool = False

    def may(self, verb: str) -> bool:
        return _STRENGTH[self.role] >= _STRENGTH[VERBS[verb]]


Rights = tuple[bool, tuple[Member, ...]]


def visible_pages(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on `page` that a viewer may know of it. Every list, count, search, feed and export joins it."""
    return visible_pages_with(rights_of(viewer))


def rights_of(viewer: Viewer) -> Rights:
    """All that `visible_pages` asks of a viewer: whoever has the same sees the same pages."""
    return viewer.signed_in, viewer.memberships


@lru_cache(maxsize=512)
def visible_pages_with(rights: Rights) -> ColumnElement[bool]:
    """Made once for the same rights: putting it together costs more than most statements that it is part of."""
    return and_(Page.deleted_at.is_(None), _allowed_pages(rights))


def _allowed_pages(rights: Rights) -> ColumnElement[bool]:
    signed_in, memberships = rights
    public = Page.access == "public"
    if not signed_in:
        return public
    explicit = sorted({member.space_id for member in memberships})
    in_explicit = Page.space_id.in_(explicit) if explicit else false()
    return or_(
        public,
        and_(Page.access == "members", Page.space_id.in_(_open_spaces())),
        and_(Page.access.in_(("members", "partnership")), in_explicit),
        *_organisation_rules(memberships),
    )


def _open_spaces() -> Select[Any]:
    return select(Space.id).where(Space.default_role != "none")


def _organisation_rules(memberships: tuple[Member, ...]) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    for space_id in sorted({member.space_id for member in memberships}):
        orgs = sorted({m.org_id for m in memberships if m.space_id == space_id and m.org_id is not None})
        if not orgs:
            continue
        named = exists().where(PageReader.page_id == Page.id, PageReader.org_id.in_(orgs))
        rules.append(
            and_(
                Page.space_id == space_id,
                or_(_stewarded_by(orgs), and_(Page.access == "named_orgs", named)),
            )
        )
    return rules


def _stewarded_by(orgs: list[int]) -> ColumnElement[bool]:
    """False, never unknown, for a page without a steward: "not visible" has to be true of it."""
    return and_(Page.steward_id.is_not(None), Page.steward_id.in_(orgs))


def editable_pages(viewer: Viewer) -> ColumnElement[bool]:
    """Visible pages that the viewer may also edit."""
    if not viewer.signed_in:
        return false()
    strong = sorted({m.space_id for m in viewer.memberships if _STRENGTH[m.role] >= _STRENGTH["member"]})
    open_for_editing = select(Space.id).where(Space.default_role == "member")
    own = Page.id == viewer.person_id if viewer.person_id is not None else false()
    return and_(visible_pages(viewer), or_(own, Page.space_id.in_(strong), Page.space_id.in_(open_for_editing)))


def role_in(viewer: Viewer, space_id: int, default_role: str) -> str:
    held = list(viewer.roles(space_id))
    if viewer.signed_in:
        held.append(default_role)
    return max(held, key=lambda role: _STRENGTH[role], default="none")


def _space_info(viewer: Viewer, row: Any) -> SpaceInfo:
    return SpaceInfo(
        id=row.id,
        slug=row.slug,
        name=row.name,
        description=row.description,
        default_role=row.default_role,
        language=row.language,
        front_page_id=row.front_page_id,
        role=role_in(viewer, row.id, row.default_role),
        roles=frozenset(viewer.roles(row.id)),
        demo=row.demo,
    )


_SPACE_COLUMNS = (
    Space.id,
    Space.slug,
    Space.name,
    Space.description,
    Space.default_role,
    Space.language,
    Space.front_page_id,
    Space.demo,
)


#: Whether anybody at all may read something in a space.
_SHOWS_A_PAGE = exists().where(Page.space_id == Space.id, Page.access == "public", Page.deleted_at.is_(None))


def visible_spaces(session: Session, viewer: Viewer) -> list[SpaceInfo]:
    """The spaces that the viewer may know of: those with a role, and those that show at least one public page."""
    return [_space_info(viewer, row) for row in _VISIBLE_SPACES(session, rights_of(viewer))]


def known_spaces(viewer: Viewer) -> Select[Any]:
    """The same spaces as a statement, for others to be joined with."""
    return _visible_spaces(rights_of(viewer)).order_by(None)


def _visible_spaces(rights: Rights) -> Select[Any]:
    signed_in, memberships = rights
    explicit = Space.id.in_(sorted({member.space_id for member in memberships}))
    opened = Space.default_role != "none" if signed_in else false()
    columns: tuple[Any, ...] = _SPACE_COLUMNS
    return select(*columns).where(or_(explicit, opened, _SHOWS_A_PAGE)).order_by(Space.name)


_VISIBLE_SPACES = PreparedFor(_visible_spaces)


def language_of_space(session: Session, viewer: Viewer, slug: str) -> str | None:
    """The language of a space that the viewer may know of; None for any other."""
    if not slug or "\0" in slug:
        return None
    opened = Space.default_role != "none" if viewer.signed_in else false()
    explicit = Space.id.in_({member.space_id for member in viewer.memberships})
    return session.scalar(select(Space.language).where(Space.slug == slug, or_(opened, explicit, _SHOWS_A_PAGE)))


def space_for(session: Session, viewer: Viewer, slug: str, verb: str) -> SpaceInfo:
    """The space at `slug` if the viewer may do `verb` in it.

    Raises NotFound when the viewer may not know of it, Forbidden when the verb needs a stronger role,
    SignInNeeded when a visitor might be allowed after signing in.
    """
    if "\0" in slug:  # PostgreSQL would not even look
        raise _hidden(viewer)
    row = session.execute(select(*_SPACE_COLUMNS).where(Space.slug == slug)).one_or_none()
    if row is None:
        raise _hidden(viewer)
    info = _space_info(viewer, row)
    if info.role == "none" and not (verb == "view" and _shows_public_pages(session, info.id)):
        raise _hidden(viewer)
    if info.role != "none" and not info.may(verb):
        raise Forbidden(_("Your role in this space does not allow that. Ask one of its coordinators."))
    return info


def space_for_operator(session: Session, slug: str) -> SpaceInfo:
    """Any space, for commands on the machine itself: who runs them holds the database anyway. Raises NotFound."""
    row = session.execute(select(*_SPACE_COLUMNS).where(Space.slug == slug)).one_or_none()
    if row is None:
        raise NotFound(_("There is no space with the address “%(slug)s”. Make it with: wiki space add", slug=slug))
    return replace(_space_info(VISITOR, row), role="coordinator")


def _shows_public_pages(session: Session, space_id: int) -> bool:
    found = select(Page.id).where(Page.space_id == space_id, Page.access == "public", Page.deleted_at.is_(None))
    return session.execute(found.limit(1)).first() is not None


def _hidden(viewer: Viewer) -> NotFound | SignInNeeded:
    if viewer.signed_in:
        return NotFound(_("There is no such page, or you may not see it."))
    return SignInNeeded(_("Sign in to see whether there is something here for you."))


@dataclass(frozen=True)
class Found:
    """A page that somebody may do something with, and the space it is in.

    `moved_to` is its present slug if the address was an old one; `own` says that it is the viewer's own person page.
    """

    page: Page
    space: SpaceInfo
    moved_to: str | None = None
    own: bool = False

    @property
    def url(self) -> str:
        return f"/{url_part(self.space.slug)}/{url_part(self.page.slug)}"

    def may(self, verb: str) -> bool:
        return self.space.may(verb) or (self.own and verb in _OWN_PAGE_VERBS)


def page_for(session: Session, viewer: Viewer, space: str, slug: str, verb: str) -> Found:
    """The page at an address, if the viewer may do `verb` to it.

    Raises NotFound (absent, or hidden from this viewer: the same answer), SignInNeeded (the same for visitors),
    Gone (deleted; the tombstone may be read by people who could see the page) and Forbidden (visible, not allowed).
    """
    if "\0" in space + slug:
        raise _hidden(viewer)
    found = _find(session, viewer, Space.slug == space, Page.slug == slug)
    if found is None:
        moved = session.execute(
            select(Redirect.page_id)
            .join(Space, Space.id == Redirect.space_id)
            .where(Space.slug == space, Redirect.slug == slug)
        ).scalar()
        found = _find(session, viewer, Page.id == moved) if moved is not None else None
        if found is None:
            raise _hidden(viewer)
        found = replace(found, moved_to=found.page.slug)
    return _permitted(viewer, found, verb)


def page_by_id(session: Session, viewer: Viewer, page_id: int, verb: str) -> Found:
    """The same gate for a page known by its id (references in forms and rows)."""
    found = _find(session, viewer, Page.id == page_id)
    if found is None:
        raise _hidden(viewer)
    return _permitted(viewer, found, verb)


def _find(session: Session, viewer: Viewer, *where: ColumnElement[bool]) -> Found | None:
    row = session.execute(
        select(Page, *_SPACE_COLUMNS)
        .join(Space, Space.id == Page.space_id)
        .where(*where, _allowed_pages(rights_of(viewer)))
    ).one_or_none()
    if row is None:
        return None
    own = viewer.person_id is not None and row[0].id == viewer.person_id
    return Found(row[0], _space_info(viewer, row), own=own)


def _permitted(viewer: Viewer, found: Found, verb: str) -> Found:
    if found.page.deleted_at is not None and verb != "tombstone":
        raise Gone(_("This page was deleted."))
    if verb not in _READING and not found.may(verb):
        if not viewer.signed_in:
            raise SignInNeeded(_("Sign in to do that."))
        raise Forbidden(_("You can read this page but not do that to it. Ask one of the space's coordinators."))
    return found


def titles_of(session: Session, viewer: Viewer, ids: set[int]) -> dict[int, tuple[str, str, str]]:
    """Title, space slug and page slug of those of `ids` that the viewer may see (deleted ones are not there)."""
    if not ids:
        return {}
    found = session.execute(
        select(Page.id, Page.title, Space.slug, Page.slug)
        .join(Space, Space.id == Page.space_id)
        .where(Page.id.in_(ids), visible_pages(viewer))
    )
    return {row[0]: (row[1], row[2], row[3]) for row in found}


def pages_titled(
    session: Session, viewer: Viewer | None, title: str, *, space: str | None = None, kinds: tuple[str, ...] = ()
) -> list[tuple[int, str, str, str]]:
    """Pages with that title (case and spacing aside): (id, title, space slug, page slug). No viewer: any page, for the machine's own use."""
    query = (
        select(Page.id, Page.title, Space.slug, Page.slug)
        .join(Space, Space.id == Page.space_id)
        .where(Page.title_key == title_key(title))
        .where(visible_pages(viewer) if viewer is not None else Page.deleted_at.is_(None))
        .where(Space.slug == space if space is not None else true())
        .where(Page.kind.in_(kinds) if kinds else true())
        .order_by(Page.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query.limit(20))]
