"""The pages that answer a question, for one viewer: as statements, in their order, and as sets that are cut and counted.

How many there are is asked once, as a set of all pages that match, whoever may see them; what the viewer may see, what still
counts and what the filters leave is cut out of it (`shelf.py`). Only the pages of one page of results are ranked, read and
joined to their texts, and the database applies the viewer's rights to them again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    collate,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.models import Page, SearchText, Space
from wiki.prepared import IdList, Prepared
from wiki.search import bits, facets, filters, language
from wiki.search.chosen import Chosen
from wiki.search.engine import engine
from wiki.search.hits import ALL_WORDS, EXACT, SHOWN, SOME_WORDS
from wiki.search.language import Needle
from wiki.search.plan import Named, Plan, Share
from wiki.search.query import Query, Word
from wiki.search.shelf import Shelf, shelf
from wiki.search.weights import IN_TITLE, weight


@dataclass(frozen=True)
class Way:
    """How a question is asked: which words are wanted, and which of the pages come first because they have them all.

    `mended`: the words are those of the suggestion.
    """

    plan: Plan
    first: Plan | None = None
    mended: bool = False


class Row(NamedTuple):
    """A page that is shown: SHOWN and the slug of its space, its place in the order, and how many were ranked."""

    page: Any
    tier: int
    leading: int = 0


_COLUMNS: tuple[Any, ...] = (*SHOWN, Space.slug.label("space"))
_SHOWN = Prepared(
    select(*_COLUMNS)
    .join(Space, Space.id == Page.space_id)
    .outerjoin(SearchText, SearchText.page_id == Page.id)
    .where(Page.id.op("IN")(IdList(bindparam("ids", type_=String))))
)


class Matching:
    """`plan` is the question as it was asked, `typed` are the filters written in it, `chosen` those of the form."""

    def __init__(
        self,
        session: Session,
        viewer: Viewer,
        question: Query,
        chosen: Chosen,
        plan: Plan,
        typed: Sequence[ColumnElement[bool]],
    ) -> None:
        self.session = session
        self.viewer = viewer
        self.question = question
        self.chosen = chosen
        self._plan = plan
        self._typed = typed
        self._engine = engine(session)
        self._known: tuple[Plan, int] | None = None

    @cached_property
    def shelf(self) -> Shelf:
        return shelf(self.session)

    def unfiltered(self, way: Way) -> int:
        """The set of pages that would be listed without the filters of the form."""
        found = self._matching(way.plan) & self.shelf.visible(self.session, self.viewer)
        return found if self._standing_chosen(self.chosen) else found & self._still_counting

    def passing(self, way: Way) -> tuple[int, int]:
        """The set of pages that match and pass all filters, and of those among them that are listed."""
        found = self._matching(way.plan) & self.shelf.visible(self.session, self.viewer)
        for passing in self._passing:
            found &= passing
        return found, found if self._standing_chosen(self.chosen) else found & self._still_counting

    @cached_property
    def _passing(self) -> list[int]:
        return list(facets.passing_pages(self.session, self.viewer, self.shelf, self.chosen).values())

    def _standing_chosen(self, chosen: Chosen) -> bool:
        return filters.standing_chosen(chosen, self.question.filters)

    def _matching(self, plan: Plan) -> int:
        """All pages that match, whoever may see them."""
        if self._known is None or self._known[0] is not plan:
            self._known = plan, self._looked_up(plan)
        return self._known[1]

    def _looked_up(self, plan: Plan) -> int:
        wanted = plan.needed or plan.wanted
        if wanted is not None and not self._typed:
            found = self._engine.held(self.session, wanted, plan.needles)
        else:
            asked = select(Page.id).where(*self._typed)
            if wanted is not None:
                having = self._engine.matching(wanted, plan.needles)
                asked = asked.join(having, having.c.page_id == Page.id)
            found = bits.read(self.session, asked)
        if plan.unwanted is not None:
            found &= ~self._engine.held(self.session, plan.unwanted, plan.needles)
        return found

    @cached_property
    def _still_counting(self) -> int:
        """All but the pages that are left out, unless one of these is called just what was asked."""
        left_out = 0
        for over in filters.LEFT_OUT:
            left_out |= self.shelf.pages("over", over)
        return ~left_out | (self._engine.held(self.session, *self._identity) if self._identity else 0)

    def statement(self, way: Way, chosen: Chosen) -> Select[int]:
        """Ids (`page_id`) of the pages that are listed with these filters, in no order."""
        query = select(Page.id.label("page_id")).where(self._where(chosen))
        if not self._standing_chosen(chosen):
            query = query.where(self._counts_still)
        return self._having(query, way.plan).correlate(None)  # whoever asks may select from `page` as well

    def _having(self, query: Select[Any], plan: Plan) -> Select[Any]:
        """With the words that are needed, and without those that are not wanted."""
        wanted = plan.needed or plan.wanted
        if wanted is not None:
            found = self._engine.matching(wanted, plan.needles, "found")
            query = query.join(found, found.c.page_id == Page.id)
        if plan.unwanted is not None:
            unwanted = self._engine.matching(plan.unwanted, plan.needles, "unwanted")
            query = query.where(Page.id.not_in(select(unwanted.c.page_id)))
        return query

    @cached_property
    def where(self) -> ColumnElement[bool]:
        """What a page must be, beside its words."""
        return self._where(self.chosen)

    def _where(self, chosen: Chosen) -> ColumnElement[bool]:
        return and_(visible_pages(self.viewer), *filters.chosen_pages(self.viewer, chosen), *self._typed)

    def shown(self, way: Way, sort: str, limit: int, offset: int, total: int) -> list[Row]:
        """What hits are made of, for one page of the results, of which there are `total`."""
        if sort != "best":
            return self._read(self._unranked(way), sort, limit, offset)
        if way.plan.wanted is None:
            return self._read(self._by_time(way), sort, limit, offset)
        found = self._matching(way.plan)
        if found.bit_count() > self._engine.MANY:
            rows = self._read(self._ranked(way, Share.LEADING), sort, limit, offset, "leading")
            if len(rows) == min(limit, total - offset) and rows[0].leading >= self._engine.ENOUGH:
                return rows
        share = self._engine.share(self.session, way.plan, found)
        return self._read(self._ranked(way, share), sort, limit, offset)

    def _read(self, seen: CTE, sort: str, limit: int, offset: int, *more: str) -> list[Row]:
        """The rows of one page of results: which they are is asked with the viewer's rights, what they hold by their ids."""
        columns = [seen.c[name] for name in ("page_id", "tier", *more)]
        found = select(*columns)
        if sort != "best":
            found = found.join(Page, Page.id == seen.c.page_id)
        places = self.session.execute(found.order_by(*self._order(seen, sort)).limit(limit).offset(offset)).all()
        held = {row.id: row for row in _SHOWN(self.session, ids=json.dumps([place.page_id for place in places]))}
        return [Row(held[place.page_id], place.tier, *place[2:]) for place in places if place.page_id in held]

    def _order(self, seen: Any, sort: str) -> list[Any]:
        if sort == "title":
            postgres = self.session.get_bind().dialect.name == "postgresql"
            return [collate(Page.title_key, "C") if postgres else Page.title_key, Page.id]
        if sort in ("newest", "oldest"):
            return [Page.changed_at.desc(), Page.id.desc()] if sort == "newest" else [Page.changed_at, Page.id]
        return [seen.c.tier.desc(), seen.c.rank.desc(), seen.c.page_id.desc()]

    def _ranked(self, way: Way, share: Share) -> CTE:
        """The pages that are listed: `page_id`, `rank`, `tier`."""
        called = self._identity if way.plan is self._plan else None
        extra = {"tier": self._tier(way)}
        return self._engine.ranked(way.plan, self._listed, self._weight, extra, share, called)

    def _by_time(self, way: Way) -> CTE:
        """The same where no words rank them."""
        rank = func.row_number().over(order_by=(Page.changed_at, Page.id))
        columns: tuple[Any, ...] = (Page.id.label("page_id"), rank.label("rank"), self._tier(way).label("tier"))
        return self._having(select(*columns).where(self._listed), way.plan).cte("seen")

    def _unranked(self, way: Way) -> CTE:
        """The same where another order is asked for."""
        columns: tuple[Any, ...] = (Page.id.label("page_id"), self._tier(way).label("tier"))
        return self._having(select(*columns).where(self._listed), way.plan).cte("seen")

    @cached_property
    def _weight(self) -> ColumnElement[float]:
        """What moves a page up or down beside its words; all of them in its title moves it up."""
        wanted = self._plan.wanted
        if wanted is None or not self._plain or len(self._plan.words) < 2:  # of one word the scores say that already
            return weight(self.viewer)
        titled = self._engine.matching(wanted, self._plan.needles, "titled", title=True)
        return weight(self.viewer) * case((Page.id.in_(select(titled.c.page_id)), IN_TITLE), else_=1.0)

    @cached_property
    def _plain(self) -> bool:
        """Whether the question is words and nothing else."""
        return self._plan.unwanted is None and all(isinstance(leaf, Word) for leaf in self._plan.words)

    @cached_property
    def _identity(self) -> Named | None:
        """The whole question as the name of a page."""
        if self._plan.wanted is None or not self._plain:
            return None
        name = Word(self.question.words)
        identity = language.identity(self.question.words)
        return (name, {name: (Needle((identity,)),)}) if identity else None

    @cached_property
    def _exact(self) -> CTE | None:
        """The pages that are called just what was asked, or have that number."""
        return self._engine.matching(*self._identity, "exact") if self._identity else None

    def _tier(self, way: Way) -> ColumnElement[int]:
        places: list[tuple[ColumnElement[bool], Any]] = []
        if self._exact is not None:
            places.append((Page.id.in_(select(self._exact.c.page_id)), literal(EXACT)))
        if way.first is not None and way.first.wanted is not None:
            first = self._engine.matching(way.first.wanted, way.first.needles, "first")
            places.append((Page.id.in_(select(first.c.page_id)), literal(ALL_WORDS)))
        other = ALL_WORDS if way.plan is self._plan else SOME_WORDS
        return case(*places, else_=literal(other)) if places else literal(other)

    @cached_property
    def _listed(self) -> ColumnElement[bool]:
        return self.where if self._standing_chosen(self.chosen) else and_(self.where, self._counts_still)

    @cached_property
    def _counts_still(self) -> ColumnElement[bool]:
        """What is called just what was asked is listed even if it no longer holds."""
        counts = Page.over.not_in(filters.LEFT_OUT)
        return or_(counts, Page.id.in_(select(self._exact.c.page_id))) if self._exact is not None else counts
