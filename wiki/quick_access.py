"""The gate of wiki.access for what every request asks: one indexed read of a page, the reader's right to it, and what is shown of it.

The condition is the same as `access.visible_pages`, but its viewer is a parameter, so that statements are made once
(wiki.prepared). A test holds the two to each other.
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Found, SpaceInfo, Viewer, role_in
from wiki.models import Membership, Page, PageReader, Space
from wiki.prepared import Prepared

#: What the quick getter reads of a page and its space; whoever adds columns of other tables joins them to `Page`.
READ_COLUMNS = (
    Page.id,
    Page.space_id,
    Page.slug,
    Page.kind,
    Page.title,
    Page.summary,
    Page.state,
    Page.number,
    Page.owner_id,
    Page.partnership_id,
    Page.steward_id,
    Page.access,
    Page.review_due,
    Page.created_by,
    Page.changed_at,
    Page.archived_at,
    Space.slug.label("space_slug"),
    Space.name.label("space_name"),
    Space.description.label("space_description"),
    Space.default_role.label("space_default_role"),
    Space.language.label("space_language"),
    Space.front_page_id.label("space_front_page_id"),
    Space.demo.label("space_demo"),
)


def readable_pages(account: Any = None) -> ColumnElement[bool]:
    """The same condition as `visible_pages`, for a statement that is made once (wiki.db.Prepared).

    Its parameter `account_id` is the viewer's, None for a visitor. A test holds the two to each other. With a column of
    accounts it says what each of them may read.
    """
    account = bindparam("account_id", type_=Integer) if account is None else account
    here = aliased(Space)
    mine = aliased(Membership)
    opened = and_(account.is_not(None), exists().where(here.id == Page.space_id, here.default_role != "none"))
    member = exists().where(mine.account_id == account, mine.space_id == Page.space_id)
    # two levels up is where SQLAlchemy does not look by itself: without `correlate` this would ask whether any page names the reader
    named = exists().where(PageReader.page_id == Page.id, PageReader.org_id == mine.org_id).correlate(Page, mine)
    acts_for_it = exists().where(
        mine.account_id == account,
        mine.space_id == Page.space_id,
        or_(mine.org_id == Page.steward_id, and_(Page.access == "named_orgs", named)),
    )
    return and_(
        Page.deleted_at.is_(None),
        or_(
            Page.access == "public",
            and_(Page.access == "members", opened),
            and_(or_(Page.access == "members", Page.access == "partnership"), member),
            acts_for_it,
        ),
    )


def reading_statement(*more: Any) -> Select[Any]:
    """For `page_to_read`: one indexed read of a page, its rights and whatever else is shown of it."""
    columns: Any = (*READ_COLUMNS, *more)
    return (
        select(*columns)
        .select_from(Page)
        .join(Space, Space.id == Page.space_id)
        .where(Space.slug == bindparam("space"), Page.slug == bindparam("slug"), readable_pages())
    )


def page_to_read(session: Session, viewer: Viewer, statement: Prepared, space: str, slug: str, **more: Any) -> Any:
    """(Found, row) by a prepared `reading_statement`, or None: then `page_for` says why not, or where the page has gone.

    The page in it has READ_COLUMNS and is not to be changed.
    """
    row = statement.one_or_none(session, account_id=viewer.account_id, space=space, slug=slug, **more)
    if row is None:
        return None
    info = SpaceInfo(
        id=row.space_id,
        slug=row.space_slug,
        name=row.space_name,
        description=row.space_description,
        default_role=row.space_default_role,
        language=row.space_language,
        front_page_id=row.space_front_page_id,
        role=role_in(viewer, row.space_id, row.space_default_role),
        roles=frozenset(viewer.roles(row.space_id)),
        demo=row.space_demo,
    )
    return Found(row, info, own=viewer.person_id is not None and row.id == viewer.person_id), row
