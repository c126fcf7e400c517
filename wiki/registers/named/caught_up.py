"""Up to when somebody has seen what changed, space by space."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.models import CaughtUp


def marks(session: Session, viewer: Viewer) -> dict[int, datetime]:
    """Space -> the moment up to which this person has seen what changed there."""
    if not viewer.signed_in:
        return {}
    found = session.execute(select(CaughtUp.space_id, CaughtUp.time).where(CaughtUp.account_id == viewer.account_id))
    return {space: moment for space, moment in found}


def move_marks(session: Session, viewer: Viewer, spaces: Iterable[int], moment: datetime) -> None:
    """Note that this person has seen what changed in these spaces until a moment."""
    ids = sorted(set(spaces))
    session.execute(delete(CaughtUp).where(CaughtUp.account_id == viewer.account_id, CaughtUp.space_id.in_(ids)))
    session.add_all(CaughtUp(account_id=viewer.account_id, space_id=one, time=moment) for one in ids)
    session.flush()
