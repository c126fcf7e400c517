"""Finding pages: what this viewer may open, in the order of how well it answers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from wiki import i18n
from wiki.access import Viewer, visible_pages
from wiki.i18n import gettext as _
from wiki.models import Page, SearchText, Space
from wiki.search import filters, spelling
from wiki.search.engine import engine
from wiki.search.filters import Choice
from wiki.search.plan import Leaf, Plan, looser, plan
from wiki.search.query import MAX_LENGTH, Query, Word, parse, readable
from wiki.search.snippets import Marked, Marker, snippet

#: Results that one question gives at most.
MOST = 200


@dataclass(frozen=True)
class Hit:
    """A page that was found. `snippet` is text in pieces, each marked or not; `row_id` and `row_text` name the row
    that matched, when it is a row that did."""

    page_id: int
    space: str
    slug: str
    title: str
    kind: str
    state: str
    snippet: Marked
    row_id: str | None
    row_text: str | None
    archived: bool


@dataclass(frozen=True)
class Results:
    """`suggestion` is the question with its misspelt words mended; `notice` says, in the reader's language, how the
    question was understood when that was not as it was written."""

    total: int
    hits: list[Hit]
    suggestion: str | None = None
    notice: str | None = None


def find(
    session: Session,
    viewer: Viewer,
    text: str,
    *,
    kind: Choice = None,
    state: Choice = None,
    space: Choice = None,
    owner: int | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Results:
    """Pages that the viewer may open and that answer the question: all of its words first, else most of them.

    `kind`, `state` and `space` (slug) take one value or several; `owner` is the id of a page. A question without words
    lists what the filters leave, changed last first; without filters too, nothing. Totals, snippets and suggestions
    are made of pages that the viewer may open, and of nothing else. Never raises for what people type.
    """
    question = parse(text)
    limit, offset = max(0, min(limit, MOST)), max(0, offset)
    conditions = [*filters.chosen(kind, state, space, owner), *filters.typed(session, viewer, question.filters)]
    where = and_(visible_pages(viewer), *conditions)
    spoken = viewer.language or i18n.language()
    asked = plan(question.tree, _languages(session) if question.tree else [], spoken)
    if asked.wanted is None and asked.unwanted is None and not conditions:
        return Results(0, [], notice=_notice(question))
    search = _Search(session, where, limit, offset)
    suggestion, looser_words = None, False
    with engine(session).searching(session):
        total, ids = search.run(asked)
        if not total and asked.wanted is not None:
            known = [leaf for leaf in asked.words if search.has(asked, leaf)]
            suggestion = _suggestion(search, viewer, readable(text)[:MAX_LENGTH], asked, known)
            total, ids = search.first_of(looser(asked, known))
            looser_words = total > 0
    return Results(total, search.hits(asked, ids), suggestion, _notice(question, looser_words))


class _Search:
    """One question's condition and page of results, asked in several ways."""

    def __init__(self, session: Session, where: ColumnElement[bool], limit: int, offset: int) -> None:
        self.session = session
        self.where = where
        self.limit = limit
        self.offset = offset

    def run(self, asked: Plan) -> tuple[int, list[int]]:
        """How many pages there are, and the ids of those on this page of results."""
        query = engine(self.session).ranked(asked, self.where) if asked.wanted else self._listed(asked)
        rows = self.session.execute(query.limit(max(self.limit, 1)).offset(self.offset)).all()
        if not rows and self.offset:  # past the end, where no row says the total
            rows = self.session.execute(query.limit(1)).all()
            return (rows[0][1] if rows else 0), []
        return (rows[0][1] if rows else 0), [row[0] for row in rows[: self.limit]]

    def first_of(self, plans: Iterable[Plan]) -> tuple[int, list[int]]:
        """The first of the plans that finds anything."""
        for asked in plans:
            total, ids = self.run(asked)
            if total:
                return total, ids
        return 0, []

    def has(self, asked: Plan, leaf: Leaf) -> bool:
        """Whether any page that meets the condition has the word."""
        having = engine(self.session).matching(leaf, asked.needles)
        found = select(having.c.page_id).join(Page, Page.id == having.c.page_id).where(self.where).limit(1)
        return self.session.execute(found).first() is not None

    def hits(self, asked: Plan, ids: Sequence[int]) -> list[Hit]:
        """The pages to show, in this order, each with the passage that answers."""
        if not ids:
            return []
        found = self.session.execute(
            select(Page.id, Space.slug.label("space"), *_SHOWN)
            .join(Space, Space.id == Page.space_id)
            .join(SearchText, SearchText.page_id == Page.id)
            .where(Page.id.in_(ids), self.where)
        )
        markers: dict[str, Marker] = {}
        needles = [(leaf, asked.needles[leaf]) for leaf in asked.words]
        shown = {}
        for row in found:
            if row.language not in markers:
                markers[row.language] = Marker(needles, row.language)
            shown[row.id] = _hit(row, markers[row.language])
        return [shown[page_id] for page_id in ids if page_id in shown]

    def _listed(self, asked: Plan) -> Select[int, int]:
        """Pages without a word to look for, changed last first."""
        query = select(Page.id, func.count().over()).where(self.where)
        if asked.unwanted:
            unwanted = engine(self.session).matching(asked.unwanted, asked.needles)
            query = query.where(Page.id.not_in(select(unwanted.c.page_id)))
        return query.order_by(Page.changed_at.desc(), Page.id.desc())


