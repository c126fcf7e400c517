"""Who may put somebody on a path and look after them there, and who could walk along."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer
from wiki.facts.roles import holders
from wiki.models import Account, FieldValue, Membership, Page, Row
from wiki.paths.walks import Walk

#: States of a person's page in which somebody is not here to walk along.
_NOT_HERE = ("away", "leaving", "left")
HOLDERS = "holders"


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is to be on a path of a space: their page, and the organisation that they act for."""

    person_id: int
    org_id: int | None
    account_id: int | None = None


def newcomer(session: Session, person_id: int, space_id: int) -> Newcomer:
    """Whoever has no role in the space yet acts for the organisation that their page names."""
    account = session.scalars(select(Account.id).where(Account.person_id == person_id)).first()
    acts_for = (
        select(Membership.org_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Account.person_id == person_id, Membership.org_id.is_not(None))
        .order_by((Membership.space_id == space_id).desc(), Membership.id)
    )
    org = session.scalars(acts_for).first()
    if org is None:
        named = select(FieldValue.ref_id).where(FieldValue.page_id == person_id, FieldValue.key == "org")
        org = session.scalars(named).first()
    return Newcomer(person_id, org, account)


def may_enrol(session: Session, viewer: Viewer, space_id: int, who: Newcomer, buddy_id: int | None = None) -> bool:
    """Oneself; and coordinators, who speaks for the newcomer's organisation, the manager, and a colleague who walks along."""
    if viewer.person_id is None:
        return False
    if viewer.person_id == who.person_id or _leads(viewer, space_id, who.org_id):
        return True
    colleague = who.org_id is not None and who.org_id in viewer.orgs(space_id)
    return (colleague and buddy_id == viewer.person_id) or manages(session, viewer.person_id, who.person_id)


def may_enrol_others(viewer: Viewer, space_id: int) -> bool:
    """Whether it makes sense to offer it: everybody with a part in the space may be a buddy, or the manager."""
    return bool(viewer.roles(space_id))


def may_look_after(session: Session, viewer: Viewer, walk: Walk) -> bool:
    """Whether the viewer may change buddy and days, end, and begin again."""
    if viewer.person_id is None:
        return False
    if viewer.person_id in (walk.person.id, walk.buddy.id, walk.assigned_by.id):
        return True
    return _leads(viewer, walk.space_id, walk.org.id) or manages(session, viewer.person_id, walk.person.id or 0)


def _leads(viewer: Viewer, space_id: int, org_id: int | None) -> bool:
    """A coordinator of the space, or a representative of the organisation there."""
    return any(
        one.space_id == space_id
        and (one.role == "coordinator" or (one.role == "rep" and org_id is not None and one.org_id == org_id))
        for one in viewer.memberships
    )


def may_enrol_organisation(viewer: Viewer, space_id: int, org_id: int) -> bool:
    return viewer.person_id is not None and _leads(viewer, space_id, org_id)


def manages(session: Session, manager_id: int, person_id: int) -> bool:
    """Whether a role that the person holds says that its time was cleared by the other."""
    held = exists().where(Row.page_id == FieldValue.page_id, Row.table == HOLDERS, Row.person_id == person_id)
    query = select(FieldValue.id).where(FieldValue.key == "cleared_by", FieldValue.ref_id == manager_id, held)
    return session.execute(query.limit(1)).first() is not None


def managers_of(session: Session, person_id: int) -> list[int]:
    """Who cleared the time of the roles that somebody holds."""
    query = (
        select(FieldValue.ref_id)
        .join(Row, and_(Row.page_id == FieldValue.page_id, Row.table == HOLDERS, Row.person_id == person_id))
        .where(FieldValue.key == "cleared_by", FieldValue.ref_id.is_not(None))
    )
    return sorted({one for one in session.scalars(query) if one is not None})


def fitting_buddy(session: Session, path: Page, who: Newcomer, beside: Sequence[int] = ()) -> int | None:
    """Somebody of the newcomer's organisation who is here: whom the orientation page says to ask, one of those `beside`, who looks after the path."""
    if who.org_id is None:
        return None
    for some in _candidates(session, path, who, beside):
        wanted = [one for one in some if one != who.person_id]
        here = _colleagues(session, wanted, who.org_id)
        chosen = next((one for one in wanted if one in here), None)
        if chosen is not None:
            return chosen
    return None


def around_role(session: Session, role: Page, today: date) -> list[int]:
    """Who knows a role: who holds it, who cleared their time, who looks after its page."""
    cleared = select(FieldValue.ref_id).where(FieldValue.page_id == role.id, FieldValue.key == "cleared_by")
    held = holders(session, [role.id], today).get(role.id, [])
    return _ids([*held, *session.scalars(cleared), role.owner_id])


def _candidates(session: Session, path: Page, who: Newcomer, beside: Sequence[int]) -> Iterator[list[int]]:
    orientation = aliased(FieldValue)
    leads_here = exists().where(
        orientation.page_id == FieldValue.page_id, orientation.key == "path", orientation.ref_id == path.id
    )
    asked = select(FieldValue.ref_id).where(FieldValue.key == "ask_inside", leads_here)
    yield _ids(session.scalars(asked.order_by(FieldValue.page_id, FieldValue.position)))
    yield list(beside)
    yield _ids([path.owner_id])
    represents = (
        select(Account.person_id)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.space_id == path.space_id, Membership.role == "rep", Membership.org_id == who.org_id)
    )
    yield _ids(session.scalars(represents.where(Account.active).order_by(Account.id)))


def _ids(found: Iterable[int | None]) -> list[int]:
    return [one for one in found if one is not None]


def _colleagues(session: Session, people: list[int], org_id: int) -> set[int]:
    """Those of the people who act for the organisation and are here."""
    if not people:
        return set()
    of_org = exists().where(FieldValue.page_id == Page.id, FieldValue.key == "org", FieldValue.ref_id == org_id)
    acts = exists().where(
        Account.person_id == Page.id, Membership.account_id == Account.id, Membership.org_id == org_id
    )
    query = select(Page.id).where(
        Page.id.in_(people), Page.deleted_at.is_(None), Page.state.not_in(_NOT_HERE), of_org | acts
    )
    return set(session.scalars(query))


def people_of(session: Session, org_id: int, space_id: int) -> list[int]:
    """The people of an organisation who have a role in a space."""
    query = (
        select(Account.person_id)
        .join(Membership, Membership.account_id == Account.id)
        .join(Page, Page.id == Account.person_id)
        .where(Membership.space_id == space_id, Membership.org_id == org_id, Account.active)
        .where(Page.deleted_at.is_(None), Page.state != "left")
        .distinct()
        .order_by(Account.person_id)
    )
    return _ids(session.scalars(query))
