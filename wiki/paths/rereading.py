"""Pages on somebody's paths that have changed materially since they read them."""

from collections.abc import Mapping

from sqlalchemy import and_, exists, func, not_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.models import Enrolment, Receipt, Revision, StepTaken


def to_read_again(session: Session, viewer: Viewer) -> Mapping[int, int]:
    """Page -> the revision that the viewer read, on paths that they have not ended. One statement."""
    if viewer.person_id is None:
        return {}
    later = and_(Revision.page_id == StepTaken.page_id, Revision.number > StepTaken.revision, Revision.material)
    again = exists().where(
        Receipt.account_id == viewer.account_id,
        Receipt.page_id == StepTaken.page_id,
        Receipt.number >= Revision.number,
    )
    found = session.execute(
        select(StepTaken.page_id, func.max(StepTaken.revision))
        .join(Enrolment, Enrolment.id == StepTaken.enrolment_id)
        .join(Revision, later)
        .where(Enrolment.person_id == viewer.person_id, Enrolment.ended_at.is_(None), not_(again))
        .group_by(StepTaken.page_id)
    )
    return {page: number for page, number in found if page is not None and number is not None}
