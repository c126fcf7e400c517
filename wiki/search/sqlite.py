"""The index in SQLite: FTS5 over terms that are analysed already; its own BM25 ranks.

FTS5 gives no weight to a word that stands in more than half of the pages, which in a small wiki are most of the words that
people ask for. So every page has an empty row beside its own, with its id below zero: of all rows, no word is in more than half.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    TableClause,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from wiki.prepared import Prepared
from wiki.search import bits, closeness, query
from wiki.search.entry import EVERY, WEIGHTS, Analysed
from wiki.search.language import Needle
from wiki.search.plan import Leaf, Plan
from wiki.search.query import All, Node, Not
from wiki.search.ranking import Batch

_INDEX = table("search_index", column("rowid"), *(column(part) for part in WEIGHTS))
_TITLES = table("search_title", column("rowid"), column("words"))
_LEADS = table("search_index_lead", column("rowid"), column("title"), column("lead"))

#: Of so many pages that match all are ranked by BM25, which costs more than all else. Of more, those come first that say it
#: in title or lead, which has an index of its own; the more of the words, the earlier. Where these do not fill a page of
#: results, the others are ranked as well, up to MOST.
MANY, MOST = 2_000, 20_000
#: Of a question of more words than these is not told apart how many of them stand in title or lead.
APART = 4


def _match(index: TableClause, asked: str | ColumnElement[str]) -> ColumnElement[bool]:
    return literal_column(index.name).op("MATCH", is_comparison=True)(asked)


def _scores(index: TableClause) -> Prepared:
    """Pages and their scores by BM25, which FTS5 gives as negative numbers."""
    weights: list[ColumnElement[Any]] = [
        literal_column(str(WEIGHTS[each.name])) for each in index.c if each.name in WEIGHTS
    ]
    columns: tuple[Any, ...] = (index.c.rowid, -func.bm25(literal_column(index.name), *weights))
    return Prepared(select(*columns).where(_match(index, _ASKED)))


_ASKED = bindparam("asked", type_=String)
_HELD = Prepared(bits.joined(select(_INDEX.c.rowid).where(_match(_INDEX, _ASKED))))
_HELD_IN_TITLES = Prepared(bits.joined(select(_LEADS.c.rowid).where(_match(_LEADS, _ASKED))))
#: The same for each of several questions.
_HELD_EACH = Prepared(
    text(
        "SELECT (SELECT group_concat(rowid) FROM search_index WHERE search_index MATCH value) AS ids"
        " FROM json_each(:asked) ORDER BY key"
    ).columns(column("ids", String))
)
_SCORED, _SCORED_BY_LEAD = _scores(_INDEX), _scores(_LEADS)


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
    leads = [(page_id, page.parts["title"], page.parts["lead"]) for page_id, page in pages.items()]
    session.execute(
        insert(_LEADS),
        [{"rowid": page_id, "title": " ".join(title), "lead": " ".join(lead)} for page_id, title, lead in leads],
    )
    session.execute(
        insert(_TITLES), [{"rowid": page_id, "words": " ".join(page.title_words)} for page_id, page in pages.items()]
    )


def remove(session: Session, page_ids: Collection[int]) -> None:
    _delete(session, [*page_ids, *(-page_id for page_id in page_ids)])


def _delete(session: Session, page_ids: Collection[int]) -> None:
    for index in (_INDEX, _LEADS, _TITLES):
        session.execute(delete(index).where(index.c.rowid == bindparam("page")), [{"page": i} for i in page_ids])


@contextmanager
def searching(session: Session) -> Iterator[None]:
    """Nothing to prepare."""
    yield


def matching(node: Node, needles: Mapping[Leaf, tuple[Needle, ...]], name: str = "matching") -> CTE:
    """Ids (`page_id`) of the pages that match."""
    return _found(select(_INDEX.c.rowid.label("page_id")).where(_match(_INDEX, _expression(node, needles))), name)


def held(session: Session, node: Node, needles: Mapping[Leaf, tuple[Needle, ...]], *, title: bool = False) -> int:
    """The set of the pages that match; with `title`, of those whose titles do."""
    asked = _expression(node, needles)
    if title:
        return bits.split(_HELD_IN_TITLES.plain(session, asked=f"{{title}} : {asked}")[0][0])
    return bits.split(_HELD.plain(session, asked=asked)[0][0])


def held_each(session: Session, nodes: Sequence[Node], needles: Mapping[Leaf, tuple[Needle, ...]]) -> list[int]:
    """The sets of the pages that match each of the nodes, in one statement."""
    asked = json.dumps([_expression(node, needles) for node in nodes])
    return [bits.split(row[0]) for row in _HELD_EACH.plain(session, asked=asked)]


def titled(beginnings: Sequence[str]) -> CTE:
    """Ids (`page_id`) of the pages whose titles have words with all of these beginnings."""
    asked = " AND ".join(_needle(Needle((word,), prefix=True)) for word in beginnings)
    return _found(select(_TITLES.c.rowid.label("page_id")).where(_match(_TITLES, asked)), "titled")


def scored(session: Session, plan: Plan, found: int, listed: int) -> Iterator[Batch]:
    """Scores of the pages that match (`found`), the likeliest first, as far as they are asked for."""
    matching = found.bit_count()
    if matching > MANY:
        yield from _by_lead(session, plan)
    scores = dict(_SCORED.plain(session, asked=_asked(plan))) if matching <= MOST else {}
    if plan.neighbours and 1 < matching <= MANY:
        scores = closeness.raised(scores, held_each(session, list(plan.neighbours), plan.neighbours))
    yield Batch(scores)


def _by_lead(session: Session, plan: Plan) -> Iterator[Batch]:
    """What the pages say in title and lead: first those that have all of the words there, then those that lack one …"""
    words = [_expression(leaf, plan.needles) for leaf in plan.words]
    for count in range(len(words), 0, -1) if len(words) <= APART else [1]:
        scores: dict[int, float] = {}
        for some in combinations(words, count) if len(words) <= APART else [[f"({' OR '.join(words)})"]]:
            scores |= dict(_SCORED_BY_LEAD.plain(session, asked=" AND ".join(some)))
        yield Batch(scores, last=False)


def _asked(plan: Plan) -> str:
    """What is looked for; words that need not be there are part of it, so that they count."""
    assert plan.wanted is not None
    asked = _expression(plan.wanted, plan.needles)
    if plan.needed:
        others = [leaf for leaf in plan.words if leaf not in set(query.leaves(plan.needed))]
        ranking = " OR ".join([f'"{EVERY}"', *(_expression(leaf, plan.needles) for leaf in others)])
        asked = f"{_expression(plan.needed, plan.needles)} AND ({ranking})"
    return f"{asked} NOT {_expression(plan.unwanted, plan.needles)}" if plan.unwanted else asked


def _found(step: Select[Any], name: str) -> CTE:
    """A step that is taken once, in this order: words are looked up first and pages joined to them, never the other
    way round."""
    return step.cte(name).prefix_with("MATERIALIZED")


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
