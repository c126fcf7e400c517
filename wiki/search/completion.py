"""Titles that fit what is being typed: for pickers and links."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import FromClause, case, func, or_, select, union
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.models import Page, Space
from wiki.search import language
from wiki.search.engine import engine
from wiki.search.language import Needle
from wiki.search.query import MAX_LENGTH, MAX_WORDS, Word, readable
from wiki.text import title_key

MOST = 50


class Completion(NamedTuple):
    """A page that may be meant; `space` and `slug` are its address, `over` is "" or says why it no longer counts."""

    page_id: int
    title: str
    space: str
    slug: str
    kind: str
    state: str
    over: str


def complete(
    session: Session,
    viewer: Viewer,
    text: str,
    kinds: Sequence[str] | None = None,
    limit: int = 10,
    space_id: int | None = None,
) -> list[Completion]:
    """Pages that the viewer may open and whose titles have words beginning with all the words typed, or that are called so.

    What still counts comes first, unless it is called just so; of these, titles that begin with the text, then short ones. Nothing
    typed: the pages changed last.
    """
    text = readable(text)[:MAX_LENGTH]
    beginnings = language.beginnings_of_titles(text)[:MAX_WORDS]
    query = (
        select(Page.id, Page.title, Space.slug.label("space"), Page.slug, Page.kind, Page.state, Page.over)
        .join(Space, Space.id == Page.space_id)
        .where(visible_pages(viewer), Page.archived_at.is_(None))
    )
    if kinds:
        query = query.where(Page.kind.in_(list(kinds)))
    if space_id is not None:
        query = query.where(Page.space_id == space_id)
    if beginnings:
        found = _titled_or_called(session, text, beginnings)
        typed = title_key(text)
        counts = case((or_(Page.over == "", Page.title_key == typed), 0), else_=1)
        first = case((Page.title_key.startswith(typed, autoescape=True), 0), else_=1)
        query = query.join(found, found.c.page_id == Page.id).order_by(
            counts, first, func.length(Page.title), Page.title_key, Page.id
        )
    elif text:
        return []
    else:
        query = query.order_by(Page.changed_at.desc(), Page.id.desc())
    with engine(session).searching(session):
        return [Completion(*row) for row in session.execute(query.limit(max(1, min(limit, MOST))))]


def _titled_or_called(session: Session, text: str, beginnings: Sequence[str]) -> FromClause:
    """Ids (`page_id`): by words of titles; of a text with a number in it also the page that people call so ("decision 9")."""
    titled = engine(session).titled(beginnings)
    identity = language.identity(text) if any(char.isdigit() for char in text) else ""
    if not identity:
        return titled
    name = Word(text)
    called = engine(session).matching(name, {name: (Needle((identity,)),)}, "called")
    return union(select(titled.c.page_id), select(called.c.page_id)).subquery("found")
