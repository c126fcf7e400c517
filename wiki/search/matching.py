"""The pages that answer a question, for one viewer: as sets that are cut and counted, in their order, and as a statement.

Which pages match is asked once of the index, whoever may see them; what the viewer may see, what still counts and what the
filters leave is cut out of it (`shelf.py`). Only the pages of one page of results are read and joined to their texts, and
the database applies the viewer's rights to them again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, bindparam, collate, or_, select
from sqlalchemy.orm import Session

from wiki import i18n
from wiki.access import Rights, Viewer, rights_of, visible_pages, visible_pages_with
from wiki.models import Page, SearchText, Space
from wiki.prepared import IdList, Prepared, PreparedFor
from wiki.search import bits, facets, filters, language
from wiki.search.chosen import Chosen
from wiki.search.engine import engine
from wiki.search.hits import ALL_WORDS, EXACT, SHOWN, SOME_WORDS
from wiki.search.language import Needle
from wiki.search.plan import Named, Plan
from wiki.search.query import Any as Either
from wiki.search.query import Query, Word
from wiki.search.ranking import Place, Ranking, by_time
from wiki.search.shelf import Shelf, shelf


@dataclass(frozen=True)
class Way:
    """How a question is asked: which words are wanted, and which of the pages come first because they have them all.

    `mended`: the words are those of the suggestion. `whole`: nothing that was asked for is left out.
    """

    plan: Plan
    first: Plan | None = None
    mended: bool = False
    whole: bool = False


class Row(NamedTuple):
    """A page that is shown: SHOWN and the slug of its space, and its place in the order."""

    page: Any
    tier: int


#: The set of whatever pages there are.
_ALL = -1
_COLUMNS: tuple[Any, ...] = (*SHOWN, Space.slug.label("space"))
_IDS = bindparam("ids", type_=String)


def _shown(rights: Rights) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(Space, Space.id == Page.space_id)
        .outerjoin(SearchText, SearchText.page_id == Page.id)
        .where(Page.id.op("IN")(IdList(_IDS)), visible_pages_with(rights))
    )


_SHOWN = PreparedFor(_shown)
_BY_TITLE = {
    "sqlite": Prepared(select(Page.id).where(Page.id.op("IN")(IdList(_IDS))).order_by(Page.title_key, Page.id)),
    "postgresql": Prepared(
        select(Page.id).where(Page.id.op("IN")(IdList(_IDS))).order_by(collate(Page.title_key, "C"), Page.id)
    ),
}


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
        self._known: list[tuple[Plan, int]] = []
        self._ranked: tuple[Plan, Ranking] | None = None

    @cached_property
    def shelf(self) -> Shelf:
        return shelf(self.session)

    def unfiltered(self, way: Way) -> int:
        """The set of pages that would be listed without the filters of the form."""
        found = self.found(way.plan) & self.visible
        return found if self._standing_chosen(self.chosen) else found & self._still_counting

    def passing(self, way: Way) -> tuple[int, int]:
        """The set of pages that match and pass all filters, and of those among them that are listed."""
        found = self.found(way.plan) & self.allowed
        return found, found if self._standing_chosen(self.chosen) else found & self._still_counting

    @cached_property
    def allowed(self) -> int:
        """The set of pages that the viewer may see and that pass all filters, whatever their words."""
        found = self.visible
        for passing in facets.passing_pages(self.session, self.viewer, self.shelf, self.chosen).values():
            found &= passing
        return found if self._of_filters is None else found & self._of_filters

    @cached_property
    def visible(self) -> int:
        """The set of pages that the viewer may see."""
        return self.shelf.visible(self.session, self.viewer)

    @cached_property
    def _of_filters(self) -> int | None:
        """The set of pages that pass the filters written in the question; None if there are none."""
        return bits.read(self.session, select(Page.id).where(*self._typed)) if self._typed else None

    def _standing_chosen(self, chosen: Chosen) -> bool:
        return filters.standing_chosen(chosen, self.question.filters)

    def found(self, plan: Plan) -> int:
        """All pages that match, whoever may see them."""
        for one, pages in self._known:
            if one is plan:
                return pages
        self._known.append((plan, self._looked_up(plan)))
        return self._known[-1][1]

    def _looked_up(self, plan: Plan) -> int:
        wanted = plan.needed or plan.wanted
        if wanted is None:
            found = _ALL if self._of_filters is None else self._of_filters
        else:
            found = self._engine.held(self.session, wanted, plan.needles) | self._exact
            found = found if self._of_filters is None else found & self._of_filters
        if plan.unwanted is not None:
            found &= ~self._engine.held(self.session, plan.unwanted, plan.needles)
        return found

    @cached_property
    def _still_counting(self) -> int:
        """All but the pages that are left out, unless one of these is called just what was asked."""
        left_out = 0
        for over in filters.LEFT_OUT:
            left_out |= self.shelf.pages("over", over)
        return ~left_out | self._exact

    def statement(self, way: Way, chosen: Chosen) -> Select[int]:
        """Ids (`page_id`) of the pages that are listed with these filters, in no order."""
        query = select(Page.id.label("page_id")).where(
            visible_pages(self.viewer), *filters.chosen_pages(self.viewer, chosen), *self._typed
        )
        if not self._standing_chosen(chosen):
            query = query.where(self._counts_still)
        return self._having(query, way.plan).correlate(None)  # whoever asks may select from `page` as well

    @property
    def _counts_still(self) -> ColumnElement[bool]:
        """What is called just what was asked is listed even if it no longer holds."""
        counts = Page.over.not_in(filters.LEFT_OUT)
        if self._identity is None:
            return counts
        exact = self._engine.matching(*self._identity, "exact")
        return or_(counts, Page.id.in_(select(exact.c.page_id)))

    def _having(self, query: Select[Any], plan: Plan) -> Select[Any]:
        """With the words that are needed, or called just so, and without those that are not wanted."""
        wanted, needles = plan.needed or plan.wanted, plan.needles
        if wanted is not None and self._identity is not None:
            name, called = self._identity
            wanted, needles = Either((wanted, name)), {**needles, name: (*needles.get(name, ()), *called[name])}
        if wanted is not None:
            having = self._engine.matching(wanted, needles)
            query = query.join(having, having.c.page_id == Page.id)
        if plan.unwanted is not None:
            unwanted = self._engine.matching(plan.unwanted, plan.needles, "unwanted")
            query = query.where(Page.id.not_in(select(unwanted.c.page_id)))
        return query

    def shown(self, way: Way, listed: int, sort: str, limit: int, offset: int) -> list[Row]:
        """What hits are made of, for one page of the results, of which all are in the set `listed`."""
        places = self._places(way, listed, sort, limit, offset)
        ids = json.dumps([place.page_id for place in places])
        held = {row.id: row for row in _SHOWN(self.session, rights_of(self.viewer), ids=ids)}
        return [Row(held[place.page_id], place.tier) for place in places if place.page_id in held]

    def _places(self, way: Way, listed: int, sort: str, limit: int, offset: int) -> list[Place]:
        tiers = self._tiers(way, listed)
        if sort == "best" and way.plan.wanted is not None:
            return self._ranking(way.plan, listed).places(tiers, limit, offset)
        if sort == "title":
            asked = _BY_TITLE[self.session.get_bind().dialect.name]
            found = [row[0] for row in asked.plain(self.session, ids=json.dumps(bits.ids(listed)))]
            ids = found[offset : offset + limit]
        else:
            ids = by_time(listed, self.shelf.sheet, limit, offset, oldest=sort == "oldest")
        return [Place(page_id, next(tier for tier, pages in tiers if pages >> page_id & 1)) for page_id in ids]

    def _tiers(self, way: Way, listed: int) -> list[tuple[int, int]]:
        """The sets of pages that come one after the other."""
        exact = listed & self._exact
        rest = listed & ~exact
        first = rest & self.found(way.first) if way.first is not None else 0
        other = ALL_WORDS if way.whole else SOME_WORDS
        return [(EXACT, exact), (ALL_WORDS, first), (other, rest & ~first)]

    def _ranking(self, plan: Plan, listed: int) -> Ranking:
        batches = self._engine.scored(self.session, plan, self.found(plan), listed)
        return Ranking(batches, self.shelf.sheet, self.viewer, self._titled)

    @cached_property
    def _titled(self) -> int:
        """The pages with all the words in their titles."""
        wanted = self._plan.wanted
        if wanted is None or not self._plain:
            return 0
        return self._engine.held(self.session, wanted, self._plan.needles, title=True)

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
        spoken = dict.fromkeys((self.viewer.language or i18n.language(), "en", *i18n.translated_languages()))
        needles = tuple(Needle((identity,)) for identity in language.identities(self.question.words, spoken))
        return (name, {name: needles}) if needles else None

    @cached_property
    def _exact(self) -> int:
        """The pages that are called just what was asked, or have that number."""
        return self._engine.held(self.session, *self._identity) if self._identity else 0
