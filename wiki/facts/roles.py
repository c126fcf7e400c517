"""Who holds a role now: a page may be kept right by a role, and a row held by one, so that nothing is touched when its holder changes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.models import Account, Page, Row

#: The table of a role that says who holds it, and from when until when.
ROW_TYPE = "role.holders"


def current(today: date) -> ColumnElement[bool]:
    """The condition on `row` that it says who holds a role on that day: its last day counts."""
    begins, ends = Row.data["from"].as_string(), Row.data["to"].as_string()
    return and_(
        Row.row_type == ROW_TYPE,
        or_(begins.is_(None), begins <= today.isoformat()),
        or_(ends.is_(None), ends >= today.isoformat()),
    )


def roles_of(person: Any, today: date) -> Select[Any]:
    """The pages of the roles that somebody holds, for a condition: `Page.owner_id.in_(roles_of(person, today))`."""
    held = select(Row.page_id).where(Row.person_id == person, current(today))
    return held.where(Row.page_id.in_(_in_use())).correlate_except(Row)


def holders(session: Session, roles: Iterable[int], today: date) -> dict[int, list[int]]:
    """Role -> the people who hold it now, in the order in which the role names them; a role that nobody holds is not there."""
    query = select(Row.page_id, Row.person_id).where(Row.page_id.in_(sorted(roles)), current(today))
    query = query.where(Row.page_id.in_(_in_use())).order_by(Row.page_id, Row.position)
    found: dict[int, list[int]] = {}
    for role, person in session.execute(query):
        if person is not None:
            found.setdefault(role, []).append(person)
    return found


def _in_use() -> Select[Any]:
    """Roles that are there: a retired one is held by nobody."""
    return select(Page.id).where(Page.kind == "role", Page.deleted_at.is_(None), Page.over == "").correlate(None)


def nobody(holder: Any, today: date) -> ColumnElement[bool]:
    """The condition on a joined page (an alias, or none) that nobody is there to look after what it is named for.

    A person has left, or their account is closed; a role is held by nobody who is there.
    """
    person, closed = aliased(Page), aliased(Account)
    there = exists().where(closed.person_id == person.id, not_(closed.active))
    held = (
        select(Row.id)
        .join(person, person.id == Row.person_id)
        .where(
            Row.page_id == holder.id, current(today), person.state != "left", person.deleted_at.is_(None), not_(there)
        )
        .correlate(holder)
        .exists()
    )
    account = aliased(Account)
    shut = exists().where(account.person_id == holder.id, not_(account.active)).correlate(holder)
    return or_(
        holder.id.is_(None),
        holder.deleted_at.is_not(None),
        and_(holder.kind == "role", or_(holder.over != "", not_(held))),
        and_(holder.kind != "role", or_(holder.state == "left", shut)),
    )
