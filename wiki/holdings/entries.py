"""What the database knows of holders: one statement, whether one person is asked for or all."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, Select, String, and_, cast, false, func, null, or_, select, union_all
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.facts.parts import part
from wiki.holdings.places import Places
from wiki.i18n import time_zone
from wiki.models import Link, Page, Revision, Row, Space

_PAGE = (
    Page.id.label("page_id"),
    Page.kind,
    Page.title,
    Page.slug,
    Page.state,
    Page.space_id,
    Page.partnership_id,
    Page.review_due,
    Space.slug.label("space"),
    Row.text,
    Row.status,
    Row.due,
    Row.data,
)


def named(
    session: Session, places: Places, viewer: Viewer | None, person: int | None, spaces: Sequence[int]
) -> list[Any]:
    """Every place in which somebody is named as a holder: `target_id` is who, `name` the field or "table.column".

    For one person, also those in which a role is named that they ever held. With them come the rows of tables that are
    held by whoever stands elsewhere on the page; their `target_id` is None and their `name` the table.
    """
    shown = alive(viewer, spaces)
    links = (
        select(Link.target_id, Link.name, Link.row_id, *_PAGE)
        .select_from(Link)
        .join(Page, Page.id == Link.page_id)
        .join(Space, Space.id == Page.space_id)
        .outerjoin(Row, and_(Row.page_id == Link.page_id, Row.row_id == Link.row_id))
        .where(Link.name.in_(places.names), Link.target_id.is_not(None), shown)
    )
    rows = (
        select(cast(null(), Integer), cast(Row.table, String), Row.row_id, *_PAGE)
        .select_from(Row)
        .join(Page, Page.id == Row.page_id)
        .join(Space, Space.id == Page.space_id)
        .where(Row.row_type.in_(places.row_types), shown)
    )
    if person is not None:
        links = links.where(
            or_(Link.target_id == person, Link.target_id.in_(_pages_naming(person, places.role_names())))
        )
        rows = rows.where(Page.id.in_(_pages_naming(person, places.through)))
    return list(session.connection().execute(union_all(links, rows)).all())


def _pages_naming(person: int, names: Sequence[str]) -> Select[Any]:
    return select(Link.page_id).where(Link.target_id == person, Link.name.in_(names) if names else false())


#: What nobody else has touched for so many days hangs on one person.
ALONE = 365


def year_before(today: date) -> datetime:
    """From when on edits count, where the site is."""
    begin = today - timedelta(days=ALONE)
    return datetime.combine(begin, datetime.min.time(), ZoneInfo(time_zone()))


def edited_alone(since: datetime, shown: ColumnElement[bool]) -> Select[Any]:
    """Pages that one person alone has edited since: `ref` is that person. Who left the name off is somebody else."""
    authors = func.coalesce(Revision.author_id, 0)
    query = part("alone", Revision.page_id, ref=func.max(authors)).join(Page, Page.id == Revision.page_id)
    query = query.where(Revision.time >= since, shown).group_by(Revision.page_id)
    return query.having(func.min(authors) == func.max(authors), func.max(authors) > 0)


def unheld(row_types: Sequence[str], shown: ColumnElement[bool]) -> Select[Any]:
    """Rows of these types in which nobody is named; `ref` is the partnership."""
    columns = {
        "text": Row.text,
        "day": Row.due,
        "name": Row.row_type,
        "address": Row.row_id,
        "ref": Page.partnership_id,
    }
    query = part("unheld", Row.page_id, data=Row.data, kind=Page.kind, word=Page.state, **columns)
    query = query.join(Page, Page.id == Row.page_id)
    return query.where(Row.row_type.in_(row_types), Row.person_id.is_(None), shown)


def alive(viewer: Viewer | None, spaces: Sequence[int] = ()) -> ColumnElement[bool]:
    """Pages on which anything is held: neither deleted, nor set aside, nor replaced, retired or ended."""
    seen = visible_pages(viewer) if viewer is not None else Page.deleted_at.is_(None)
    there = and_(seen, Page.archived_at.is_(None), Page.over == "")
    return and_(there, Page.space_id.in_(spaces)) if spaces else there
