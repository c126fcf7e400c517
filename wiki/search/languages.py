"""The languages that pages are written in."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from wiki.models import SearchText
from wiki.prepared import Prepared


def _statement() -> Select[str]:
    """One look into an index for each language, not one for each page."""
    first = select(func.min(SearchText.language).label("language")).cte("languages", recursive=True)
    later = aliased(SearchText)
    following = select(func.min(later.language)).where(later.language > first.c.language).scalar_subquery()
    steps = first.union_all(select(following).where(first.c.language.is_not(None)))
    return select(steps.c.language)


_IN_USE = Prepared(_statement())


def in_use(session: Session) -> list[str]:
    return [row.language for row in _IN_USE(session) if row.language is not None]
