"""The pages that are listed, in their order: the tiers one after the other, in each what says it best, and what moves a page
up or down beside its words.

The index gives scores in batches, the likeliest pages first; no more of them are asked for than a page of results needs.
"""

from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest, nsmallest
from itertools import islice
from typing import NamedTuple

from wiki.access import Viewer
from wiki.search import bits
from wiki.search.entry import SCALE
from wiki.search.weights import IN_TITLE, Sheet


class Batch(NamedTuple):
    """Scores of some pages. Of pages that come in no later batch, those that are put away or no longer count wait for the
    next one, unless this is the `last`: what is merely likely must not bring them before the others."""

    scores: Mapping[int, float]
    last: bool = True


class Place(NamedTuple):
    page_id: int
    tier: int


class Ranking:
    """`titled` is the set of pages with all the words in their titles."""

    def __init__(self, batches: Iterator[Batch], sheet: Sheet, viewer: Viewer, titled: int = 0) -> None:
        self._coming = batches
        self._come: list[Batch] = []
        self._sheet = sheet
        self._viewer = viewer
        self._titled = titled

    def places(self, tiers: Sequence[tuple[int, int]], limit: int, offset: int) -> list[Place]:
        """Some places of the order, of the sets of pages in `tiers`: (tier, pages)."""
        found: list[Place] = []
        for tier, pages in tiers:
            count = pages.bit_count()
            wanted = islice(self._ordered(pages), offset, offset + limit - len(found)) if offset < count else ()
            found += [Place(page_id, tier) for page_id in wanted]
            offset = max(0, offset - count)
            if len(found) == limit:
                break
        return found

    def _ordered(self, pages: int) -> Iterator[int]:
        waiting: dict[int, float] = {}
        for batch in self._batches():
            here = bits.of(batch.scores) & pages
            pages &= ~here
            scores = waiting | {page_id: batch.scores[page_id] for page_id in bits.ids(here)}
            waiting = {} if batch.last else {one: scores[one] for one in scores if self._sheet.counting[one] < 1}
            yield from self._by_rank({one: scores[one] for one in scores if one not in waiting})
        yield from self._by_rank(waiting)
        counting = self._sheet.counting
        yield from sorted(bits.ids(pages), key=lambda one: (counting[one], one), reverse=True)

    def _batches(self) -> Iterator[Batch]:
        yield from self._come
        for batch in self._coming:
            self._come.append(batch)
            yield batch

    def _by_rank(self, scores: Mapping[int, float]) -> list[int]:
        """Scores are compared as whole numbers, so that both databases see the same ties; of two alike the newer page comes first."""
        ids = list(scores)
        weights = dict(zip(ids, self._sheet.weights(self._viewer, ids), strict=True))
        for one in bits.ids(bits.of(ids) & self._titled):
            weights[one] *= IN_TITLE
        ranks = {one: round(score * weights[one] * SCALE) for one, score in scores.items()}
        return sorted(ids, key=lambda one: (ranks[one], one), reverse=True)


def by_time(pages: int, sheet: Sheet, limit: int, offset: int, *, oldest: bool = False) -> list[int]:
    """The pages that changed last, or first."""
    ids = bits.ids(pages)
    if oldest:
        return nsmallest(offset + limit, ids, key=sheet.changed.__getitem__)[offset:]
    return nlargest(offset + limit, reversed(ids), key=sheet.changed.__getitem__)[offset:]
