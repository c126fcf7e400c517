"""The index in PostgreSQL: `tsvector` finds, BM25 ranks the best of what it found, as SQLite's FTS5 does.

BM25 needs how often a word stands in a page: `counts` keeps that, weighted, where it is not once, and `length` the
number of terms. How many pages have the word is counted when asked, from the index alone. No extension is needed.
"""

import json
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from heapq import nlargest
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
    bindparam,
    cast,
    column,
    delete,
    func,
    insert,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, REAL, TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from wiki.prepared import IdList, Prepared
from wiki.search import bits, query
from wiki.search.entry import WEIGHTS, Analysed
from wiki.search.language import APART, Needle
from wiki.search.plan import Leaf, Plan
from wiki.search.postgres_scores import Telling
from wiki.search.query import All, Node, Not
from wiki.search.ranking import Batch

_INDEX = table(
    "search_index",
    column("page_id"),
    column("length"),
    column("terms", TSVECTOR),
    column("head", TSVECTOR),
    column("title_words", TSVECTOR),
    column("counts", JSONB),
)
#: PostgreSQL tells four weights apart.
_LABELS = {"title": "A", "lead": "B", "fields": "C", "rows": "C", "body": "D"}
_HEAD_WEIGHTS = [0.0, 0.0, WEIGHTS["lead"] / WEIGHTS["title"], 1.0]

_HELD = Prepared(
    bits.joined(
        select(_INDEX.c.page_id).where(
            _INDEX.c.terms.op("@@", is_comparison=True)(cast(bindparam("asked", type_=Text), TSQUERY))
        )
    )
)

#: The same for each of several questions.
_HELD_EACH = Prepared(
    text(
        "SELECT (SELECT string_agg(CAST(page_id AS text), ',') FROM search_index WHERE terms @@ CAST(asked AS tsquery)) AS ids"
        " FROM json_array_elements_text(CAST(:asked AS json)) WITH ORDINALITY AS one (asked, number) ORDER BY number"
    ).columns(column("ids", Text))
)
_HELD_IN_HEADS = Prepared(
    bits.joined(
        select(_INDEX.c.page_id).where(
            _INDEX.c.head.op("@@", is_comparison=True)(cast(bindparam("asked", type_=Text), TSQUERY))
        )
    )
)
#: Of pages with the same words in title and lead, the titles first, and the short ones (1 divides by their length).
_RANK: ColumnElement[Any] = func.ts_rank(
    cast(_HEAD_WEIGHTS, ARRAY(REAL)), _INDEX.c.head, cast(bindparam("asked", type_=Text), TSQUERY), 1
)
_RANKED_BY_HEAD = Prepared(
    select(_INDEX.c.page_id, _RANK).where(_INDEX.c.page_id.op("IN")(IdList(bindparam("ids", type_=Text))))
)

_HEADING = func.ts_rank(cast(_HEAD_WEIGHTS, ARRAY(REAL)), _INDEX.c.head, cast(bindparam("asked", type_=Text), TSQUERY))
_HEADINGS = Prepared(
    select(_INDEX.c.page_id, _INDEX.c.length, _HEADING).where(
        _INDEX.c.page_id.op("IN")(IdList(bindparam("ids", type_=Text)))
    )
)

#: Of so many pages that match, those come first that say it in title or lead, as in SQLite.
MANY = 2_000
#: That many of the pages that match, those that are likeliest by a quicker rank, are ranked by BM25; the others follow.
CANDIDATES = 400
#: Bytes; the server refuses a tsvector over 1 MB.
VECTOR_SIZE = 900_000


def put(session: Session, pages: Mapping[int, Analysed]) -> None:
    """Index the pages, in place of what was there."""
    remove(session, pages)
    session.execute(
        insert(_INDEX).values(
            page_id=bindparam("page"),
            length=bindparam("length"),
            terms=cast(bindparam("terms"), TSVECTOR),
            head=cast(bindparam("heads"), TSVECTOR),
            title_words=cast(bindparam("titles"), TSVECTOR),
            counts=cast(bindparam("counts_json"), JSONB),
        ),
        [
            {
                "page": page_id,
                "length": page.length,
                "terms": _vector(page, WEIGHTS),
                "heads": _vector(page, ("title", "lead")),
                "titles": " ".join(_quoted(word) for word in page.title_words),
                "counts_json": json.dumps(_counts(page), ensure_ascii=False),
            }
            for page_id, page in pages.items()
        ],
    )


