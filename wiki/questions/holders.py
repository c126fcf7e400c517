"""Who keeps a page right, and who has a part in it: by person page."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.facts.roles import holders
from wiki.i18n import time_zone
from wiki.kinds import Catalogue
from wiki.models import Page, Row


def holders_of(session: Session, page: Page | None) -> list[int]:
    """The page's owner; if that is a role, those who hold it now."""
    if page is None or page.owner_id is None:
        return []
    return holders(session, [page.owner_id], clock.today(time_zone())).get(page.owner_id) or [page.owner_id]


def parts_in(session: Session, catalogue: Catalogue, page: Page | None, people: Sequence[int]) -> list[int]:
    """Those of `people` whom a row of the page names, if every reader of the page sees that row."""
    if page is None or not people:
        return []
    open_to_all = [table.key for table in catalogue[page.kind].tables if not (table.visible_to or table.visible_if)]
    named = select(Row.person_id).where(Row.page_id == page.id, Row.person_id.in_(people), Row.table.in_(open_to_all))
    return list(dict.fromkeys(one for one in session.scalars(named.order_by(Row.position)) if one is not None))
