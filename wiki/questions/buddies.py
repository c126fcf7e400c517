"""Who accompanies somebody who is new: the buddy of a reading path that they are on."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.models import Enrolment


def buddies_of(session: Session, person_id: int | None) -> list[int]:
    """Person pages of the buddies, the newest path first."""
    if person_id is None:
        return []
    found = (
        select(Enrolment.buddy_id)
        .where(Enrolment.person_id == person_id, Enrolment.buddy_id.is_not(None))
        .where(Enrolment.ended_at.is_(None))
        .order_by(Enrolment.started.desc(), Enrolment.id.desc())
    )
    return list(dict.fromkeys(one for one in session.scalars(found) if one is not None))
