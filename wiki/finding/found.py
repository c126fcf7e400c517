"""The pages that a question finds, without their passages: for feeds, files, and searches that people keep."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.finding.asking import Asked
from wiki.models import Page
from wiki.search.chosen import Chosen
from wiki.search.finding import Search


def chosen_in(asked: Asked) -> Chosen:
    return Chosen.of(asked.chosen, replaced=asked.replaced)


def searching(session: Session, viewer: Viewer, asked: Asked, *, strict: bool = False) -> Search:
    """The question as search understands it for this viewer; `strict`: without pages that lack some of the words."""
    return Search(session, viewer, asked.words, chosen_in(asked), strict=strict)


def ids_of(session: Session, viewer: Viewer, asked: Asked, most: int) -> list[int]:
    """What answers a question for somebody, the pages that changed last first: pages with all of its words."""
    if not asked.anything:
        return []
    search = searching(session, viewer, asked, strict=True)
    newest: Select[int] = (
        select(Page.id)
        .where(Page.id.in_(search.matches()))
        .order_by(Page.changed_at.desc(), Page.id.desc())
        .limit(most)
    )
    with search.searching():
        return list(session.scalars(newest))
