"""Those who are asked together: everybody with a role, the people of an organisation, everybody in a space."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, titles_of, visible_pages
from wiki.i18n import gettext as _
from wiki.models import Account, FieldValue, Membership, Page, Row, Space
from wiki.spaces.words import ROLE_NAMES

#: Kinds of pages that stand for somebody who can be asked.
KINDS = ("person", "role", "organisation")


@dataclass(frozen=True)
class Group:
    """`type`: "space" (everybody with a role in it), "space_role", "role" (who holds the role of page `page`), "organisation"."""

    type: str
    space: int = 0
    role: str = ""
    page: int = 0

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Group":
        return cls(**stored)

    def stored(self) -> dict[str, Any]:
        return {key: value for key, value in vars(self).items() if value}


def members_of(session: Session, groups: Iterable[Group], asker: Viewer) -> set[int]:
    """The open accounts of everybody who belongs to one of the groups; one statement for each.

    Of an organisation these are those who act for it in the space, and those whose own page says so, as far as who asks may see it.
    """
    found: set[int] = set()
    for group in groups:
        found.update(session.scalars(select(Account.id).where(Account.active, _belongs(group, asker))))
    return found


def _belongs(group: Group, asker: Viewer) -> ColumnElement[bool]:
    if group.type == "space":
        return Account.id.in_(_in_space(group.space))
    if group.type == "space_role":
        return Account.id.in_(_in_space(group.space).where(Membership.role == group.role))
    if group.type == "role":
        return Account.person_id.in_(holders(group.page))
    if group.type == "organisation":
        acting = _in_space(group.space).where(Membership.org_id == group.page)
        own_page = (
            select(FieldValue.page_id)
            .join(Page, Page.id == FieldValue.page_id)
            .where(
                FieldValue.key == "org",
                FieldValue.ref_id == group.page,
                Page.kind == "person",
                visible_pages(asker),
            )
        )
        return or_(Account.id.in_(acting), Account.person_id.in_(own_page))
    return false()


def _in_space(space: int) -> Select[Any]:
    return select(Membership.account_id).where(Membership.space_id == space)


def holders(role: Any) -> Select[Any]:
    """The person pages of those who hold a role now; `role` is the id of its page."""
    held, page = aliased(Row), aliased(Page)
    until = held.data["to"].as_string()
    return (
        select(held.person_id)
        .join(page, and_(page.id == held.page_id, page.kind == "role"))
        .where(held.page_id == role, held.table == "holders", held.person_id.is_not(None), until.is_(None))
    )


def labels(session: Session, viewer: Viewer, groups: Iterable[Group]) -> list[str]:
    """What the groups are called, as far as the viewer may know of them."""
    groups = list(groups)
    titles = titles_of(session, viewer, {one.page for one in groups if one.page})
    ids = {one.space for one in groups if one.type in ("space", "space_role")}
    spaces = {row[0]: row[1] for row in session.execute(select(Space.id, Space.name).where(Space.id.in_(ids)))}
    return [_label(one, titles, spaces) for one in groups]


def _label(group: Group, titles: dict[int, tuple[str, str, str]], spaces: dict[int, str]) -> str:
    if group.type == "space":
        return _("Everybody in %(space)s", space=spaces.get(group.space, ""))
    if group.type == "space_role":
        return _(
            "%(role)s in %(space)s", role=_(ROLE_NAMES.get(group.role, group.role)), space=spaces.get(group.space, "")
        )
    named = titles.get(group.page)
    if named is None:
        return _("not visible to you")
    return _("Everybody at %(organisation)s", organisation=named[0]) if group.type == "organisation" else named[0]
