"""What can be done with people on paths. Browser, API, roles and the demo all come through here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer, page_by_id
from wiki.errors import Forbidden, Invalid, Problem
from wiki.i18n import gettext as _
from wiki.models import Enrolment, FieldValue, Page, StepTaken
from wiki.paths import telling, who
from wiki.paths.queries import known_on
from wiki.paths.walks import DONE, SKIPPED, Step, Walk
from wiki.receipts.noting import note_read
from wiki.text import tidy

#: The kind of page that people are put on; the state in which they can be; the days that it takes where its page says nothing.
KIND, CURRENT, DAYS = "reading_path", "current", 14
NOTE_LENGTH = 500


@dataclass(frozen=True)
class Terms:
    """How somebody is on a path: with whom, from when, until when; `role_id` is the role that brought them."""

    started: date
    due: date | None = None
    buddy_id: int | None = None
    role_id: int | None = None


def days_of(session: Session, path_id: int) -> int:
    """In how many days the path wants to be finished."""
    days = session.scalars(
        select(FieldValue.number).where(FieldValue.page_id == path_id, FieldValue.key == "finish_in_days")
    ).first()
    return int(days) if days else DAYS


def enrol(session: Session, viewer: Viewer, path: Page, person: who.Newcomer, terms: Terms) -> Enrolment:
    """Put somebody on a path, and tell them, who walks along, and who looks after their time.

    Raises Forbidden when this viewer may not, Invalid when the path is not current or the person is on it already.
    """
    if not who.may_enrol(session, viewer, path.space_id, person, terms.buddy_id):
        raise Forbidden(_("You cannot put this person on a path. Ask a coordinator, or whoever speaks for them."))
    _refuse_unless_current(path)
    if known_on(session, path.id, [person.person_id]):
        raise Invalid([Problem("person", _("This person is on this path already."))])
    problem = _days_problem(terms.started, terms.due)
    if terms.buddy_id == person.person_id:
        problem = Problem("buddy", _("Somebody else should walk along."))
    if problem is not None:
        raise Invalid([problem])
    return begin(session, viewer, path, person, terms)


def begin(
    session: Session,
    viewer: Viewer,
    path: Page,
    person: who.Newcomer,
    terms: Terms,
    *,
    time: datetime | None = None,
    quietly: bool = False,
) -> Enrolment:
    """Write it down, whoever may; `quietly`: nobody is told."""
    due = terms.due or terms.started + timedelta(days=days_of(session, path.id))
    enrolment = Enrolment(
        path_id=path.id,
        person_id=person.person_id,
        org_id=person.org_id,
        role_id=terms.role_id,
        assigned_by=viewer.person_id,
        buddy_id=terms.buddy_id,
        started=terms.started,
        due=due,
        created_at=time or clock.now(),
        ended_why="",
    )
    session.add(enrolment)
    session.flush()
    _record(session, viewer, "path.begun", enrolment, path, time, person=person.person_id)
    if not quietly:
        telling.began(session, viewer, enrolment)
    return enrolment


def enrol_organisation(
    session: Session, viewer: Viewer, path: Page, org_id: int, started: date, due: date | None
) -> list[Enrolment]:
    """Put everybody of an organisation who has a role in the path's space on it; those who are on it stay as they are.

    Raises Forbidden, or Invalid when there is nobody to put on it.
    """
    if not who.may_enrol_organisation(viewer, path.space_id, org_id):
        raise Forbidden(
            _("Only a coordinator, or whoever speaks for the organisation, can put all its people on a path.")
        )
    _refuse_unless_current(path)
    problem = _days_problem(started, due)
    if problem is not None:
        raise Invalid([problem])
    people = who.people_of(session, org_id, path.space_id)
    there = known_on(session, path.id, people)
    new = [one for one in people if one not in there]
    if not new:
        message = _("Everybody of this organisation with a role in the space is on this path already.")
        raise Invalid([Problem("org", message if people else _("Nobody has a role in this space for it yet."))])
    found = []
    for person_id in new:
        person = who.Newcomer(person_id, org_id)
        buddy = who.fitting_buddy(session, path, person)
        found.append(begin(session, viewer, path, person, Terms(started, due, buddy)))
    return found


def _refuse_unless_current(path: Page) -> None:
    if path.state != CURRENT or path.archived_at is not None:
        raise Invalid([Problem("", _("Only a path that is current takes people. Give it to newcomers first."))])


def _days_problem(started: date, due: date | None) -> Problem | None:
    return Problem("due", _("It cannot be due before it begins.")) if due is not None and due < started else None


def mark(
    session: Session,
    viewer: Viewer,
    walk: Walk,
    step: Step,
    status: str,
    note: str = "",
    *,
    time: datetime | None = None,
    by_itself: bool = False,
) -> None:
    """Note that a step is done or skipped, with the revision of its page that the newcomer has before them.

    Raises Forbidden for others than the newcomer, but for meetings, which the buddy may note too.
    """
    if not (walk.mine or (walk.walks_along and step.kind == "meet")):
        raise Forbidden(_("Only who is on the path says what they have done of it."))
    if walk.ended_at is not None:
        raise Invalid([Problem("", _("This path was ended. Begin it again first."))])
    if status not in (DONE, SKIPPED):
        raise Invalid([Problem("do", _("A step is done, or skipped."))])
    when = time or clock.now()
    session.merge(
        StepTaken(
            enrolment_id=walk.id,
            row_id=step.row_id,
            status=status,
            time=when,
            page_id=step.page.id if step.page else None,
            revision=step.page.number if step.page and status == DONE else None,
            by_id=viewer.person_id,
            by_itself=by_itself,
            note=tidy(note)[:NOTE_LENGTH],
            what=step.title[:300],
        )
    )
    enrolment = session.get_one(Enrolment, walk.id)
    path = session.get_one(Page, walk.path_id)
    _record(session, viewer, f"path.{status}", enrolment, path, time, step=step.row_id)
    if status == DONE and step.page is not None and walk.mine:
        page = page_by_id(session, viewer, step.page.id, "view").page
        note_read(session, viewer, page, f"path:{walk.id}#{step.row_id}", time=time)
    left = [one for one in walk.left if one.row_id != step.row_id]
    if not left and walk.total and enrolment.finished_at is None:
        enrolment.finished_at = when
        _record(session, viewer, "path.finished", enrolment, path, time)
        telling.finished(session, viewer, enrolment)
    session.flush()


def take_back(session: Session, viewer: Viewer, walk: Walk, row_id: str) -> None:
    """A step is to do again, as if it had never been marked."""
    step = walk.step(row_id)
    may = walk.mine or (walk.walks_along and step is not None and step.kind == "meet")
    if not may:
        raise Forbidden(_("Only who is on the path says what they have done of it."))
    session.execute(delete(StepTaken).where(StepTaken.enrolment_id == walk.id, StepTaken.row_id == row_id))
    enrolment = session.get_one(Enrolment, walk.id)
    if step is not None and step.needed:
        enrolment.finished_at = None
    _record(session, viewer, "path.taken_back", enrolment, session.get_one(Page, walk.path_id), None, step=row_id)


def change(session: Session, viewer: Viewer, walk: Walk, buddy_id: int | None, due: date | None) -> None:
    """Another buddy, another day. Raises Forbidden, or Invalid for what cannot be."""
    enrolment = _looked_after(session, viewer, walk)
    problem = _days_problem(enrolment.started, due)
    if buddy_id is not None and buddy_id == walk.person.id:
        problem = Problem("buddy", _("Somebody else should walk along."))
    if problem is not None:
        raise Invalid([problem])
    new_buddy = buddy_id != enrolment.buddy_id
    if not new_buddy and due == enrolment.due:
        return
    enrolment.buddy_id, enrolment.due = buddy_id, due
    session.flush()
    _record(session, viewer, "path.changed", enrolment, session.get_one(Page, walk.path_id), None)
    if new_buddy and buddy_id is not None:
        telling.buddy_changed(session, viewer, enrolment)


def end(session: Session, viewer: Viewer, walk: Walk, why: str = "") -> None:
    """Somebody is not on the path any more; what they did stays noted. Raises Forbidden."""
    enrolment = _looked_after(session, viewer, walk)
    if enrolment.ended_at is not None:
        return
    enrolment.ended_at, enrolment.ended_why = clock.now(), tidy(why)[:NOTE_LENGTH]
    _record(session, viewer, "path.ended", enrolment, session.get_one(Page, walk.path_id), None)
    telling.ended(session, viewer, enrolment)


def begin_again(session: Session, viewer: Viewer, walk: Walk, today: date, *, from_the_start: bool) -> None:
    """Somebody who finished or ended is on the path again from today, with what they did, or from its first step.

    Raises Forbidden; Invalid when the path takes nobody, or the person is on it by another enrolment.
    """
    enrolment = _looked_after(session, viewer, walk)
    path = session.get_one(Page, walk.path_id)
    _refuse_unless_current(path)
    there = known_on(session, path.id, [enrolment.person_id]).get(enrolment.person_id)
    if there is not None and there.id != enrolment.id:
        raise Invalid([Problem("", _("This person is on this path already."))])
    if from_the_start:
        session.execute(delete(StepTaken).where(StepTaken.enrolment_id == walk.id))
    enrolment.ended_at = enrolment.finished_at = None
    enrolment.ended_why = ""
    enrolment.started, enrolment.due = today, today + timedelta(days=days_of(session, path.id))
    session.flush()
    _record(session, viewer, "path.begun_again", enrolment, path, None)
    telling.began(session, viewer, enrolment)


def _looked_after(session: Session, viewer: Viewer, walk: Walk) -> Enrolment:
    if not who.may_look_after(session, viewer, walk):
        raise Forbidden(_("Only the newcomer and who looks after them can change this."))
    return session.get_one(Enrolment, walk.id)


def _record(
    session: Session,
    viewer: Viewer,
    verb: str,
    enrolment: Enrolment,
    path: Page,
    time: datetime | None,
    **detail: Any,
) -> None:
    eventlog.record(session, viewer, verb, page=path, time=time, enrolment=enrolment.id, **detail)
