"""Those who are asked together: everybody with a role, the people of an organisation, everybody in a space."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, titles_of, visible_pages
from wiki.facts.roles import current
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


def members_of(session: Session, groups: Iterable[Group], asker: Viewer, today: date) -> set[int]:
    """The open accounts of everybody who belongs to one of the groups; one statement for each.

    Of an organisation these are those who act for it in the space, and those whose own page says so, as far as who asks may see it.
    """
    found: set[int] = set()
    for group in groups:
        found.update(session.scalars(select(Account.id).where(Account.active, _belongs(group, asker, today))))
    return found


def _belongs(group: Group, asker: Viewer, today: date) -> ColumnElement[bool]:
    if group.type == "space":
        return Account.id.in_(_in_space(group.space))
    if group.type == "space_role":
        return Account.id.in_(_in_space(group.space).where(Membership.role == group.role))
    if group.type == "role":
        return Account.person_id.in_(select(Row.person_id).where(Row.page_id == group.page, current(today)))
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


def labels(session: Session, viewer: Viewer, groups: Iterable[Group]) -> list[str]:
    """What the groups are called, as far as the viewer may know of them."""
    groups = list(groups)
    titles = titles_of(session, viewer, {one.page for one in groups if one.page})
    ids = {one.space for one in groups if one.type in ("space", "space_role")}
    named = session.execute(select(Space.id, Space.name).where(Space.id.in_(ids))) if ids else ()
    spaces = {row[0]: row[1] for row in named}
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