def remove(session: Session, page_ids: Collection[int]) -> None:
    session.execute(delete(_INDEX).where(_INDEX.c.page_id.in_(list(page_ids))))


@contextmanager
def searching(session: Session) -> Iterator[None]:
    """Make the server use the indexes: reading a long vector costs more than its planner believes."""
    session.execute(text("SET LOCAL enable_seqscan = off"))
    yield
    session.execute(text("SET LOCAL enable_seqscan TO DEFAULT"))


def matching(node: Node, needles: Mapping[Leaf, tuple[Needle, ...]], name: str = "matching") -> CTE:
    """Ids (`page_id`) of the pages that match."""
    return _found(select(_INDEX.c.page_id).where(_holds(_expression(node, needles))), name)


def held(session: Session, node: Node, needles: Mapping[Leaf, tuple[Needle, ...]], *, title: bool = False) -> int:
    """The set of the pages that match; with `title`, of those whose titles do."""
    if title:  # titles and leads are short vectors: whether a word has the label is quickly read
        return bits.split(_HELD_IN_HEADS.plain(session, asked=_expression(node, needles, _LABELS["title"]))[0][0])
    return bits.split(_HELD.plain(session, asked=_expression(node, needles))[0][0])


def held_each(session: Session, nodes: Sequence[Node], needles: Mapping[Leaf, tuple[Needle, ...]]) -> list[int]:
    """The sets of the pages that match each of the nodes, in one statement."""
    asked = json.dumps([_expression(node, needles) for node in nodes])
    return [bits.split(row[0]) for row in _HELD_EACH.plain(session, asked=asked)]


def titled(beginnings: Sequence[str]) -> CTE:
    """Ids (`page_id`) of the pages whose titles have words with all of these beginnings."""
    asked = " & ".join(_needle(Needle((word,), prefix=True)) for word in beginnings)
    return _found(select(_INDEX.c.page_id).where(_in(_INDEX.c.title_words, asked)), "titled")


def scored(session: Session, plan: Plan, found: int, listed: int) -> Iterator[Batch]:
    """Scores of the pages of the set `listed`, the likeliest first, as far as they are asked for: of very many by title and
    lead, then by BM25 those that are likeliest by a quicker rank, then the others by that."""
    if found.bit_count() > MANY:
        yield from _by_lead(session, plan, listed)
    needles = {needle: _needle(needle) for leaf in plan.words for needle in plan.needles[leaf]}
    few = 1 < found.bit_count() <= MANY
    telling = Telling(session, needles, [_expression(run, plan.neighbours) for run in plan.neighbours] if few else ())
    ids = bits.ids(listed)
    near = _near(session, plan, listed, telling) if len(ids) > CANDIDATES else {}
    best = nlargest(CANDIDATES, ids, key=lambda one: (near[one], one)) if near else ids
    yield Batch(telling.scores(session, best), last=not near)
    yield Batch(near)


def _near(session: Session, plan: Plan, listed: int, telling: Telling) -> dict[int, float]:
    """A rank that is quick to have: how much the words of a page tell, and which of them stand in title and lead. Of two
    alike the shorter says more about them."""
    anything = " | ".join(_needle(needle) for needle in telling.idf)
    rows = _HEADINGS.plain(session, asked=anything, ids=json.dumps(bits.ids(listed)))
    near = {page_id: 1 + 2 * heading - length * 1e-9 for page_id, length, heading in rows}  # never below nothing
    if isinstance(plan.wanted, query.Any):  # else every page has all of them
        for needle, idf in telling.idf.items():
            for page_id in bits.ids(bits.split(_HELD.plain(session, asked=_needle(needle))[0][0]) & listed):
                near[page_id] += idf
    return near


def _by_lead(session: Session, plan: Plan, listed: int) -> Iterator[Batch]:
    """What the pages say in title and lead: first those that have all of the words there, then those that lack one …"""
    words = {leaf: asked for leaf in plan.words if (asked := _of_stems(leaf, plan.needles))}
    having = [bits.split(_HELD_IN_HEADS.plain(session, asked=asked)[0][0]) & listed for asked in words.values()]
    telling = [math.log(1 + listed.bit_count() / (1 + pages.bit_count())) for pages in having]
    anything = " | ".join(words.values())
    for pages in _most_first(having):
        ids = bits.ids(pages)
        ranks = dict(_RANKED_BY_HEAD.plain(session, asked=anything, ids=json.dumps(ids)) if ids else ())
        scores = dict.fromkeys(ids, 0.0)
        for idf, those in zip(telling, having, strict=True):
            for page_id in bits.ids(those & pages):
                scores[page_id] += idf
        yield Batch({page_id: score * (1 + ranks[page_id]) for page_id, score in scores.items()}, last=False)


