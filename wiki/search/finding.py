"""Finding pages: what this viewer may open, in the order of how well it answers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from wiki import i18n
from wiki.access import Viewer
from wiki.models import Page
from wiki.search import facets, filters, language, spelling, synonyms
from wiki.search.chosen import Chosen
from wiki.search.engine import engine
from wiki.search.facets import Facets
from wiki.search.hits import Hit, HitMaker
from wiki.search.language import Needle
from wiki.search.languages import in_use
from wiki.search.matching import Matching, Way
from wiki.search.notices import notice
from wiki.search.plan import Leaf, Plan, looser, most, plan
from wiki.search.query import MAX_LENGTH, Query, Word, parse, readable, taken_apart

#: Results that one question gives at most.
MOST = 200
#: With fewer pages than these that have all the words, those that have most of them follow.
ENOUGH = 5
#: Letters of a word that no page has, and that may be the beginning of one.
BEGINNING = 3
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


class Search:
    """One question of one viewer, for its results and all that is counted over the same pages.

    `strict`: only pages with all of the words, never those that are merely near: what is told of as new must be an answer.
    """

    def __init__(self, session: Session, viewer: Viewer, text: str, chosen: Chosen, *, strict: bool = False) -> None:
        self.session = session
        self.viewer = viewer
        self.text = readable(text)[:MAX_LENGTH]
        self.chosen = chosen
        self.strict = strict
        self.question = parse(text)
        self._typed = filters.typed_pages(session, viewer, self.question.filters)
        self._strict_total = self._left_out = 0

    @property
    def empty(self) -> bool:
        """Nothing was asked."""
        return not self._plan.asks and not self._typed and not self.chosen.anything

    def results(self, *, sort: str = "best", limit: int = 20, offset: int = 0) -> Results:
        limit, offset = max(0, min(limit, MOST)), max(0, offset)
        if self.empty:
            return Results(0, [], notice=notice(self.question))
        with self.searching():
            way = self._way
            found, listed = self._matching.passing(way)
            total = listed.bit_count()
            rows = self._matching.shown(way, listed, sort, limit, offset) if limit and total > offset else []
            suggestion = self._suggestion
        maker = HitMaker(self.viewer, way.plan.words, way.plan.needles)
        loosened = not way.whole and not way.mended and total > 0
        return Results(
            total=total,
            hits=[maker.hit(row.page, row.tier) for row in rows],
            suggestion=suggestion,
            notice=notice(self.question, self._strict_total if loosened else None, suggestion if way.mended else None),
            left_out=max(found.bit_count() - total, self._left_out),
            loosened=loosened,
            mended=way.mended,
        )

    def matches(self, chosen: Chosen | None = None) -> Select[int]:
        """Ids (`page_id`) of all pages that are listed; with `chosen`, of those that would be with these filters instead,
        the words understood in the same way."""
        if self.empty:
            return select(Page.id.label("page_id")).where(literal(False))
        return self._matching.statement(self._settled, chosen or self.chosen)

    def count(self) -> Facets:
        """What the pages that are listed, and those that the filters of the form leave out, have in common."""
        if self.empty:
            return Facets(0)
        found = self._matching.unfiltered(self._settled)
        return facets.count(self.session, self.viewer, self._matching.shelf, found, self.chosen)

    @contextmanager
    def searching(self) -> Iterator[None]:
        """What statements over `matches` should run inside: PostgreSQL is told to use the indexes."""
        with engine(self.session).searching(self.session):
            yield

    @cached_property
    def _plan(self) -> Plan:
        return self._planned(self.question)

    @property
    def _spoken(self) -> str:
        return self.viewer.language or i18n.language()

    @cached_property
    def _languages(self) -> list[str]:
        return in_use(self.session)

    def _planned(self, question: Query) -> Plan:
        if question.tree is None:
            return plan(None, [], self._spoken)
        meant = synonyms.of(self.session, self.viewer, question.words.split())
        return plan(question.tree, self._languages, self._spoken, meant, question.words)

    @cached_property
    def _matching(self) -> Matching:
        return Matching(self.session, self.viewer, self.question, self.chosen, self._plan, self._typed)

    @property
    def _settled(self) -> Way:
        if "_way" in vars(self):
            return self._way
        with self.searching():
            return self._way

    @cached_property
    def _way(self) -> Way:
        """The way that finds something. Sets say so; what is shown is ranked and read for this way alone."""
        way = Way(self._plan, whole=True)
        found, listed = self._matching.passing(way)
        self._strict_total = listed.bit_count()
        self._left_out = found.bit_count() - self._strict_total
        if self._strict_total >= ENOUGH or self._plan.wanted is None or self.strict:
            return way
        return next((other for other in self._looser(self._strict_total) if self._matching.passing(other)[1]), way)

    def _looser(self, strict_total: int) -> Iterator[Way]:
        if strict_total:
            more = most(self._plan, lambda: self._counts)
            if more:
                yield Way(more, first=self._plan)
            return
        plan, counts = self._plan, self._counts
        if self._begun is not None and not self._mended:
            yield Way(self._begun, whole=True)
        if self._apart is not None:
            yield Way(self._apart, whole=True)
            plan, counts = self._apart, self._count({leaf: self._apart.needles[leaf] for leaf in self._apart.words})
        for each in looser(plan, counts):
            yield Way(each)
        if self._mended:
            yield Way(self._mended[1], mended=True)

    @cached_property
    def _apart(self) -> Plan | None:
        """The question with its hyphenated words taken apart, if it has any."""
        tree = taken_apart(self.question.tree)
        return (
            self._planned(replace(self.question, tree=tree, words=self.question.words.replace("-", " ")))
            if tree
            else None
        )

    @property
    def _begun(self) -> Plan | None:
        """The question with the words that no page has as the beginnings of words ("coord"), if it has any."""
        begun: dict[Leaf, tuple[Needle, ...]] = {
            leaf: language.beginnings(leaf.text)
            for leaf, count in self._counts.items()
            if not count and isinstance(leaf, Word) and not leaf.prefix and len(leaf.text) >= BEGINNING
        }
        return replace(self._plan, needles={**self._plan.needles, **begun}) if begun else None

    @cached_property
    def _counts(self) -> dict[Leaf, int]:
        """How many pages that meet the conditions have each of the words."""
        return self._count({leaf: self._plan.needles[leaf] for leaf in self._plan.words})

    def _count(self, needles: Mapping[Leaf, tuple[Needle, ...]]) -> dict[Leaf, int]:
        sets = engine(self.session).held_each(self.session, list(needles), needles) if needles else []
        allowed = self._matching.allowed
        return {leaf: (pages & allowed).bit_count() for leaf, pages in zip(needles, sets, strict=True)}

    @cached_property
    def _mended(self) -> tuple[str, Plan] | None:
        """The question with the words that no page has replaced by near ones, if nothing has all its words and that finds something."""
        if self._strict_total or self._plan.wanted is None or self.strict:
            return None
        mended = spelling.mended(self.session, self.text, self._unknown(), self._matching.visible)
        if mended == self.text:
            return None
        other = self._planned(parse(mended))
        finds = other.wanted is not None and self._matching.found(other) & self._matching.allowed
        return (mended, other) if finds else None

    @property
    def _suggestion(self) -> str | None:
        return self._mended[0] if self._mended else None

    def _unknown(self) -> list[str]:
        """The words that no page has in a form of the reader's language."""
        words = [leaf for leaf in self._plan.words if isinstance(leaf, Word) and not leaf.prefix]
        needles: dict[Leaf, tuple[Needle, ...]] = {leaf: language.needles(leaf.text, [self._spoken]) for leaf in words}
        known = [leaf for leaf in words if set(needles[leaf]) == set(self._plan.needles[leaf])]  # counted already
        counts: dict[Leaf, int] = {leaf: self._counts[leaf] for leaf in known}
        counts |= self._count({leaf: needles[leaf] for leaf in words if leaf not in counts})
        return [leaf.text for leaf in words if not counts[leaf]]
