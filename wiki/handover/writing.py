"""The working view as a form: the inputs of the page's own form, so that it is read, merged and refused like any edit."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.handover.notes import OPEN
from wiki.handover.passing import may_hand
from wiki.handover.showing import Shown
from wiki.kinds import Catalogue
from wiki.kinds.types.base import Form
from wiki.pages.editing import Editing
from wiki.writing.drafts import Typed

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
