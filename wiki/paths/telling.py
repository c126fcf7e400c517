"""What people are told of paths: the newcomer, who walks along, and who looks after the newcomer's time."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.models import Enrolment
from wiki.notices.telling import account_ids, tell
from wiki.paths.who import managers_of


def link_to(enrolment: Enrolment) -> str:
    """Where somebody on a path is found, behind the path's address."""
    return f"/path/{enrolment.id}"


def began(session: Session, viewer: Viewer, enrolment: Enrolment) -> None:
    """Somebody is on a path."""
    managers = [one for one in managers_of(session, enrolment.person_id) if one != enrolment.buddy_id]
    _tell(session, viewer, enrolment, "path_begun", [enrolment.person_id])
    _tell(session, viewer, enrolment, "path_buddy", [enrolment.buddy_id])
    _tell(session, viewer, enrolment, "path_newcomer", managers)


def buddy_changed(session: Session, viewer: Viewer, enrolment: Enrolment) -> None:
    _tell(session, viewer, enrolment, "path_buddy", [enrolment.buddy_id])
    _tell(session, viewer, enrolment, "path_with", [enrolment.person_id])


def finished(session: Session, viewer: Viewer, enrolment: Enrolment) -> None:
    everybody = [enrolment.buddy_id, enrolment.assigned_by, *managers_of(session, enrolment.person_id)]
    _tell(session, viewer, enrolment, "path_finished", [one for one in everybody if one != enrolment.person_id])


def tried(session: Session, viewer: Viewer, enrolment: Enrolment, page_id: int) -> None:
    """The newcomer has saved a first edit: the buddy can say thanks for it."""
    tell(
        session,
        account_ids(session, [enrolment.buddy_id]),
        "path_tried",
        page_id,
        by=viewer.account_id,
        link="/history",
    )


def late(session: Session, enrolment: Enrolment, due: date) -> None:
    """The day on which it was to be finished has passed."""
    tell(
        session,
        account_ids(session, [enrolment.person_id]),
        "path_late",
        enrolment.path_id,
        link=link_to(enrolment),
        group=f"path-{enrolment.id}",
        words={"day": due.isoformat()},
    )


def ended(session: Session, viewer: Viewer, enrolment: Enrolment) -> None:
    _tell(session, viewer, enrolment, "path_ended", [enrolment.person_id, enrolment.buddy_id])


def _tell(session: Session, viewer: Viewer, enrolment: Enrolment, reason: str, people: Sequence[int | None]) -> None:
    tell(
        session,
        account_ids(session, people),
        reason,
        enrolment.path_id,
        by=viewer.account_id,
        link=link_to(enrolment),
        group=f"path-{enrolment.id}",
        pages={"person": enrolment.person_id, **({"buddy": enrolment.buddy_id} if enrolment.buddy_id else {})},
    )
