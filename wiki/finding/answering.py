"""The whole answer to a question put to the search page: results, filters with counts, and what to do when nothing is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, Viewer
from wiki.finding.asking import LAST_PAGE, Asked
from wiki.finding.choosing import Group, Labels, Used, groups, named_pages, used
from wiki.finding.found import searching
from wiki.finding.names import Names
from wiki.finding.showing import Shown, show
from wiki.kinds import Catalogue
from wiki.search import Results, Search
from wiki.search.facets import Facets

PAGE_SIZE = 20


@dataclass(frozen=True)
class Answer:
    """`asked` is what was answered: the last page if a later one was asked for, and with what no longer counts if there is
    nothing else (`unasked_replaced`)."""

    asked: Asked
    results: Results
    shown: list[Shown]
    facets: Facets
    labels: Labels
    words: str
    unasked_replaced: bool = False

    @property
    def pages(self) -> int:
        return min(max(1, -(-self.results.total // PAGE_SIZE)), LAST_PAGE)

    @property
    def first(self) -> int:
        return (self.asked.page - 1) * PAGE_SIZE + 1

    @property
    def numbers(self) -> list[int]:
        """Pages of results to offer: the first, the last, those around this one; 0 stands for what lies between."""
        here = self.asked.page
        offered = sorted({1, self.pages, *range(max(1, here - 2), min(self.pages, here + 2) + 1)})
        found: list[int] = []
        for number in offered:
            if found and number - found[-1] > 1:
                found.append(number - 1 if number - found[-1] == 2 else 0)
            found.append(number)
        return found

    @property
    def title(self) -> str:
        """What was searched for, as the title of a page that answers it."""
        return self.words[:1].upper() + self.words[1:]

    @cached_property
    def groups(self) -> list[Group]:
        return groups(self.asked, self.labels)

    @cached_property
    def used(self) -> list[Used]:
        return list(used(self.asked, self.labels))


@dataclass(frozen=True)
class Asking:
    """Who asks where, and on which day."""

    session: Session
    catalogue: Catalogue
    viewer: Viewer
    spaces: Mapping[str, SpaceInfo]
    today: date
    new: frozenset[int] = field(default_factory=frozenset)

    def answer(self, asked: Asked) -> Answer:
        search = searching(self.session, self.viewer, asked)
        results = self._results(search, asked)
        unasked = not results.total and results.left_out > 0 and not asked.replaced
        if unasked:
            asked = asked.with_replaced()
            search = searching(self.session, self.viewer, asked)
            results = self._results(search, asked)
        if not results.hits and results.total and asked.page > 1:
            asked = asked.on_page(min(-(-results.total // PAGE_SIZE), LAST_PAGE))
            results = self._results(search, asked)
        facets = search.count()
        names = Names(self.session, self.viewer)
        names.look_up(
            [*named_pages(asked, facets.counts), *(hit.owner_id for hit in results.hits if hit.owner_id is not None)]
        )
        shown = show(self.session, self.catalogue, self.viewer, results.hits, self.spaces, names, self.today, self.new)
        labels = Labels(self.catalogue, self.spaces, names, facets.counts)
        return Answer(asked, results, shown, facets, labels, search.question.words, unasked)

    def _results(self, search: Search, asked: Asked) -> Results:
        return search.results(sort=asked.order, limit=PAGE_SIZE, offset=(asked.page - 1) * PAGE_SIZE)


def labels_of(
    session: Session, catalogue: Catalogue, viewer: Viewer, spaces: Mapping[str, SpaceInfo], asked: Asked
) -> list[tuple[str, str]]:
    """What was chosen, in words: (filter, value)."""
    names = Names(session, viewer)
    names.look_up(named_pages(asked, {}))
    return [(one.label, one.text) for one in used(asked, Labels(catalogue, spaces, names, {}))]
