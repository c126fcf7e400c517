"""Questions from who comes, answered by who leaves or by the manager; both stay with the note."""

import copy
from datetime import date

from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.errors import Forbidden, Invalid, Problem
from wiki.handover import telling
from wiki.handover.notes import content_now
from wiki.handover.passing import may_hand
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.kinds.types.tables import new_row_id
from wiki.pages.actions import hold, save_page
from wiki.text import normal, shorten, tidy

QUESTION_LENGTH, ANSWER_LENGTH = 300, 5000


def ask(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, question: str) -> None:
    """Ask on the note. Raises Invalid when nothing is asked."""
    question = tidy(question)
    if not question:
        raise Invalid([Problem("question", _("Write your question."))])
    if len(question) > QUESTION_LENGTH:
        raise Invalid([Problem("question", _("Ask in at most %(count)s characters.", count=QUESTION_LENGTH))])
    page = hold(session, catalogue, found.page)
    content = _copy(content_now(session, page))
    taken = {row["id"] for value in content.fields.values() if isinstance(value, list) for row in value if _is_row(row)}
    row = {"id": new_row_id(taken), "question": question}
    content.fields["questions"] = [*content.rows("questions"), row]
    note = _("Asked: %(question)s", question=shorten(question, 200))
    save_page(session, catalogue, viewer, page, content, page.number, note)
    telling.asked(session, viewer, page, content, question)


def answer(
    session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, row_id: str, text: str, today: date
) -> None:
    """Answer a question; an answer may be written anew. Raises Invalid, and Forbidden when it is not the viewer's to answer."""
    page = hold(session, catalogue, found.page)
    content = _copy(content_now(session, page))
    if not may_hand(viewer, content):
        raise Forbidden(_("Who leaves answers, or the manager."))
    row = next((row for row in content.rows("questions") if row["id"] == row_id), None)
    text = normal(text).strip()[:ANSWER_LENGTH]
    if row is None or not text:
        raise Invalid([Problem(f"answer-{row_id}", _("Write the answer."))])
    row |= {"answer": text, "answered_by": viewer.person_id, "on": today.isoformat()}
    note = _("Answered: %(question)s", question=shorten(str(row.get("question", "")), 200))
    save_page(session, catalogue, viewer, page, content, page.number, note)
    telling.answered(session, viewer, page, content, text)


def _copy(content: Content) -> Content:
    return Content(content.title, content.body, copy.deepcopy(content.fields))


def _is_row(value: object) -> bool:
    return isinstance(value, dict) and "id" in value
