"""Who may know who is on a path: the newcomer, the buddy, the people of the newcomer's organisation, coordinators of the path's space."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from wiki.access import Viewer, visible_pages
from wiki.models import Account, Enrolment, Membership, Page


def visible_enrolments(account: Any) -> ColumnElement[bool]:
    """The condition on `Enrolment`, joined to its path as `Page`, for an account (a number or a parameter; None for nobody).

    Whoever uses it also asks whether the reader may see the path.
    """
    member = aliased(Membership)
    me = select(Account.person_id).where(Account.id == account).scalar_subquery()
    looks_after = exists().where(
        member.account_id == account,
        member.space_id == Page.space_id,
        or_(member.role == "coordinator", member.org_id == Enrolment.org_id),
    )
    return or_(Enrolment.person_id == me, Enrolment.buddy_id == me, looks_after)


def enrolments_for(viewer: Viewer) -> ColumnElement[bool]:
    """The same for a viewer, with the rights to the path's and the person's page."""
    people = select(Page.id).where(visible_pages(viewer)).correlate(None)
    return and_(
        visible_enrolments(viewer.account_id),
        visible_pages(viewer),
        or_(Enrolment.person_id == viewer.person_id, Enrolment.person_id.in_(people)),
    )
