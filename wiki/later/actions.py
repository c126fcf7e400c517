"""Adding to a page without rewriting it."""

from datetime import date

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.models import Page
from wiki.pages import locks
from wiki.pages.actions import Saved, save_page
from wiki.pages.storing import content_of, current_revision
from wiki.text import normal, tidy

LONGEST_NOTE = 5_000


def add_note(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, text: str, today: date) -> Saved:
    """One more dated note, under the name of who writes it. Raises Invalid when there is nothing to add, or no place for it."""
    kind = catalogue[page.kind]
    text = normal(text).strip()[:LONGEST_NOTE]
    if not text or not kind.notes_later:
        raise Invalid([Problem("text", _("Write what is to be added."))])
    content = locks.with_note(kind, viewer, _now(session, page), text, today.isoformat())
    return save_page(session, catalogue, viewer, page, content, page.number, _("Added a note"))


def report_condition(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, seen: str) -> Saved:
    """Say that the condition on which people wanted to look again has been met. The page stays in its state.

    Raises Invalid when nothing is said of what was seen, or when the page waits for no condition.
    """
    kind = catalogue[page.kind]
    said, content = kind.watches, _now(session, page)
    if said is None or said.when not in content.fields or page.state not in kind.counted or kind.state(page.state).over:
        raise Invalid([Problem("text", _("This page does not wait for a condition."))])
    seen = tidy(seen)[:300]
    if not seen:
        raise Invalid([Problem("text", _("Say what was seen, and when: whoever looks again needs it."))])
    content.fields |= {said.met: "yes", said.note: seen}
    note = _("The condition for a new look has occurred")
    return save_page(session, catalogue, viewer, page, content, page.number, note)


def _now(session: Session, page: Page) -> Content:
    return content_of(current_revision(session, page))
