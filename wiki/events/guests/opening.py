"""What guests come to read: the event for which they have an address, and nothing beside it."""

from sqlalchemy.orm import Session

from wiki.access import Found, SpaceInfo
from wiki.models import Page, Space

#: What a guest reads of an event that is not public. Names of pages in it are left out like for any visitor.
SHOWN = ("aims", "dates", "time", "place", "mode", "audience", "cost", "travel_notes")
#: Levels of access at which hosts may invite guests by an address: others have their own ways to be opened.
INVITING = ("public", "members", "partnership")


def is_open_to_guests(page: Page) -> bool:
    """Whether guests still read of it: not once it is deleted, or for some organisations only."""
    return page.deleted_at is None and page.access in INVITING


def page_for_guest(session: Session, page_id: int) -> Found | None:
    """The page behind an address that its hosts gave out, with the rights of a visitor; None when it is not there."""
    page = session.get(Page, page_id)
    space = session.get(Space, page.space_id) if page is not None else None
    if page is None or space is None:
        return None
    info = SpaceInfo(
        id=space.id,
        slug=space.slug,
        name=space.name,
        description="",
        default_role=space.default_role,
        language=space.language,
        front_page_id=None,
        role="none",
    )
    return Found(page, info)