#: What a hit is made of: the page, and its texts as they were indexed.
_SHOWN = (
    Page.slug,
    Page.title,
    Page.kind,
    Page.state,
    Page.archived_at,
    SearchText.language,
    SearchText.lead,
    SearchText.fields,
    SearchText.body,
    SearchText.rows_json,
)


def _hit(row: Any, marker: Marker) -> Hit:
    rows = [(row_id, text) for row_id, text in row.rows_json]
    found = snippet(marker, row.title, (row.lead, row.body, row.fields), rows)
    return Hit(
        page_id=row.id,
        space=row.space,
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        state=row.state,
        snippet=found.pieces,
        row_id=found.row_id,
        row_text=found.row_text,
        archived=row.archived_at is not None,
    )


def _suggestion(search: _Search, viewer: Viewer, text: str, asked: Plan, known: Sequence[Leaf]) -> str | None:
    """The question with the words that no page has replaced by near ones, if that finds something."""
    mended = text
    readable = visible_pages(viewer)
    for leaf in asked.words:
        if leaf in known or not isinstance(leaf, Word) or leaf.prefix:
            continue
        better = spelling.instead_of(search.session, leaf.text, readable)
        if better:
            mended = re.sub(rf"(?<!\w){re.escape(leaf.text)}(?!\w)", better, mended, count=1)
    if mended == text:
        return None
    languages = _languages(search.session)
    total, _ids = search.run(plan(parse(mended).tree, languages, viewer.language or i18n.language()))
    return mended if total else None


def _languages(session: Session) -> list[str]:
    """The languages that pages are written in: one look into an index for each, not one for each page."""
    first = select(func.min(SearchText.language).label("language")).cte("languages", recursive=True)
    later = aliased(SearchText)
    following = select(func.min(later.language)).where(later.language > first.c.language).scalar_subquery()
    steps = first.union_all(select(following).where(first.c.language.is_not(None)))
    return [found for found in session.scalars(select(steps.c.language)) if found is not None]


def _notice(question: Query, looser_words: bool = False) -> str | None:
    said = []
    if question.cut:
        said.append(_("Only the first %(count)s characters were read.", count=i18n.format_number(MAX_LENGTH)))
    if question.left_out:
        said.append(_("Too many words; left out: %(words)s.", words=", ".join(question.left_out)))
    if looser_words:
        said.append(_("No page has all of these words. These pages have most of them."))
    return " ".join(said) or None
