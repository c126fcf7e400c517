"""BM25 in PostgreSQL, as SQLite's FTS5 reckons it: out of how often each word stands in a page (`counts`, weighted, where it
is not once), how long the page is, and how many pages have the word.

How many have it is what costs most to ask, and hardly changes: in a large wiki each process keeps it for a while.
"""

import json
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Float, Integer, Pool, Text, column, text
from sqlalchemy.orm import Session

from wiki import eventlog
from wiki.prepared import Prepared
from wiki.search import bits, closeness
from wiki.search.entry import WEIGHTS
from wiki.search.language import AS_WRITTEN, Needle

K1, B = 1.2, 0.75
#: A word that stands in every page weighs this much (as in FTS5).
LEAST_IDF = 1e-6
#: In a wiki of so many pages, how many have a word is asked again after so many events.
LARGE, A_WHILE = 5_000, 256

_HAVING = Prepared(
    text(
        """
        SELECT asked, (SELECT count(*) FROM search_index WHERE terms @@ CAST(asked AS tsquery)) AS having
        FROM json_array_elements_text(CAST(:needles AS json)) AS needle (asked)
        """
    ).columns(column("asked", Text), column("having", Integer))
)
#: The same with how many pages there are, and their mean length: with an empty one beside each, as in SQLite.
_WHOLE = Prepared(
    text(
        """
        SELECT asked, (SELECT count(*) FROM search_index WHERE terms @@ CAST(asked AS tsquery)) AS having, pages, length
        FROM json_array_elements_text(CAST(:needles AS json)) AS needle (asked),
            (SELECT 2 * count(*) AS pages, coalesce(avg(length), 0) / 2 AS length FROM search_index) AS whole
        """
    ).columns(column("asked", Text), column("having", Integer), column("pages", Integer), column("length", Float))
)
#: The vector of a page is unpacked once for all words that are looked for in it.
_THERE = Prepared(
    text(
        """
        WITH needle AS MATERIALIZED (
            SELECT CAST(asked AS tsquery) AS asked, number
            FROM json_array_elements_text(CAST(:needles AS json)) WITH ORDINALITY AS one (asked, number)
        ), term AS MATERIALIZED (
            SELECT term, number FROM json_array_elements_text(CAST(:terms AS json)) WITH ORDINALITY AS one (term, number)
        )
        SELECT page_id, length,
            (SELECT string_agg(CASE WHEN unpacked.terms @@ asked THEN '1' ELSE '0' END, '' ORDER BY number) FROM needle)
                AS held,
            (SELECT json_agg(counts ->> term ORDER BY number) FROM term) AS counts
        FROM search_index, LATERAL (SELECT search_index.terms || CAST('' AS tsvector) AS terms OFFSET 0) AS unpacked
        WHERE page_id = ANY (SELECT CAST(value AS integer) FROM json_array_elements_text(CAST(:ids AS json)))
        """
    ).columns(column("page_id", Integer), column("length", Integer), column("held", Text), column("counts"))
)


@dataclass
class _Kept:
    """What was known of the index at the event of that number."""

    event: int
    pages: int
    length: float
    having: dict[str, int] = field(default_factory=dict)


#: Of each database, by what keeps its connections.
_KEPT: WeakKeyDictionary[Pool, _Kept] = WeakKeyDictionary()


class Telling:
    """How much each of the needles tells, each with what the server looks for."""

    def __init__(self, session: Session, needles: Mapping[Needle, str], neighbours: Sequence[str] = ()) -> None:
        known = _known(session, sorted(set(needles.values())))
        self._needles = needles
        self._neighbours = neighbours
        self._length = known.length or 1.0
        self.idf = {needle: _idf(known.pages, known.having[asked]) for needle, asked in needles.items()}

    def scores(self, session: Session, ids: Collection[int]) -> dict[int, float]:
        """Those of the pages that have any of the needles, with their score by BM25."""
        terms = sorted({term for needle in self._needles for term in needle.terms if not needle.prefix})
        needles = [*self._needles.values(), *self._neighbours]
        asked = {"needles": json.dumps(needles), "terms": json.dumps(terms)}
        scores = {}
        together: list[list[int]] = [[] for _pair in self._neighbours]
        for page_id, length, held, counts in _THERE.plain(session, ids=json.dumps(list(ids)), **asked):
            known = dict(zip(terms, counts or (), strict=True))
            here = [needle for needle, has in zip(self._needles, held or "", strict=False) if has == "1"]
            if here:
                scores[page_id] = self._score(length, known, here)
            for pages, has in zip(together, (held or "")[len(self._needles) :], strict=True):
                if has == "1":
                    pages.append(page_id)
        return closeness.raised(scores, map(bits.of, together)) if together else scores

    def _score(self, length: int, counts: Mapping[str, str | None], here: Iterable[Needle]) -> float:
        long = K1 * (1 - B + B * length / self._length)
        found = ((self.idf[needle], _count(needle, counts)) for needle in here)
        return sum(idf * count * (K1 + 1) / (count + long) for idf, count in found)


def _known(session: Session, asked: Sequence[str]) -> _Kept:
    """What is known of the index, with how many pages have each of these."""
    pool = session.get_bind().engine.pool
    kept = _KEPT.get(pool)
    if kept is not None and 0 <= eventlog.latest(session) - kept.event < A_WHILE:
        missing = [one for one in asked if one not in kept.having]
        rows = _HAVING.plain(session, needles=json.dumps(missing)) if missing else ()
        kept.having.update((row[0], row[1]) for row in rows)
        return kept
    found = _WHOLE(session, needles=json.dumps(asked))
    pages, length = (found[0].pages, float(found[0].length)) if found else (0, 0.0)
    made = _Kept(0, pages, length, {row.asked: row.having for row in found})
    if pages >= 2 * LARGE:
        made.event = eventlog.latest(session)
        _KEPT[pool] = made
    return made


def _idf(pages: int, having: int) -> float:
    return max(math.log((pages - having + 0.5) / (having + 0.5)), LEAST_IDF) if having else LEAST_IDF


def _count(needle: Needle, counts: Mapping[str, str | None]) -> float:
    """How often a needle that is in a page stands there, by the weight of the place: for a sequence what its rarest word
    has, for beginnings once."""
    terms: Sequence[str] = () if needle.prefix else needle.terms
    return min((_count_of(term, counts.get(term)) for term in terms), default=WEIGHTS["body"])


def _count_of(term: str, counted: Any) -> float:
    if counted is not None:
        return float(counted)
    return WEIGHTS["words"] if term.startswith(AS_WRITTEN) else WEIGHTS["body"]