def _most_first(having: Sequence[int]) -> Iterator[int]:
    """The pages that are in all of the sets, in all but one … in one of them."""
    at_least = [0] * len(having)
    for pages in having:
        for count in reversed(range(1, len(at_least))):
            at_least[count] |= at_least[count - 1] & pages
        if at_least:
            at_least[0] |= pages
    more = 0
    for pages in reversed(at_least):
        yield pages & ~more
        more |= pages


def _of_stems(leaf: Leaf, needles: Mapping[Leaf, tuple[Needle, ...]]) -> str:
    """What finds a word in title and lead, where words as they are written are not kept."""
    asked = " | ".join(_needle(needle) for needle in needles[leaf] if needle.terms[0][0] not in APART)
    return f"({asked})" if asked else ""


def _found(rows: Select[Any] | CompoundSelect[Any], name: str) -> CTE:
    """A step that is taken once, in this order: the planner must not turn it round."""
    return rows.cte(name).prefix_with("MATERIALIZED")


def _holds(asked: str) -> ColumnElement[bool]:
    return _in(_INDEX.c.terms, asked)


def _in(vector: ColumnElement[Any], asked: str) -> ColumnElement[bool]:
    return vector.op("@@", is_comparison=True)(cast(asked, TSQUERY))


def _expression(node: Node, needles: Mapping[Leaf, tuple[Needle, ...]], label: str = "") -> str:
    """With a label, the words must stand in that part of the page."""
    if isinstance(node, All):
        return f"({' & '.join(_expression(part, needles, label) for part in node.parts)})"
    if isinstance(node, query.Any):
        return f"({' | '.join(_expression(part, needles, label) for part in node.parts)})"
    if isinstance(node, Not):
        return f"!{_expression(node.part, needles, label)}"
    # A word as it was written has no place, and would count as being in any part.
    asked = [needle for needle in needles[node] if not label or needle.terms[0][0] not in APART]
    return f"({' | '.join(_needle(needle, label) for needle in asked)})"


def _needle(needle: Needle, label: str = "") -> str:
    quoted = [_quoted(term) + (f":{label}" if label else "") for term in needle.terms]
    if needle.prefix:
        quoted[-1] += "*" if label else ":*"
    return f"({' <-> '.join(quoted)})" if len(quoted) > 1 else quoted[0]


def _quoted(term: str) -> str:
    plain = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{plain}'"


def _counts(page: Analysed) -> dict[str, float]:
    """How often each term stands in the page, weighted; what stands there once in the body goes without saying."""
    counts: dict[str, float] = {}
    for part, terms in page.parts.items():
        weight = WEIGHTS[part]
        for term in terms:
            counts[term] = counts.get(term, 0.0) + weight
    usual = WEIGHTS["body"]
    return {term: count for term, count in counts.items() if count != usual and term[0] not in APART}


def _vector(page: Analysed, parts: Iterable[str]) -> str:
    """The terms of some parts with their places, as text that the server reads: `'decis':1A,7D '_decision'`."""
    places: dict[str, list[str]] = {}
    start = 1
    for part in parts:
        terms = page.parts[part]
        for position, term in enumerate(terms, start):
            places.setdefault(term, []).append(f"{position}{_LABELS[part]}" if part in _LABELS else "")
        start += len(terms) + 1  # a phrase does not run from one part into the next
    return " ".join(_fitting(places))


def _fitting(places: Mapping[str, list[str]]) -> Iterable[str]:
    """As many terms as one vector can hold."""
    size = 0
    for term, positions in places.items():
        size += len(term.encode()) + 8 + 2 * len(positions)
        if size > VECTOR_SIZE:
            return
        yield f"{_quoted(term)}:{','.join(positions)}" if positions[0] else _quoted(term)


def expression(plan: Plan) -> str:
    """A plan's question as a `tsquery`, for other indexes of the same terms."""
    assert plan.wanted is not None
    asked = _expression(plan.wanted, plan.needles)
    return f"{asked} & !{_expression(plan.unwanted, plan.needles)}" if plan.unwanted else asked


def vector(terms: Sequence[str]) -> str:
    """Terms with their places, as the text of a `tsvector`."""
    places: dict[str, list[str]] = {}
    for position, term in enumerate(terms, 1):
        places.setdefault(term, []).append(str(min(position, 16_383)))
    return " ".join(_fitting({term: positions[:200] for term, positions in places.items()}))
