"""The index in PostgreSQL: `tsvector` finds, BM25 ranks the best of what it found, as SQLite's FTS5 does.

BM25 needs how often a word stands in a page: `counts` keeps that, weighted, for every term, and `length` the number
of terms. How many pages have the word is counted when asked. No extension is needed.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import (
    CTE,
    ColumnElement,
    Float,
    Select,
    Subquery,
    bindparam,
    case,
    cast,
    column,
    delete,
    func,
    insert,
    literal,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, REAL, TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from wiki.models import Page
from wiki.search.entry import ARCHIVED, SCALE, WEIGHTS, Analysed
from wiki.search.language import Needle
from wiki.search.plan import Leaf, Plan
from wiki.search.query import All, Any, Node, Not

_INDEX = table(
    "search_index",
    column("page_id"),
    column("length"),
    column("terms", TSVECTOR),
    column("title_words", TSVECTOR),
    column("counts", JSONB),
)
#: PostgreSQL tells four weights apart.
_LABELS = {"title": "A", "lead": "B", "fields": "C", "rows": "C", "body": "D"}
_LABEL_WEIGHTS = {label: WEIGHTS[part] for part, label in _LABELS.items()}

#: That many of the pages that match, found by the server's own cheap rank, are ranked by BM25; the others follow.
CANDIDATES = 200
K1, B = 1.2, 0.75
#: A word that stands in more than half of the pages weighs this much (as in FTS5).
LEAST_IDF = 1e-6
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
            title_words=cast(bindparam("titles"), TSVECTOR),
            counts=cast(bindparam("counts_json"), JSONB),
        ),
        [
            {
                "page": page_id,
                "length": page.length,
                "terms": _vector(page),
                "titles": " ".join(_quoted(word) for word in page.title_words),
                "counts_json": json.dumps(_counts(page), ensure_ascii=False),
            }
            for page_id, page in pages.items()
        ],
    )


def remove(session: Session, page_ids: Collection[int]) -> None:
    session.execute(delete(_INDEX).where(_INDEX.c.page_id.in_(list(page_ids))))


def matching(node: Node, needles: Mapping[Leaf, tuple[Needle, ...]]) -> Select[int]:
    """Ids (`page_id`) of the pages that match."""
    return select(_INDEX.c.page_id).where(_holds(_expression(node, needles)))


def ranked(plan: Plan, where: ColumnElement[bool]) -> Select[int, int]:
    """(page id, total), best first, of the pages that match and meet the condition."""
    asked = _expression(plan.wanted, plan.needles) if plan.wanted else ""
    if plan.unwanted:
        asked = f"{asked} & !{_expression(plan.unwanted, plan.needles)}"
    needles = list(dict.fromkeys(needle for leaf in plan.words for needle in plan.needles[leaf]))
    seen = _seen(asked, needles, where)
    best = _best(seen, needles)
    further = case((best.c.score.is_(None), seen.c.near), else_=0.0)
    total = select(func.count()).select_from(seen).scalar_subquery()
    return (
        select(seen.c.page_id, total)
        .outerjoin(best, best.c.page_id == seen.c.page_id)
        .order_by(best.c.score.desc().nulls_last(), further.desc(), seen.c.page_id.desc())
    )


def titled(beginnings: Sequence[str]) -> Subquery:
    """Ids (`page_id`) of the pages whose titles have words with all of these beginnings."""
    asked = " & ".join(_needle(Needle((word,), prefix=True)) for word in beginnings)
    return select(_INDEX.c.page_id).where(_INDEX.c.title_words.op("@@")(cast(asked, TSQUERY))).subquery()


def _seen(asked: str, needles: Iterable[Needle], where: ColumnElement[bool]) -> CTE:
    """The pages that match, with a rank that is quick to have."""
    weights = [_LABEL_WEIGHTS[label] / max(_LABEL_WEIGHTS.values()) for label in "DCBA"]
    anything = " | ".join(_needle(needle) for needle in needles)
    near = func.ts_rank(cast(weights, ARRAY(REAL)), _INDEX.c.terms, cast(anything, TSQUERY), 1)
    return (
        select(_INDEX.c.page_id, (near * _standing()).label("near"))
        .join(Page, Page.id == _INDEX.c.page_id)
        .where(_holds(asked), where)
        .cte("seen")
        .prefix_with("MATERIALIZED")
    )


def _best(seen: CTE, needles: Sequence[Needle]) -> CTE:
    """The candidates with their BM25 score."""
    first = select(seen.c.page_id).order_by(seen.c.near.desc(), seen.c.page_id.desc()).limit(CANDIDATES).subquery()
    known = _statistics(needles)
    score: ColumnElement[float] = literal(0.0, Float)
    for i, needle in enumerate(needles):
        count = _count(needle)
        long = K1 * (1 - B + B * _INDEX.c.length / known.c.length)
        score = score + known.c[f"idf_{i}"] * count * (K1 + 1) / (count + long)
    weighed = score * _standing()
    return (
        select(first.c.page_id, func.round(weighed * SCALE).label("score"))
        .join(_INDEX, _INDEX.c.page_id == first.c.page_id)
        .join(Page, Page.id == first.c.page_id)
        .join(known, literal(True))
        .cte("best")
        .prefix_with("MATERIALIZED")
    )


def _statistics(needles: Sequence[Needle]) -> CTE:
    """One row: the mean length of pages, and how much each needle tells."""
    pages = (
        select(func.count().label("n"), cast(func.avg(_INDEX.c.length), Float).label("length"))
        .cte("pages")
        .prefix_with("MATERIALIZED")
    )
    columns = []
    for i, needle in enumerate(needles):
        having = select(func.count()).where(_holds(_needle(needle))).select_from(_INDEX).scalar_subquery()
        idf = func.ln((pages.c.n - having + 0.5) / (having + 0.5))
        columns.append(func.greatest(cast(idf, Float), LEAST_IDF).label(f"idf_{i}"))
    return select(pages.c.length, *columns).cte("known").prefix_with("MATERIALIZED")


def _count(needle: Needle) -> ColumnElement[float]:
    """How often a needle stands in a page, by the weight of the place. For beginnings only the heaviest place counts,
    for sequences the rarest of their words."""
    if needle.prefix:
        places = [(_holds(_needle(needle, label)), weight) for label, weight in sorted(_LABEL_WEIGHTS.items())]
        return case(*places, (_holds(_needle(needle)), WEIGHTS["words"]), else_=0.0)
    counts = [func.coalesce(cast(_INDEX.c.counts.op("->>")(term), Float), 0.0) for term in needle.terms]
    if len(counts) == 1:
        return counts[0]
    return case((_holds(_needle(needle)), func.least(*counts)), else_=0.0)


def _standing() -> ColumnElement[float]:
    return case((Page.archived_at.is_not(None), ARCHIVED), else_=1.0)


def _holds(asked: str) -> ColumnElement[bool]:
    return _INDEX.c.terms.op("@@", is_comparison=True)(cast(asked, TSQUERY))


def _expression(node: Node, needles: Mapping[Leaf, tuple[Needle, ...]]) -> str:
    if isinstance(node, All):
        return f"({' & '.join(_expression(part, needles) for part in node.parts)})"
    if isinstance(node, Any):
        return f"({' | '.join(_expression(part, needles) for part in node.parts)})"
    if isinstance(node, Not):
        return f"!{_expression(node.part, needles)}"
    return f"({' | '.join(_needle(needle) for needle in needles[node])})"


def _needle(needle: Needle, label: str = "") -> str:
    quoted = [_quoted(term) for term in needle.terms]
    if needle.prefix:
        quoted[-1] += f":*{label}"
    return f"({' <-> '.join(quoted)})" if len(quoted) > 1 else quoted[0]


def _quoted(term: str) -> str:
    plain = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{plain}'"


def _counts(page: Analysed) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for part, terms in page.parts.items():
        for term in terms:
            counts[term] += WEIGHTS[part]  # type: ignore[assignment]
    return dict(counts)


def _vector(page: Analysed) -> str:
    """The terms with their places, as text that the server reads: `'decis':1A,7 '_decision'`."""
    places: dict[str, list[str]] = {}
    start = 1
    for part, label in _LABELS.items():
        for position, term in enumerate(page.parts[part], start):
            places.setdefault(term, []).append(f"{position}{label}")
        start += len(page.parts[part]) + 1  # a phrase does not run from one part into the next
    for word in page.parts["words"]:
        places.setdefault(word, [])
    return " ".join(_fitting(places))


def _fitting(places: Mapping[str, list[str]]) -> Iterable[str]:
    """As many terms as one vector can hold."""
    size = 0
    for term, positions in places.items():
        size += len(term.encode()) + 8 + 2 * len(positions)
        if size > VECTOR_SIZE:
            return
        yield f"{_quoted(term)}:{','.join(positions)}" if positions else _quoted(term)
