"""What a form says of an event that is not saved yet: its days, and whom it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Viewer, page_for, space_for
from wiki.errors import Invalid, NotFound
from wiki.events.capacity import Clash, concerned, later_day, read_clashes, time_said
from wiki.events.dates.keeping import complete, earlier_reason, why_kept
from wiki.events.plan import IDEA, KIND, Plan, planned
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.kinds.types.base import Form
from wiki.pages.editing import Editing
from wiki.pages.storing import content_of, current_revision

#: Inputs that matter for it: the days, the organisations named, those needed for a part of the programme.
ASKED = ("f.dates", "f.hosts", "f.contributing_orgs", "r.agenda")


@dataclass(frozen=True)
class Answer:
    """How the days of a form clash, and the first later day on which they would not."""

    plan: Plan
    clashes: list[Clash]
    later: date | None
    #: The reason that keeps these days, as it would be saved with the form.
    kept: str = ""
    #: One that was given for other days, in words.
    earlier: str = ""


def ask(
    session: Session, catalogue: Catalogue, viewer: Viewer, space: str, slug: str, form: Form, today: date
) -> Answer:
    """Whether the days in a form suit those whom it names. What cannot be read yet is left out: saving says what is wrong.

    `form` holds inputs of ASKED alone, so that asking never makes a page for a name. `slug` is "" for a new page; raises
    what the whole form would raise for who may not write there.
    """
    editing = _editing(session, catalogue, viewer, space, slug)
    fields = _read(session, catalogue, viewer, editing, form)
    plan = planned(fields, editing.page.state if editing.page else IDEA)
    rows = time_said(session, viewer, concerned(fields)) if plan.first is not None else []
    found = read_clashes(rows, plan, today)
    later = later_day(rows, plan, today) if found else None
    return Answer(plan, found, later, why_kept(fields), earlier_reason(fields))


def _editing(session: Session, catalogue: Catalogue, viewer: Viewer, space: str, slug: str) -> Editing:
    if not slug:
        return Editing.new(space_for(session, viewer, space, "create"), catalogue[KIND], "")
    found = page_for(session, viewer, space, slug, "edit")
    if found.page.kind != KIND:
        raise NotFound(_("This page is no event."))
    return Editing.of(catalogue, found)


def _read(session: Session, catalogue: Catalogue, viewer: Viewer, editing: Editing, form: Form) -> Mapping[str, Any]:
    """The fields as saving the form would store them."""
    began = content_of(current_revision(session, editing.page)) if editing.page is not None else Content(title="")
    try:
        content: Content = editing.read(session, catalogue, viewer, form)
    except Invalid as error:
        content = error.readable
    return complete(session, viewer, began, content).fields
