"""Who may prepare a handover for somebody, and who may end somebody's account: it tells what they hold."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.handover.preparing import org_of
from wiki.models import Account, FieldValue, Membership, Page


def may_prepare(session: Session, viewer: Viewer, person: Page) -> bool:
    """The person, who comes after or covers for them, people of their organisation, coordinators of a space of theirs, administrators."""
    if not viewer.signed_in:
        return False
    if viewer.admin or viewer.person_id == person.id or coordinates(session, viewer, person):
        return True
    org = org_of(session, person.id)
    if org is not None and org in {member.org_id for member in viewer.memberships}:
        return True
    named = select(FieldValue.ref_id).where(
        FieldValue.page_id == person.id, FieldValue.key.in_(("successor", "cover")), FieldValue.ref_id.is_not(None)
    )
    return viewer.person_id in set(session.scalars(named))


def coordinates(session: Session, viewer: Viewer, person: Page) -> bool:
    """Whether the viewer coordinates a space in which the person has a role."""
    led = {member.space_id for member in viewer.memberships if member.role == "coordinator"}
    theirs = (
        select(Membership.space_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Account.person_id == person.id)
    )
    return bool(led & set(session.scalars(theirs)))


def may_close(session: Session, viewer: Viewer, person: Page, account: Account) -> bool:
    """Administrators; and coordinators of a space of theirs, but for the account of an administrator."""
    return viewer.admin or (not account.is_admin and coordinates(session, viewer, person))
