"""What a picker offers before anything is typed: what this space speaks of lately."""

from collections.abc import Sequence

from sqlalchemy import case, func, select, true
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.models import Link, Page, Space
from wiki.search import Completion

OFFERED = 8


def likely(session: Session, viewer: Viewer, kinds: Sequence[str], space: str) -> list[Completion]:
    """The viewer's own page first, if it is of these kinds; then what the visible pages of the space point to, by the newest
    of them; then pages of the space itself. Only pages that the viewer may open."""
    here = select(Space.id).where(Space.slug == space).scalar_subquery()
    wished = Page.kind.in_(kinds) if kinds else true()
    named = (
        select(Link.target_id, func.max(Page.changed_at).label("time"))
        .join(Page, Page.id == Link.page_id)
        .where(Page.space_id == here, Link.target_id.is_not(None), visible_pages(viewer))
        .group_by(Link.target_id)
        .subquery()
    )
    own = Page.id == viewer.person_id if viewer.person_id is not None else Page.id.is_(None)
    rows = session.execute(
        select(Page.id, Page.title, Space.slug, Page.slug, Page.kind, Page.state, Page.over)
        .join(Space, Space.id == Page.space_id)
        .outerjoin(named, named.c.target_id == Page.id)
        .where(visible_pages(viewer), wished, Page.archived_at.is_(None))
        .order_by(
            case((own, 0), else_=1),
            case((named.c.time.is_not(None), 0), (Page.space_id == here, 1), else_=2),
            func.coalesce(named.c.time, Page.changed_at).desc(),
            Page.id,
        )
        .limit(OFFERED)
    )
    return [Completion(*row) for row in rows]
