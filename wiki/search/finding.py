"""Finding pages: what this viewer may open, in the order of how well it answers."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case, collate, func, literal, or_, select
from sqlalchemy.orm import Session

from wiki import i18n
from wiki.access import Viewer, visible_pages
from wiki.models import Page, SearchText, Space
from wiki.search import bits, facets, filters, language, spelling, synonyms
from wiki.search.chosen import Chosen
from wiki.search.engine import engine
from wiki.search.facets import Facets
from wiki.search.hits import ALL_WORDS, EXACT, SHOWN, SOME_WORDS, Hit, HitMaker
from wiki.search.language import Needle
from wiki.search.languages import in_use
from wiki.search.notices import notice
from wiki.search.plan import COMMON, Leaf, Plan, looser, most, plan
from wiki.search.query import MAX_LENGTH, Word, parse, readable
from wiki.search.shelf import Shelf, shelf
from wiki.search.weights import IN_TITLE, weight

#: Results that one question gives at most.
MOST = 200
#: With fewer pages than these that have all the words, those that have most of them follow.
ENOUGH = 5
SORTS = ("best", "newest", "oldest", "title")


@dataclass(frozen=True)
class Results:
    """`left_out` counts pages that would have been listed as well if they still counted (replaced, retired, ended).

    `suggestion` is the question with its misspelt words mended; `notice` says, in the reader's language, how the
    question was understood when that was not as it was written. `loosened`: not all the pages have all the words.
    `mended`: nothing was near the question itself, and these are the results of the suggestion.
    """

    total: int
    hits: list[Hit]
    suggestion: str | None = None
    notice: str | None = None
    left_out: int = 0
    loosened: bool = False
    mended: bool = False


def find(
    session: Session,
    viewer: Viewer,
    text: str,
    chosen: Chosen | None = None,
    *,
    sort: str = "best",
    limit: int = 20,
    offset: int = 0,
) -> Results:
    """Pages that the viewer may open and that answer the question: those with all of its words, then with most of them.

    A question without words lists what the filters leave, changed last first; without filters too, nothing. Totals, snippets
    and suggestions are made of pages that the viewer may open, and of nothing else. Never raises for what people type.
    """
    return Search(session, viewer, text, chosen or Chosen()).results(sort=sort, limit=limit, offset=offset)


def matches(session: Session, viewer: Viewer, text: str, chosen: Chosen | None = None) -> Select[int]:
    """Ids of all pages that `find` would list, in no order: what feeds and facets count over."""
    return Search(session, viewer, text, chosen or Chosen()).matches()


@dataclass(frozen=True)
class _Way:
    """How a question is asked: which words are wanted, and which of the pages come first because they have them all.

    `mended`: the words are those of the suggestion.
    """

    plan: Plan
    first: Plan | None = None
    mended: bool = False


@dataclass(frozen=True)
class _Screen:
    total: int
    left_out: int
    rows: Sequence[Any]


class Search:
    """One question of one viewer, for its results and all that is counted over the same pages."""

    def __init__(self, session: Session, viewer: Viewer, text: str, chosen: Chosen) -> None:
        self.session = session
        self.viewer = viewer
        self.text = readable(text)[:MAX_LENGTH]
        self.chosen = chosen
        self.question = parse(text)
        self._typed = filters.typed_pages(session, viewer, self.question.filters)
        self._way: _Way | None = None
        self._found_by: tuple[Plan, int] | None = None
        self._left_out = 0

    @property
    def empty(self) -> bool:
        """Nothing was asked."""
        return not self._plan.asks and not self._typed and not self.chosen.anything

    def results(self, *, sort: str = "best", limit: int = 20, offset: int = 0) -> Results:
        limit, offset = max(0, min(limit, MOST)), max(0, offset)
        if self.empty:
            return Results(0, [], notice=notice(self.question))
        with self.searching():
            way, screen = self._settle(sort, limit, offset)
            if screen is None:
                screen = self._screen(way, sort, limit, offset)
            suggestion = self._suggestion
        maker = HitMaker(self.viewer, way.plan.words, way.plan.needles)
        loosened = way.plan is not self._plan and not way.mended and screen.total > 0
        return Results(
            total=screen.total,
            hits=[maker.hit(row) for row in screen.rows],
            suggestion=suggestion,
            notice=notice(self.question, self._strict_total if loosened else None, suggestion if way.mended else None),
            left_out=max(screen.left_out, self._left_out),
            loosened=loosened,
            mended=way.mended,
        )

    def matches(self, chosen: Chosen | None = None) -> Select[int]:
        """Ids (`page_id`) of all pages that are listed; with `chosen`, of those that would be with these filters instead,
        the words understood in the same way."""
        if self.empty:
            return select(Page.id.label("page_id")).where(literal(False))
        with self.searching():
            way, _screen = self._settle("best", 0, 0)
        return self._unranked(way, chosen or self.chosen)

    def count(self) -> Facets:
        """What the pages that are listed, and those that the filters of the form leave out, have in common."""
        if self.empty:
            return Facets(0)
        everything = filters.standing_chosen(self.chosen, self.question.filters)
        with self.searching():
            way, _screen = self._settle("best", 0, 0)
            found = self._found(way) if everything else self._found(way) & self._still_counting
            return facets.count(self.session, self.viewer, self._shelf, found, self.chosen)

    @contextmanager
    def searching(self) -> Iterator[None]:
        """What statements over `matches` should run inside: PostgreSQL is told to use the indexes."""
        with engine(self.session).searching(self.session):
            yield

    @cached_property
    def _plan(self) -> Plan:
        return self._planned(self.text)

    @property
    def _spoken(self) -> str:
        return self.viewer.language or i18n.language()

    @cached_property
    def _languages(self) -> list[str]:
        return in_use(self.session)

    def _planned(self, text: str) -> Plan:
        question = parse(text)
        if question.tree is None:
            return plan(None, [], self._spoken)
        meant = synonyms.of(self.session, self.viewer, question.words.split())
        return plan(question.tree, self._languages, self._spoken, meant)

    def _where(self, chosen: Chosen) -> ColumnElement[bool]:
        return and_(visible_pages(self.viewer), *filters.chosen_pages(self.viewer, chosen), *self._typed)

    def _settle(self, sort: str, limit: int, offset: int) -> tuple[_Way, _Screen | None]:
        """The way that finds something, and what it shows when that is known already."""
        if self._way:
            return self._way, None
        way = _Way(self._plan)
        screen: _Screen | None = self._screen(way, sort, limit, offset)
        assert screen is not None
        self._strict_total, self._left_out = screen.total, screen.left_out
        if screen.total < ENOUGH and self._plan.wanted is not None:
            for other in self._looser(screen.total):
                shown = self._screen(other, sort, limit, offset)
                if shown.total:
                    way, screen = other, shown
                    break
        self._way = way
        return way, screen

    def _looser(self, strict_total: int) -> Iterator[_Way]:
        if strict_total:
            more = most(self._plan, self._counts)
            if more:
                yield _Way(more, first=self._plan)
            return
        for each in looser(self._plan, self._counts):
            yield _Way(each)
        if self._suggestion:
            yield _Way(self._planned(self._suggestion), mended=True)

    @cached_property
    def _counts(self) -> dict[Leaf, int]:
        """How many pages that meet the conditions have each of the words, as far as that is counted."""
        return self._count({leaf: self._plan.needles[leaf] for leaf in self._plan.words}, COMMON)

    def _count(self, needles: Mapping[Leaf, tuple[Needle, ...]], most: int) -> dict[Leaf, int]:
        """All asked at once."""
        where = self._where(self.chosen)
        asked = []
        for place, leaf in enumerate(needles):
            having = engine(self.session).matching(leaf, needles, f"having_{place}")
            found = select(having.c.page_id).join(Page, Page.id == having.c.page_id).where(where).limit(most)
            asked.append(select(func.count()).select_from(found.subquery()).scalar_subquery().label(f"count_{place}"))
        row = self.session.execute(select(*asked)).one() if asked else ()
        return dict(zip(needles, row, strict=True))

    def _screen(self, way: _Way, sort: str, limit: int, offset: int) -> _Screen:
        """How many pages there are, and those of this page of results: one row at least, which has the totals."""
        seen = self._seen(way, self.chosen)
        counted = select(
            func.coalesce(func.sum(seen.c.listed), 0).label("total"), func.count().label("every")
        ).subquery()
        top = select(seen).where(seen.c.listed == 1)
        if sort != "best":
            top = top.join(Page, Page.id == seen.c.page_id)
        shown = top.order_by(*self._order(seen, sort)).limit(limit).offset(offset).subquery()
        query = (
            select(*SHOWN, Space.slug.label("space"), shown.c.tier, counted.c.total, counted.c.every)
            .select_from(counted)
            .outerjoin(shown, literal(True))
            .outerjoin(Page, Page.id == shown.c.page_id)
            .outerjoin(Space, Space.id == Page.space_id)
            .outerjoin(SearchText, SearchText.page_id == Page.id)
            .order_by(*self._order(shown, sort))
        )
        rows = self.session.execute(query).all()
        total, every = rows[0].total, rows[0].every
        return _Screen(total, every - total, [row for row in rows if row.id is not None])

    def _order(self, seen: Any, sort: str) -> list[Any]:
        if sort == "title":
            postgres = self.session.get_bind().dialect.name == "postgresql"
            return [collate(Page.title_key, "C") if postgres else Page.title_key, Page.id]
        if sort in ("newest", "oldest"):
            return [Page.changed_at.desc(), Page.id.desc()] if sort == "newest" else [Page.changed_at, Page.id]
        return [seen.c.tier.desc(), seen.c.rank.desc(), seen.c.page_id.desc()]

    def _seen(self, way: _Way, chosen: Chosen) -> CTE:
        """Pages that match and that the viewer may see: `page_id`, `rank`, `tier`, and whether they are `listed`."""
        exact = self._exact
        extra = {"tier": self._tier(way, exact), "listed": self._listed(chosen, exact)}
        if way.plan.wanted is not None:
            return engine(self.session).ranked(way.plan, self._where(chosen), self._weight, extra)
        rank = func.row_number().over(order_by=(Page.changed_at, Page.id))
        named = [value.label(name) for name, value in extra.items()]
        query = select(Page.id.label("page_id"), rank.label("rank"), *named).where(self._where(chosen))
        if way.plan.unwanted:
            unwanted = engine(self.session).matching(way.plan.unwanted, way.plan.needles, "unwanted")
            query = query.where(Page.id.not_in(select(unwanted.c.page_id)))
        return query.cte("seen")

    def _unranked(self, way: _Way, chosen: Chosen) -> Select[int]:
        """The same pages in no order, for what only counts them: of `page`, so that more columns of it can be asked for."""
        query = select(Page.id.label("page_id")).where(self._where(chosen))
        if not filters.standing_chosen(chosen, self.question.filters):
            query = query.where(self._counts_still(self._exact))
        wanted = way.plan.needed or way.plan.wanted
        if wanted is not None:
            found = engine(self.session).matching(wanted, way.plan.needles, "found")
            query = query.join(found, found.c.page_id == Page.id)
        if way.plan.unwanted is not None:
            unwanted = engine(self.session).matching(way.plan.unwanted, way.plan.needles, "unwanted")
            query = query.where(Page.id.not_in(select(unwanted.c.page_id)))
        return query.correlate(None)  # whoever asks may select from `page` as well

    @cached_property
    def _shelf(self) -> Shelf:
        return shelf(self.session)

    def _found(self, way: _Way) -> int:
        """The set of all pages that match and that the viewer may see, without the filters of the form."""
        if self._found_by is None or self._found_by[0] is not way.plan:
            self._found_by = way.plan, self._matching(way) & self._shelf.visible(self.session, self.viewer)
        return self._found_by[1]

    def _matching(self, way: _Way) -> int:
        """The pages that match, whoever may see them."""
        wanted = way.plan.needed or way.plan.wanted
        asked = select(Page.id).where(*self._typed)
        if wanted is not None and self._typed:
            having = engine(self.session).matching(wanted, way.plan.needles)
            asked = asked.join(having, having.c.page_id == Page.id)
        elif wanted is not None:
            asked = engine(self.session).holding(wanted, way.plan.needles)
        found = bits.read(self.session, asked)
        if way.plan.unwanted is not None:
            found &= ~bits.read(self.session, engine(self.session).holding(way.plan.unwanted, way.plan.needles))
        return found

    @cached_property
    def _still_counting(self) -> int:
        """All but the pages that are left out, unless one of these is called just what was asked."""
        left_out = 0
        for over in filters.LEFT_OUT:
            left_out |= self._shelf.pages("over", over)
        identity = self._identity
        return ~left_out | (bits.read(self.session, engine(self.session).holding(*identity)) if identity else 0)

    @cached_property
    def _weight(self) -> ColumnElement[float]:
        """What moves a page up or down beside its words; all of them in its title moves it up."""
        wanted = self._plan.wanted
        if wanted is None or not self._plain or len(self._plan.words) < 2:  # of one word the scores say that already
            return weight(self.viewer)
        titled = engine(self.session).matching(wanted, self._plan.needles, "titled", title=True)
        return weight(self.viewer) * case((Page.id.in_(select(titled.c.page_id)), IN_TITLE), else_=1.0)

    @cached_property
    def _plain(self) -> bool:
        """Whether the question is words and nothing else."""
        return self._plan.unwanted is None and all(isinstance(leaf, Word) for leaf in self._plan.words)

    @cached_property
    def _exact(self) -> CTE | None:
        """The pages that are called just what was asked, or have that number."""
        return engine(self.session).matching(*self._identity, "exact") if self._identity else None

    @cached_property
    def _identity(self) -> tuple[Word, dict[Leaf, tuple[Needle, ...]]] | None:
        """The whole question as the name of a page."""
        if self._plan.wanted is None or not self._plain:
            return None
        name = Word(self.question.words)
        identity = language.identity(self.question.words)
        return (name, {name: (Needle((identity,)),)}) if identity else None

    def _tier(self, way: _Way, exact: CTE | None) -> ColumnElement[int]:
        places: list[tuple[ColumnElement[bool], Any]] = []
        if exact is not None:
            places.append((Page.id.in_(select(exact.c.page_id)), literal(EXACT)))
        if way.first is not None and way.first.wanted is not None:
            first = engine(self.session).matching(way.first.wanted, way.first.needles, "first")
            places.append((Page.id.in_(select(first.c.page_id)), literal(ALL_WORDS)))
        other = ALL_WORDS if way.plan is self._plan else SOME_WORDS
        return case(*places, else_=literal(other)) if places else literal(other)

    def _listed(self, chosen: Chosen, exact: CTE | None) -> ColumnElement[int]:
        """Whether a page is listed; what is called just what was asked is, even if it no longer holds."""
        if filters.standing_chosen(chosen, self.question.filters):
            return literal(1)
        return case((self._counts_still(exact), 1), else_=0)

    def _counts_still(self, exact: CTE | None) -> ColumnElement[bool]:
        counts = Page.over.not_in(filters.LEFT_OUT)
        return or_(counts, Page.id.in_(select(exact.c.page_id))) if exact is not None else counts

    @cached_property
    def _suggestion(self) -> str | None:
        """The question with the words that no page has replaced by near ones, if nothing has all its words and that finds something."""
        if self._strict_total or self._plan.wanted is None:
            return None
        mended = spelling.mended(self.session, self.viewer, self.text, self._unknown())
        other = self._planned(mended)
        if mended == self.text or not other.asks:
            return None
        return mended if self._finds(other) else None

    def _finds(self, plan: Plan) -> bool:
        """Whether any page answers, counted or not."""
        if plan.wanted is None:
            return False
        having = engine(self.session).matching(plan.wanted, plan.needles)
        found = select(having.c.page_id).join(Page, Page.id == having.c.page_id).where(self._where(self.chosen))
        return self.session.execute(found.limit(1)).first() is not None

    def _unknown(self) -> list[str]:
        """The words that no page has in a form of the reader's language."""
        words = [leaf for leaf in self._plan.words if isinstance(leaf, Word) and not leaf.prefix]
        needles: dict[Leaf, tuple[Needle, ...]] = {leaf: language.needles(leaf.text, [self._spoken]) for leaf in words}
        return [leaf.text for leaf, count in self._count(needles, 1).items() if not count]
