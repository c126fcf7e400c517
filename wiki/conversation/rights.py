"""Who may follow the conversation on a page, and who may take part.

It is for those who may read the page and have a role in its space, be it the one that everybody has there: people who see
nothing of a space but a public page do not meet what is said about it inside, and visitors never do. What is said about a
field or row is for those who may see that.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer, page_for, visible_pages
from wiki.errors import Forbidden, NotFound, SignInNeeded
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.kinds.redact import hidden_keys
from wiki.models import Account, Membership, Page, Space
from wiki.pages.storing import content_of, current_revision
from wiki.quick_access import readable_pages


def talk_for(session: Session, viewer: Viewer, space: str, slug: str) -> Found:
    """The page at an address, for its conversation. Raises SignInNeeded for visitors, NotFound where there is none for this viewer."""
    if not viewer.signed_in:
        raise SignInNeeded(_("Sign in to read what people say about this page."))
    found = page_for(session, viewer, space, slug, "view")
    if not may_follow(viewer, found):
        raise NotFound(_("There is no such page, or you may not see it."))
    return found


def may_follow(viewer: Viewer, found: Found) -> bool:
    return viewer.signed_in and found.space.role != "none"


def may_comment(session: Session, viewer: Viewer, found: Found) -> bool:
    """Whoever may edit; readers too, unless the space keeps it to its members."""
    if not may_follow(viewer, found):
        return False
    opened = select(Space.readers_comment).where(Space.id == found.space.id)
    return found.may("edit") or bool(session.scalar(opened))


def check_comment(session: Session, viewer: Viewer, found: Found) -> None:
    if not may_comment(session, viewer, found):
        raise Forbidden(_("In this space only members comment and suggest changes. Ask one of its coordinators."))


def pages_talked_of(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on `page` that this viewer may follow its conversation. Every list of threads and suggestions joins it."""
    return and_(visible_pages(viewer), in_spaces_of(viewer))


def in_spaces_of(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on `page` that this viewer has a role in its space, be it the one that everybody has there."""
    if not viewer.signed_in:
        return false()
    own = {member.space_id for member in viewer.memberships}
    opened = select(Space.id).where(Space.default_role != "none")
    return or_(Page.space_id.in_(own), Page.space_id.in_(opened))


def hidden_parts(session: Session, catalogue: Catalogue, page: Page, person_id: int | None) -> frozenset[str]:
    """The fields of the page, and "table.column", that somebody may not see now."""
    kind = catalogue[page.kind]
    if not kind.restricted:
        return frozenset()
    return hidden_keys(kind, content_of(current_revision(session, page)), person_id, page.state)


def who_may_follow(
    session: Session, catalogue: Catalogue, page: Page, accounts: Collection[int | None], field: str = ""
) -> set[int]:
    """Those of the accounts that are open and may follow what is said about the page, or about one field of it."""
    wanted = sorted(one for one in accounts if one is not None)
    if not wanted:
        return set()
    rows = session.execute(_followers(page, wanted)).all()
    if not field or not catalogue[page.kind].restricted:
        return {row[0] for row in rows}
    return {row[0] for row in rows if field not in hidden_parts(session, catalogue, page, row[1])}


def _followers(page: Page, accounts: Collection[int]) -> Any:
    member = exists().where(Membership.account_id == Account.id, Membership.space_id == page.space_id)
    opened = exists().where(Space.id == page.space_id, Space.default_role != "none")
    return (
        select(Account.id, Account.person_id)
        .join(Page, Page.id == page.id)
        .where(Account.id.in_(accounts), Account.active, readable_pages(Account.id), or_(member, opened))
    )
