"""What a space shows of itself: only what its reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from wiki.access import SpaceInfo, Viewer, titles_of, visible_pages
from wiki.i18n import sort_key
from wiki.models import ROLES, Account, FieldValue, Membership, Page, Space
from wiki.people import tickets

RECENT = 12


@dataclass(frozen=True)
class Recent:
    """A page that changed lately; `by` is the name of who changed it, if the reader may know."""

    title: str
    slug: str
    kind: str
    state: str
    summary: str
    changed_at: datetime
    by: str


_Changer = aliased(Page)


def recent_changes(session: Session, viewer: Viewer, space: SpaceInfo, limit: int = RECENT) -> list[Recent]:
    """The pages of the space that changed last."""
    found = session.execute(
        select(Page.title, Page.slug, Page.kind, Page.state, Page.summary, Page.changed_at, _Changer.title)
        .outerjoin(_Changer, Page.changed_by == _Changer.id)
        .where(Page.space_id == space.id, visible_pages(viewer))
        .order_by(Page.changed_at.desc(), Page.id.desc())
        .limit(limit)
    )
    return [
        Recent(row[0], row[1], row[2], row[3], row[4], row[5], (row[6] or "") if viewer.signed_in else "")
        for row in found
    ]


def counts_by_kind(session: Session, viewer: Viewer, space: SpaceInfo) -> dict[str, int]:
    """How many pages of each kind the viewer finds in the space; archived ones are not counted."""
    found = session.execute(
        select(Page.kind, func.count())
        .where(Page.space_id == space.id, Page.archived_at.is_(None), visible_pages(viewer))
        .group_by(Page.kind)
    )
    return {row[0]: row[1] for row in found}


def counts_by_space(session: Session, viewer: Viewer) -> dict[int, int]:
    """How many pages the viewer finds in each space; archived ones are not counted."""
    found = session.execute(
        select(Page.space_id, func.count())
        .where(Page.archived_at.is_(None), visible_pages(viewer))
        .group_by(Page.space_id)
    )
    return {row[0]: row[1] for row in found}


@dataclass(frozen=True)
class Ahead:
    """An event that is still to come."""

    title: str
    slug: str
    state: str
    day: date
    place: str


def coming_up(session: Session, viewer: Viewer, space: SpaceInfo, today: date, limit: int = 5) -> list[Ahead]:
    """The next events of the space that are planned or open for sign-up."""
    days, place = aliased(FieldValue), aliased(FieldValue)
    first = func.coalesce(days.date, days.date_end)
    found = session.execute(
        select(Page.title, Page.slug, Page.state, first, place.text)
        .join(days, and_(days.page_id == Page.id, days.key == "dates"))
        .outerjoin(place, and_(place.page_id == Page.id, place.key == "place"))
        .where(
            Page.space_id == space.id,
            Page.kind == "event",
            Page.state.in_(("planned", "open")),
            Page.archived_at.is_(None),
            func.coalesce(days.date_end, days.date) >= today,
            visible_pages(viewer),
        )
        .order_by(first, Page.id)
        .limit(limit)
    )
    return [Ahead(row[0], row[1], row[2], row[3], row[4] or "") for row in found]


def front_page_slug(session: Session, viewer: Viewer, space: SpaceInfo) -> str | None:
    """Where the space's front page is, if it has one in the space that the viewer may see."""
    if space.front_page_id is None:
        return None
    return session.execute(
        select(Page.slug).where(Page.id == space.front_page_id, Page.space_id == space.id, visible_pages(viewer))
    ).scalar()


@dataclass(frozen=True)
class Listed:
    """A member as members see them. `person` is (title, space slug, page slug) of their page, `invited` while no password is set."""

    account_id: int
    name: str
    email: str
    active: bool
    roles: tuple[str, ...]
    org_id: int | None
    org: str
    person: tuple[str, str, str] | None
    invited: bool


def members(session: Session, viewer: Viewer, space: SpaceInfo) -> list[Listed]:
    """Everybody with a role in the space, by name."""
    found = session.execute(
        select(Account, Membership.role, Membership.org_id)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.space_id == space.id)
    ).all()
    pages = {page_id for account, _role, org_id in found for page_id in (account.person_id, org_id) if page_id}
    titles = titles_of(session, viewer, pages)
    accounts = {account.id: account for account, _role, _org in found}
    listed = []
    for account in accounts.values():
        held = {role: org_id for other, role, org_id in found if other.id == account.id}
        org_id = next((org for org in held.values() if org is not None), None)
        listed.append(
            Listed(
                account_id=account.id,
                name=account.name,
                email=account.email,
                active=account.active,
                roles=tuple(role for role in ROLES if role in held),
                org_id=org_id,
                org=titles[org_id][0] if org_id in titles else "",
                person=titles.get(account.person_id) if account.person_id else None,
                invited=account.password_hash is None and tickets.has_open_invitation(session, account.id),
            )
        )
    return sorted(listed, key=lambda member: sort_key(member.name))


def organisations(session: Session, viewer: Viewer, also: Iterable[int | None] = ()) -> dict[int, str]:
    """Organisations that the viewer may know, by page id, in the order of their titles."""
    found = session.execute(
        select(Page.id, Page.title).where(
            Page.kind == "organisation", Page.archived_at.is_(None), visible_pages(viewer)
        )
    )
    known = {row[0]: row[1] for row in found}
    missing = {page_id for page_id in also if page_id is not None and page_id not in known}
    known |= {page_id: title[0] for page_id, title in titles_of(session, viewer, missing).items()}
    return dict(sorted(known.items(), key=lambda item: sort_key(item[1])))


def space_of(session: Session, info: SpaceInfo) -> Space:
    """The table row of a space that access has granted."""
    return session.get_one(Space, info.id)


def member_account(session: Session, space: SpaceInfo, account_id: int) -> Account | None:
    """The account, if it has a role in the space."""
    return session.scalars(
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.space_id == space.id, Account.id == account_id)
        .distinct()
    ).one_or_none()


def typed_title(session: Session, viewer: Viewer, page_id: int | None) -> str:
    """A page as it is typed in a form: its title; "" when there is none that the viewer may see."""
    titles = titles_of(session, viewer, {page_id} if page_id is not None else set())
    return titles[page_id][0] if page_id in titles else ""
