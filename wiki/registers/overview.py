"""How many pages of each kind a reader finds."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, Viewer, visible_pages
from wiki.models import Page


def counts(session: Session, viewer: Viewer, space: SpaceInfo | None) -> dict[str, int]:
    """Kind -> pages that the viewer may see and that are not archived, in all spaces or in one."""
    query = select(Page.kind, func.count()).where(Page.archived_at.is_(None), visible_pages(viewer))
    if space is not None:
        query = query.where(Page.space_id == space.id)
    return {row[0]: row[1] for row in session.execute(query.group_by(Page.kind))}
