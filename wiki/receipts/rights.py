"""Who may ask, and who may know what others have read: who asked, who keeps the page right, the coordinators of its space."""

from datetime import date

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.errors import Forbidden
from wiki.facts.roles import roles_of
from wiki.i18n import gettext as _
from wiki.models import Page, ReadingRequest, Receipt
from wiki.pages.guards import is_owner
from wiki.pages.material import AGAIN, SMALL


def keeps(session: Session, viewer: Viewer, found: Found) -> bool:
    """Whether the viewer keeps the page right: its owner, or a coordinator of its space."""
    if not viewer.signed_in:
        return False
    return "coordinator" in viewer.roles(found.page.space_id) or is_owner(session, viewer, found.page)


def kept_pages(viewer: Viewer, today: date) -> ColumnElement[bool]:
    """The same, as a condition on `Page`."""
    if viewer.person_id is None:
        return false()
    spaces = sorted({one.space_id for one in viewer.memberships if one.role == "coordinator"})
    by_role = Page.owner_id.in_(roles_of(viewer.person_id, today))
    return or_(Page.space_id.in_(spaces), Page.owner_id == viewer.person_id, by_role)


def weight_said(session: Session, viewer: Viewer, found: Found, said: str) -> str:
    """What somebody says of their change, as far as it is theirs to say: that it is small everybody who edits, that everybody
    must read it again who keeps the page."""
    if said == AGAIN and not keeps(session, viewer, found):
        raise Forbidden(
            _("Only who keeps the page right, or a coordinator, can say that everybody must read it again.")
        )
    return said if said in (SMALL, AGAIN) else ""


def is_read(session: Session, page: Page | None) -> bool:
    """Whether anybody was asked to read the page or has confirmed it: only then does it matter what a change means to them."""
    if page is None:
        return False
    asked = select(ReadingRequest.id).where(ReadingRequest.page_id == page.id).limit(1)
    read = select(Receipt.id).where(Receipt.page_id == page.id).limit(1)
    return session.execute(select(or_(asked.exists(), read.exists()))).scalar_one()


def may_see_all(session: Session, viewer: Viewer, found: Found, request: ReadingRequest) -> bool:
    """Whether the viewer may know how everybody stands whom the request asks, and withdraw it."""
    return (viewer.signed_in and request.asked_by == viewer.account_id) or keeps(session, viewer, found)
