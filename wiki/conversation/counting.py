"""How much is said about a page: counted in the statement that reads the page, so that a page view asks no more than before."""

from typing import Any

from sqlalchemy import ScalarSelect, func, literal_column, select

from wiki.access import Found, Viewer
from wiki.conversation.rights import may_follow
from wiki.models import Page, Suggestion, Thread

_BETWEEN = "|"


def open_threads() -> ScalarSelect[Any]:
    """For a statement that reads `page`: what its open threads are about, a field's key or nothing for each."""
    between: Any = literal_column(f"'{_BETWEEN}'")  # a bound one would not survive being prepared
    about = select(func.aggregate_strings(Thread.field, between))
    return about.where(Thread.page_id == Page.id, Thread.state == "open").correlate(Page).scalar_subquery()


def open_suggestions() -> ScalarSelect[Any]:
    count = select(func.count()).select_from(Suggestion)
    return count.where(Suggestion.page_id == Page.id, Suggestion.state == "open").correlate(Page).scalar_subquery()


def count(viewer: Viewer, found: Found, about: str | None, hidden: frozenset[str]) -> int | None:
    """How many open threads this reader may follow; None where there is no conversation for them."""
    if not may_follow(viewer, found):
        return None
    return 0 if about is None else sum(field not in hidden for field in about.split(_BETWEEN))
