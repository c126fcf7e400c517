"""What took a page's place: the last page of its chain that the reader may know of."""

from collections.abc import Sequence

from sqlalchemy import Integer, and_, false, literal, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, visible_pages
from wiki.finding.names import Named
from wiki.kinds import Catalogue
from wiki.models import Link, Page, Space
from wiki.search import Hit
from wiki.text import url_part

#: Steps that are followed from a page that was replaced.
MOST_STEPS = 12


def successors(session: Session, catalogue: Catalogue, viewer: Viewer, hits: Sequence[Hit]) -> dict[int, Named]:
    """Page id → its last successor. A step that the viewer may not know of ends the chain before it."""
    kinds = [kind for key in {hit.kind for hit in hits} if (kind := catalogue.get(key)) and kind.replaces]
    if not kinds:
        return {}
    replacing = [
        and_(Page.kind == kind.key, Page.state.in_(kind.counted), Link.name == kind.replaces.named_in)
        for kind in kinds
        if kind.replaces
    ]
    first = (
        select(Link.target_id.label("start"), Page.id.label("page_id"), literal(1, Integer).label("step"))
        .join(Page, Page.id == Link.page_id)
        .where(Link.target_id.in_([hit.page_id for hit in hits]), or_(false(), *replacing), visible_pages(viewer))
        .cte("chain", recursive=True)
    )
    following = (
        select(first.c.start, Page.id, first.c.step + 1)
        .join(Link, Link.target_id == first.c.page_id)
        .join(Page, Page.id == Link.page_id)
        .where(or_(false(), *replacing), visible_pages(viewer), first.c.step < MOST_STEPS)
    )
    chain = first.union(following)
    there = aliased(Page)
    found = session.execute(
        select(chain.c.start, chain.c.step, there.id, there.title, there.slug, Space.slug.label("space"))
        .join(there, there.id == chain.c.page_id)
        .join(Space, Space.id == there.space_id)
        .order_by(chain.c.step, there.id)
    )
    return {row.start: Named(row.id, row.title, f"/{url_part(row.space)}/{url_part(row.slug)}") for row in found}
