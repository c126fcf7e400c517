"""Who holds an event: who keeps its page, its contact, those who lead it. They alone read what people need."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer, page_for
from wiki.errors import Forbidden, NotFound
from wiki.events.plan import KIND
from wiki.facts.roles import holders
from wiki.i18n import gettext as _
from wiki.models import Membership, Page
from wiki.notices.telling import account_ids
from wiki.pages.storing import content_of, current_revision


def event_for(
    session: Session, viewer: Viewer, space: str, slug: str, verb: str = "view"
) -> tuple[Found, dict[str, Any]]:
    """The event at an address and its fields. Raises NotFound for a page of another kind, and what `page_for` raises."""
    found = page_for(session, viewer, space, slug, verb)
    if found.page.kind != KIND:
        raise NotFound(_("This page is no event."))
    return found, content_of(current_revision(session, found.page)).fields


def hosting_for(session: Session, viewer: Viewer, space: str, slug: str, today: date) -> tuple[Found, dict[str, Any]]:
    """The same for those who hold it. Raises Forbidden for everybody else."""
    found, fields = event_for(session, viewer, space, slug)
    if not is_host(session, viewer, found, fields, today):
        raise Forbidden(_("Only those who hold this event see who comes with which needs: ask its contact."))
    return found, fields


def host_people(session: Session, page: Page, fields: Mapping[str, Any], today: date) -> set[int]:
    """The pages of the people who hold it; of a role, of those who have it now."""
    named = {page.owner_id, fields.get("contact"), *fields.get("facilitators", [])} - {None}
    in_roles = holders(session, [one for one in named if one is not None], today)
    found = {person for people in in_roles.values() for person in people}
    return found | {one for one in named if one is not None and one not in in_roles}


def is_host(session: Session, viewer: Viewer, found: Found, fields: Mapping[str, Any], today: date) -> bool:
    """Whether the viewer holds it. Where nobody is named, coordinators do."""
    if not viewer.signed_in:
        return False
    people = host_people(session, found.page, fields, today)
    return viewer.person_id in people if people else found.may("manage")


def host_accounts(session: Session, page: Page, fields: Mapping[str, Any], today: date) -> set[int]:
    """The accounts of those who hold it."""
    people = host_people(session, page, fields, today)
    if people:
        return account_ids(session, people)
    coordinating = select(Membership.account_id).where(
        Membership.space_id == page.space_id, Membership.role == "coordinator"
    )
    return set(session.scalars(coordinating))
