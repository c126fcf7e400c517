"""People on paths, as one reader may know of them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.errors import NotFound
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.models import Enrolment
from wiki.paths.pages import pages_and_names
from wiki.paths.records import Recorded, enrolments
from wiki.paths.walks import Walk, refs, step_pages, walk

#: Neither finished nor ended.
OPEN = and_(Enrolment.ended_at.is_(None), Enrolment.finished_at.is_(None))


def walks(session: Session, catalogue: Catalogue, viewer: Viewer, *where: ColumnElement[bool]) -> list[Walk]:
    """Enrolments with their steps, the newest first, in three statements."""
    return shown(session, catalogue, viewer, enrolments(session, viewer, *where))


def shown(session: Session, catalogue: Catalogue, viewer: Viewer, found: Sequence[Recorded]) -> list[Walk]:
    """Recorded enrolments as the viewer may see them."""
    pages, wordless = step_pages(found)
    there, names = pages_and_names(session, catalogue, viewer, pages | refs(found), wordless)
    return [walk(one, names, there, viewer.person_id) for one in found]


def walk_for(session: Session, catalogue: Catalogue, viewer: Viewer, enrolment: int) -> Walk:
    """One enrolment. Raises NotFound when it is not there or not for this viewer."""
    found = walks(session, catalogue, viewer, Enrolment.id == enrolment)
    if not found:
        raise NotFound(_("There is nobody on a path here, or you may not see it."))
    return found[0]


def on_paths(session: Session, catalogue: Catalogue, viewer: Viewer) -> list[Walk]:
    """The paths that the viewer is on, the one due first first."""
    if viewer.person_id is None:
        return []
    found = walks(session, catalogue, viewer, Enrolment.person_id == viewer.person_id, OPEN)
    return sorted(found, key=lambda one: (one.due or date.max, one.id))


def my_walk(session: Session, catalogue: Catalogue, viewer: Viewer, path_id: int) -> Walk | None:
    """The viewer on one path: the enrolment that is open, else the last one that has not been ended."""
    if viewer.person_id is None:
        return None
    mine = (Enrolment.person_id == viewer.person_id, Enrolment.path_id == path_id, Enrolment.ended_at.is_(None))
    return next(iter(walks(session, catalogue, viewer, *mine)), None)


def walks_along(session: Session, catalogue: Catalogue, viewer: Viewer) -> list[Walk]:
    """The people whose buddy the viewer is."""
    if viewer.person_id is None:
        return []
    return walks(session, catalogue, viewer, Enrolment.buddy_id == viewer.person_id, OPEN)


def buddies_of(session: Session, person_id: int) -> list[int]:
    """Who walks along with somebody on the paths that they are on, the newest first; pages of people."""
    query = select(Enrolment.buddy_id).where(Enrolment.person_id == person_id, OPEN, Enrolment.buddy_id.is_not(None))
    return list(dict.fromkeys(one for one in session.scalars(query.order_by(Enrolment.id.desc())) if one is not None))


def known_on(session: Session, path_id: int, people: Collection[int]) -> dict[int, Any]:
    """Of these people those who have not ended on the path: person -> enrolment."""
    query = select(Enrolment).where(
        Enrolment.path_id == path_id, Enrolment.person_id.in_(people), Enrolment.ended_at.is_(None)
    )
    return {one.person_id: one for one in session.scalars(query)}


def ever_on(session: Session, path_id: int, people: Collection[int]) -> set[int]:
    """Of these people those who are or were on the path."""
    query = select(Enrolment.person_id).where(Enrolment.path_id == path_id, Enrolment.person_id.in_(people))
    return set(session.scalars(query))


def for_home(session: Session, catalogue: Catalogue, viewer: Viewer) -> list[Walk]:
    """The paths that the viewer is on, the one due first first, and the people whose buddy they are."""
    me = viewer.person_id
    if me is None:
        return []
    found = walks(session, catalogue, viewer, OPEN, or_(Enrolment.person_id == me, Enrolment.buddy_id == me))
    return sorted(found, key=lambda one: (one.due or date.max, one.id))
