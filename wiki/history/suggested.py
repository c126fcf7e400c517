"""Revisions that came from a suggestion: who suggested what somebody else accepted."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.models import Event, Page, Suggestion

#: What the log says when pieces of a suggestion were put into the page; its detail names the suggestion and the revision.
ACCEPTED = "suggestion.accepted"


@dataclass(frozen=True)
class Suggested:
    """The suggestion that a revision took pieces from."""

    id: int
    author: str
    note: str


def suggested(session: Session, page: Page) -> Mapping[int, Suggested]:
    """Number of a revision -> what it was suggested by."""
    logged = session.scalars(select(Event.detail).where(Event.page_id == page.id, Event.verb == ACCEPTED))
    came = {detail["number"]: detail["suggestion"] for detail in logged if "number" in detail}
    if not came:
        return {}
    found = select(Suggestion.id, Suggestion.author_name, Suggestion.note).where(Suggestion.id.in_(came.values()))
    known = {row.id: Suggested(*row) for row in session.execute(found)}
    return {number: known[one] for number, one in came.items() if one in known}
