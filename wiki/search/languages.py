"""The languages that pages are written in."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from wiki.models import SearchText


def in_use(session: Session) -> list[str]:
    """One look into an index for each language, not one for each page."""
    first = select(func.min(SearchText.language).label("language")).cte("languages", recursive=True)
    later = aliased(SearchText)
    following = select(func.min(later.language)).where(later.language > first.c.language).scalar_subquery()
    steps = first.union_all(select(following).where(first.c.language.is_not(None)))
    return [found for found in session.scalars(select(steps.c.language)) if found is not None]
