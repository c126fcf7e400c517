"""The rows of one type, wherever they stand, as far as a reader may see them: one statement, whatever the size of the wiki."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, select, true
from sqlalchemy.orm import Session, aliased

from wiki.access import visible_pages
from wiki.models import FieldValue, Page, Row
from wiki.registers.listing import Place

Holder = aliased(Page)
_HolderOrg = aliased(FieldValue)
_Group = aliased(FieldValue)

#: What a line's `page` holds.
PAGE_FACTS = (
    Page.id.label("page_id"),
    Page.slug,
    Page.title,
    Page.kind,
    Page.state,
    Page.space_id,
    Page.owner_id,
    Page.partnership_id,
    Page.created_at,
    Page.changed_at,
)
_ROW_FACTS = (
    Row.row_id,
    Row.table,
    Row.text,
    Row.due,
    Row.person_id,
    Row.data,
    Holder.state.label("holder_state"),
    _HolderOrg.ref_id.label("holder_org"),
    _Group.ref_id.label("group_id"),
)


def rows_of(session: Session, place: Place, row_type: str, spaces: Sequence[int]) -> Sequence[Any]:
    """Each row that is not on an archived page: PAGE_FACTS, the row, state and organisation of who holds it, the group that met."""
    return session.execute(
        select(*PAGE_FACTS, *_ROW_FACTS)
        .select_from(Row)
        .join(Page, Page.id == Row.page_id)
        .outerjoin(Holder, and_(Holder.id == Row.person_id, Holder.deleted_at.is_(None)))
        .outerjoin(
            _HolderOrg,
            and_(_HolderOrg.page_id == Row.person_id, _HolderOrg.key == "org", _HolderOrg.position == 0),
        )
        .outerjoin(_Group, and_(_Group.page_id == Row.page_id, _Group.key == "group", _Group.position == 0))
        .where(Row.row_type == row_type, Page.archived_at.is_(None), visible_pages(place.viewer), within(spaces))
    ).all()


def within(spaces: Sequence[int]) -> ColumnElement[bool]:
    return Page.space_id.in_(spaces) if spaces else true()


def own_spaces(place: Place, spaces: Sequence[int]) -> list[int]:
    """Of these spaces (none: of all) those in which the viewer has a role of their own: only there is told how much is hidden."""
    own = {member.space_id for member in place.viewer.memberships}
    return sorted(own & set(spaces) if spaces else own)


def hidden_rows(session: Session, place: Place, row_type: str, spaces: Sequence[int]) -> int:
    """How many rows of the type stand on pages that the viewer may not see, in their own spaces."""
    own = own_spaces(place, spaces)
    if not own:
        return 0
    query = select(func.count()).select_from(Row).join(Page, Page.id == Row.page_id)
    return session.execute(query.where(Row.row_type == row_type, hidden_here(place, own))).scalar_one()


def hidden_here(place: Place, own: Sequence[int]) -> ColumnElement[bool]:
    """Pages of these spaces, neither deleted nor archived, that the viewer may not see."""
    return and_(
        Page.space_id.in_(own),
        Page.deleted_at.is_(None),
        Page.archived_at.is_(None),
        not_(visible_pages(place.viewer)),
    )
