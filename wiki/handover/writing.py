"""The working view as a form: the inputs of the page's own form, so that it is read, merged and refused like any edit."""

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.errors import Invalid, NotFound, Problem
from wiki.handover import keeping
from wiki.handover.items import Row, status_of
from wiki.handover.notes import OPEN, content_now
from wiki.handover.passing import may_hand
from wiki.handover.showing import Shown
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.kinds.carrying_forms import Typed
from wiki.kinds.redact import keep_hidden
from wiki.kinds.types.base import Form
from wiki.pages import forms
from wiki.pages.actions import hold, save_page
from wiki.pages.editing import Editing
from wiki.pages.referring import Kept
from wiki.pages.typed import TypedPages

#: Tables and fields that the working view holds as a whole.
TABLES = ("items", "relationships", "partners_told")
FIELDS = ("first_week", "unwritten", "places", "sensitive")


def place(page_id: int) -> str:
    """The name under which what is typed here is kept until it is saved."""
    return f"items:{page_id}"


def may_write(viewer: Viewer, shown: Shown) -> bool:
    """Who leaves, the manager and coordinators write here, as long as the note is open; others use the page's own form."""
    page = shown.found.page
    if page.state not in OPEN or not shown.found.may("edit"):
        return False
    return may_hand(viewer, shown.content) or "coordinator" in viewer.roles(page.space_id)


def values(session: Session, catalogue: Catalogue, viewer: Viewer, editing: Editing, shown: Shown) -> dict[str, Any]:
    """Input names and what stands in them; after the partners that were told, a line for each that was not."""
    found = editing.values(session, catalogue, viewer, shown.content)
    n = len(shown.content.rows("partners_told"))
    for number, title in enumerate(shown.untold.values(), n):
        found |= {f"r.partners_told.{number}.id": "", f"r.partners_told.{number}.org": title}
    return found


def hidden_cells(kind_columns: Mapping[str, set[str]], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and texts of cells that the view does not show, so that they come back as they were."""
    found = []
    for name, text in values.items():
        table, _dot, cell = name.removeprefix("r.").partition(".")
        column = cell.partition(".")[2].partition(".")[0]
        if name.startswith("r.") and table in kind_columns and column not in kind_columns[table]:
            found += [(name, one) for one in (text if isinstance(text, list) else [text])]
    return found


def sent(form: Form) -> Typed:
    """The form without lines of partners of whom nothing was said: they were only offered."""
    texts: dict[str, set[str]] = {}
    for name in form:
        if name.startswith("r.partners_told."):
            number, _dot, column = name.removeprefix("r.partners_told.").partition(".")
            said = texts.setdefault(number, set())
            said |= {column} if (form.get(name) or "").strip() else set()
    gone = tuple(f"r.partners_told.{number}." for number, said in texts.items() if not said & _SAYING)
    return Typed({name: form.getlist(name) for name in form if not (gone and name.startswith(gone))})


#: What makes a line of a partner more than an offer: that it was there already, or that something is said.
_SAYING = {"id", "told_by", "told_on", "how"}


#: What is written of a thing by hand; the other ways of a status are acts: offering, taking on, sending back.
BY_HAND = ("to_pass_on", "not_needed")


def write_item(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    row_id: str,
    given: Mapping[str, Any],
    today: date,
) -> None:
    """One thing of the list: "what_to_know", "next_owner" (None empties it), "status". What is not given stays. Raises Invalid, NotFound."""
    keeping.refresh(session, catalogue, viewer, found.page, today)
    page, kind = hold(session, catalogue, found.page), catalogue[found.page.kind]
    before = content_now(session, page)
    rows = copy.deepcopy(before.rows("items"))
    row = next((row for row in rows if row["id"] == row_id), None)
    if row is None:
        raise NotFound(_("This thing is not on the list."))
    names = TypedPages(session, viewer, found.space.slug)
    problems = _wrong(row, given, names)
    if problems:
        raise Invalid(problems)
    kept = {key: value for key, value in {**row, **given}.items() if value not in (None, "")}
    row.clear()
    row.update(kept)
    names = TypedPages(session, viewer, found.space.slug, Kept.of(kind, before))
    content = forms.read_json(catalogue, kind, before.title, before.body, {"items": rows}, names, before)
    content = keep_hidden(kind, before, content, viewer.person_id, page.state)
    save_page(session, catalogue, viewer, page, content, page.number, _("Worked on the items"))
    keeping.refresh(session, catalogue, viewer, page, today)


def _wrong(row: Row, given: Mapping[str, Any], names: TypedPages) -> list[Problem]:
    problems = []
    if status_of(row) in ("accepted", "closed"):
        problems.append(Problem("row", _("This is settled: nothing is written about it any more.")))
    if given.get("status", BY_HAND[0]) not in BY_HAND:
        problems.append(Problem("status", _("Known here: %(known)s.", known=", ".join(BY_HAND))))
    person = given.get("next_owner")
    if person is not None and person != row.get("next_owner") and not names.known(person, ("person",)):
        problems.append(Problem("next_owner", _("There is no person with that number.")))
    return problems
