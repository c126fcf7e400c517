"""A step that asks for a first small edit is done when the newcomer saves one."""

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.kinds import Catalogue
from wiki.models import Enrolment, Page
from wiki.pages.following import Change
from wiki.paths import telling
from wiki.paths.actions import mark
from wiki.paths.queries import OPEN, shown
from wiki.paths.records import recorded
from wiki.paths.walks import DONE, Step, Walk

TRY = "try"


def follow_edits(session: Session, catalogue: Catalogue, viewer: Viewer, change: Change) -> None:
    """Whatever somebody on a path writes completes a step that asks for it: on its page, or anywhere if it names none."""
    if viewer.person_id is None or change.before.canonical() == change.after.canonical():
        return
    found = recorded(session, Enrolment.person_id == viewer.person_id, OPEN)
    if not found:
        return
    for walk in shown(session, catalogue, viewer, found):
        step = _asked(walk, change.page)
        if step is not None:
            mark(session, viewer, walk, step, DONE, by_itself=True)
            telling.tried(session, viewer, session.get_one(Enrolment, walk.id), change.page.id)


def _asked(walk: Walk, page: Page) -> Step | None:
    """The first step that this edit completes."""
    for step in walk.steps:
        anywhere = step.page is None and not step.names_page
        here = step.page is not None and step.page.id == page.id
        if step.kind == TRY and not step.settled and (here or anywhere):
            return step
    return None
