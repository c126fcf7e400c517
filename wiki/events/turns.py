"""Whose turn it is: places are given in the order in which people asked, and pass to who waits longest."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.models import EventSignup

UNCONFIRMED, IN, WAITING, OUT, WALKED_IN = "unconfirmed", "in", "waiting", "out", "walked_in"
#: Those for whom the event is kept in mind.
LIVE = (IN, WAITING)


def free_places(places: int | None, coming: int) -> int | None:
    """How many places nobody has; None where there is no limit. Nobody loses a place because there are fewer now."""
    return None if places is None else max(0, places - coming)


def counts(session: Session, page_id: int) -> dict[str, int]:
    """How many are in, wait, and so on."""
    query = select(EventSignup.status, func.count()).where(EventSignup.page_id == page_id).group_by(EventSignup.status)
    return {status: count for status, count in session.execute(query)}


def queue(session: Session, page_id: int) -> list[EventSignup]:
    """Those who wait, the next one first."""
    query = select(EventSignup).where(EventSignup.page_id == page_id, EventSignup.status == WAITING)
    return list(session.scalars(query.order_by(EventSignup.asked_at, EventSignup.id)))


def take_place(session: Session, signup: EventSignup, places: int | None) -> None:
    """Give somebody who asks now a place, or the end of the queue. The caller holds the page, so that of two the first has it."""
    known = counts(session, signup.page_id)
    free = free_places(places, known.get(IN, 0))
    signup.status = IN if not known.get(WAITING) and (free is None or free > 0) else WAITING
    signup.asked_at = signup.changed_at = clock.now()
    session.flush()


def move_up(session: Session, page_id: int, places: int | None) -> Sequence[EventSignup]:
    """Give the places that are free to those who wait longest; says to whom. The caller holds the page."""
    free = free_places(places, counts(session, page_id).get(IN, 0))
    if free == 0:
        return []
    moved = queue(session, page_id)[:free]
    for signup in moved:
        signup.status, signup.changed_at = IN, clock.now()
    session.flush()
    return moved


def was_there(signup: EventSignup) -> bool:
    """Whether somebody came: as ticked, and until that is done whoever had a place."""
    return signup.came if signup.came is not None else signup.status == IN


def were_there() -> ColumnElement[bool]:
    """The same as a condition."""
    return or_(EventSignup.came.is_(True), and_(EventSignup.came.is_(None), EventSignup.status == IN))
