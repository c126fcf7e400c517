"""The index in SQLite: FTS5 over terms that are analysed already; its own BM25 ranks.

FTS5 gives no weight to a word that stands in more than half of the pages, which in a small wiki are most of the words that
people ask for. So every page has an empty row beside its own, with its id below zero: of all rows, no word is in more than half.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    TableClause,
    bindparam,
    case,
    column,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.orm import Session

from wiki.models import Page
from wiki.prepared import Prepared
from wiki.search import bits, query
from wiki.search.entry import EVERY, SCALE, WEIGHTS, Analysed
from wiki.search.language import Needle
from wiki.search.plan import Leaf, Named, Plan, Share
from wiki.search.query import All, Node, Not

_INDEX = table("search_index", column("rowid"), *(column(part) for part in WEIGHTS))
_TITLES = table("search_title", column("rowid"), column("words"))
_BM25 = func.bm25(literal_column("search_index"), *(literal_column(str(weight)) for weight in WEIGHTS.values()))

#: Of so many pages that match all are ranked by BM25, which costs more than all else. Of more, only those that say it in
#: title or lead, where words weigh most; the others follow them. With fewer such pages than these, all are ranked after all.
MANY, ENOUGH = 2_000, 200
_SAYING = "{title lead}"

_HELD = Prepared(
    bits.joined(select(_INDEX.c.rowid).where(literal_column(_INDEX.name).op("MATCH")(bindparam("asked", type_=String))))
)


def put(session: Session, pages: Mapping[int, Analysed]) -> None:
    """Index the pages, in place of what was there."""
    _delete(session, pages)
    session.execute(insert(_INDEX).prefix_with("OR REPLACE"), [{"rowid": -page_id, "title": ""} for page_id in pages])
    session.execute(
        insert(_INDEX),
        [
            {"rowid": page_id, **{part: " ".join(terms) for part, terms in page.parts.items()}}
            for page_id, page in pages.items()
        ],
    )
    session.execute(
        insert(_TITLES), [{"rowid": page_id, "words": " ".join(page.title_words)} for page_id, page in pages.items()]
    )


def remove(session: Session, page_ids: Collection[int]) -> None:
    _delete(session, [*page_ids, *(-page_id for page_id in page_ids)])


def _delete(session: Session, page_ids: Collection[int]) -> None:
    for index in (_INDEX, _TITLES):
        session.execute(delete(index).where(index.c.rowid == bindparam("page")), [{"page": i} for i in page_ids])


@contextmanager
def searching(session: Session) -> Iterator[None]:
    """Nothing to prepare."""
    yield


def matching(
    node: Node, needles: Mapping[Leaf, tuple[Needle, ...]], name: str = "matching", *, title: bool = False
) -> CTE:
    """Ids (`page_id`) of the pages that match; with `title`, of those whose titles do."""
    asked = _expression(node, needles)
    asked = f"{{title}} : ({asked})" if title else asked
    return _found(select(_INDEX.c.rowid.label("page_id")).where(_match(_INDEX, asked)), name)


def held(session: Session, node: Node, needles: Mapping[Leaf, tuple[Needle, ...]]) -> int:
    """The set of the pages that match."""
    return bits.split(_HELD(session, asked=_expression(node, needles))[0].ids)


def titled(beginnings: Sequence[str]) -> CTE:
    """Ids (`page_id`) of the pages whose titles have words with all of these beginnings."""
    asked = " AND ".join(_needle(Needle((word,), prefix=True)) for word in beginnings)
    return _found(select(_TITLES.c.rowid.label("page_id")).where(_match(_TITLES, asked)), "titled")


def share(session: Session, plan: Plan, found: int) -> Share:
    """Which of the pages that match are worth ranking."""
    if plan.wanted is None or found.bit_count() <= MANY:
        return Share.ALL
    leading = select(_INDEX.c.rowid).where(_match(_INDEX, _leading(plan))).limit(ENOUGH).subquery()
    enough = session.execute(select(func.count()).select_from(leading)).scalar_one() == ENOUGH
    return Share.LEADING_FIRST if enough else Share.ALL


def ranked(
    plan: Plan,
    where: ColumnElement[bool],
    weight: ColumnElement[float],
    extra: Mapping[str, ColumnElement[Any]],
    share: Share,
    called: Named | None = None,
) -> CTE:
    """The pages that match and meet the condition: `page_id`, `rank`, and what is asked of each besides."""
    hits = _hits(plan, share, called)
    if share is Share.LEADING:
        extra = {**extra, "leading": select(func.count()).select_from(hits).scalar_subquery()}
    # Put away and no longer counting come last here too; the other weights would cost more than they tell.
    later = case((or_(Page.archived_at.is_not(None), Page.over != ""), -2 * SCALE), else_=-SCALE)
    rank = case((hits.c.score.is_(None), later), else_=func.round(hits.c.score * weight * SCALE))
    named = [value.label(name) for name, value in extra.items()]
    return _found(
        select(hits.c.page_id, rank.label("rank"), *named).join(Page, Page.id == hits.c.page_id).where(where), "seen"
    )


def _hits(plan: Plan, share: Share, called: Named | None) -> CTE:
    """The pages that match, each with its `score`, if it is one that is ranked."""
    if share is Share.ALL:
        return _found(_scored(_asked(plan)), "hits")
    leading = _leading(plan) if called is None else f"({_leading(plan)}) OR {_expression(*called)}"
    if share is Share.LEADING:
        return _found(_scored(leading), "hits")
    first = _found(_scored(leading), "leading")
    every = _found(select(_INDEX.c.rowid.label("page_id")).where(_match(_INDEX, _asked(plan))), "every")
    return _found(select(every.c.page_id, first.c.score).outerjoin(first, first.c.page_id == every.c.page_id), "hits")


def _scored(asked: str) -> Select[Any]:
    score: ColumnElement[Any] = -_BM25
    return select(_INDEX.c.rowid.label("page_id"), score.label("score")).where(_match(_INDEX, asked))


def _asked(plan: Plan) -> str:
    """What is looked for; words that need not be there are part of it, so that they count."""
    assert plan.wanted is not None
    asked = _expression(plan.wanted, plan.needles)
    if plan.needed:
        others = [leaf for leaf in plan.words if leaf not in set(query.leaves(plan.needed))]
        ranking = " OR ".join([f'"{EVERY}"', *(_expression(leaf, plan.needles) for leaf in others)])
        asked = f"{_expression(plan.needed, plan.needles)} AND ({ranking})"
    return f"{asked} NOT {_expression(plan.unwanted, plan.needles)}" if plan.unwanted else asked


def _leading(plan: Plan) -> str:
    """The same for pages that say it in title or lead. What is said there counts again, or alone where one word says it all."""
    said = f"{_SAYING} : ({' OR '.join(_expression(leaf, plan.needles) for leaf in plan.words)})"
    return said if [plan.wanted] == plan.words and not plan.unwanted else f"({_asked(plan)}) AND {said}"


def _found(step: Select[Any], name: str) -> CTE:
    """A step that is taken once, in this order: words are looked up first and pages joined to them, never the other
    way round."""
    return step.cte(name).prefix_with("MATERIALIZED")


def _match(index: TableClause, asked: str) -> ColumnElement[bool]:
    return literal_column(index.name).op("MATCH", is_comparison=True)(asked)


def _expression(node: Node, needles: Mapping[Leaf, tuple[Needle, ...]]) -> str:
    if isinstance(node, All):
        wanted = [_expression(part, needles) for part in node.parts if not isinstance(part, Not)]
        unwanted = [_expression(part.part, needles) for part in node.parts if isinstance(part, Not)]
        asked = " AND ".join(wanted)
        return f"(({asked}) NOT ({' OR '.join(unwanted)}))" if unwanted else f"({asked})"
    if isinstance(node, query.Any):
        return f"({' OR '.join(_expression(part, needles) for part in node.parts)})"
    assert not isinstance(node, Not)
    return f"({' OR '.join(_needle(needle) for needle in needles[node])})"


def _needle(needle: Needle) -> str:
    quoted = " ".join(needle.terms).replace('"', " ")
    return f'"{quoted}"{" *" if needle.prefix else ""}'


def expression(plan: Plan) -> str:
    """A plan's question as FTS5 reads it, for other indexes of the same terms."""
    assert plan.wanted is not None
    asked = _expression(plan.wanted, plan.needles)
    return f"{asked} NOT {_expression(plan.unwanted, plan.needles)}" if plan.unwanted else asked
