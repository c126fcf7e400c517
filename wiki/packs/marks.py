"""The word that says which versions of page templates there are: read along with what a request asks first."""

from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from wiki.models import Event, TemplateVersion
from wiki.prepared import Prepared


def newest_mark() -> ScalarSelect[Any]:
    """The mark of the newest version; NULL as long as the templates are those of the files."""
    return select(TemplateVersion.mark).order_by(TemplateVersion.id.desc()).limit(1).scalar_subquery()


_NEWEST = Prepared(select(newest_mark().label("mark")))


def mark_of(session: Session) -> str:
    """The mark of the newest version of a template; "" as long as all are those of the files."""
    return _NEWEST.one_or_none(session).mark or ""


_NOW = Prepared(select(func.max(Event.id).label("event"), newest_mark().label("mark")))


def now(session: Session) -> tuple[int, str]:
    """The number of the newest event, and that mark, for requests of nobody in particular."""
    row = _NOW.one_or_none(session)
    return row.event or 0, row.mark or ""
