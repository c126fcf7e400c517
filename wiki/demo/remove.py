"""Takes the demo out of a wiki again.

Gone afterwards: its space with every page in it (also pages that others wrote there), their revisions, files, values
and search entries, and its people's accounts with their logins and tokens. What stays: the event log, which would not
verify otherwise; what the demo's people wrote in other spaces, with their names; and the contents of attached files in
the store, as whenever a file is taken off a page.
"""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wiki import eventlog, search
from wiki.access import Viewer
from wiki.demo.templates import forget_proposals
from wiki.errors import NotFound
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.models import Account, Draft, Event, Link, Page, Space
from wiki.pages import deriving


def remove_demo(session: Session, catalogue: Catalogue, viewer: Viewer) -> int:
    """Remove the demo and say how many pages went. Raises NotFound when it is not loaded."""
    space = session.scalars(select(Space).where(Space.demo)).first()
    if space is None:
        raise NotFound(_("The demo is not loaded here."))
    page_ids = list(session.scalars(select(Page.id).where(Page.space_id == space.id)))
    linking = _pages_that_link_to(session, space)
    accounts = _accounts(session, space)
    forget_proposals(session, accounts)
    session.execute(delete(Account).where(Account.id.in_(accounts)))
    search.remove_pages(session, page_ids)
    session.execute(delete(Page).where(Page.space_id == space.id))
    session.execute(delete(Draft).where(Draft.place.startswith(f"new:{space.slug}:", autoescape=True)))
    session.execute(delete(Space).where(Space.id == space.id))
    session.expire_all()
    for page in linking:
        deriving.derive(session, catalogue, page, deriving.content_of(deriving.current_revision(session, page)))
    eventlog.record(session, viewer, "demo.removed", pages=len(page_ids))
    return len(page_ids)


def _accounts(session: Session, space: Space) -> list[int]:
    """The accounts that were made with the demo, whatever their people did with them since."""
    loaded = session.scalars(select(Event).where(Event.verb == "demo.loaded", Event.space_id == space.id)).first()
    return list(loaded.detail["accounts"]) if loaded is not None else []


def _pages_that_link_to(session: Session, space: Space) -> list[Page]:
    """Pages of other spaces that are to be looked at again, because they point into this one."""
    inside = select(Page.id).where(Page.space_id == space.id)
    pointing = select(Link.page_id).where(Link.target_id.in_(inside))
    return list(session.scalars(select(Page).where(Page.id.in_(pointing), Page.space_id != space.id)))
