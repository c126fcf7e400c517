"""Passages: what files hold and what pages said before, in an index of their own beside that of the pages.

All words of a question must stand in one passage; if none has them all, any of them. Ranking is what each database
does by itself: within one file or page the best passage stands for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, Select, bindparam, cast, column, delete, func, insert, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from wiki.models import SearchPassage
from wiki.search import language, postgres, sqlite
from wiki.search.language import AS_WRITTEN
from wiki.search.plan import Leaf, Plan, plan
from wiki.search.query import Any as Either
from wiki.search.query import Query

INDEX = "search_index_passage"
#: Characters of one passage: about a page of a book, so that a snippet can be made of it quickly.
LENGTH = 4_000

_SQLITE = table(INDEX, column("rowid"), column("words"))
_POSTGRES = table(INDEX, column("passage_id"), column("terms", TSVECTOR))


@dataclass(frozen=True)
class Passage:
    """A text to be found; see `wiki.models.SearchPassage` for what the rest means. `words` is what is indexed, if not the text."""

    text: str
    language: str
    digest: str | None = None
    page_id: int | None = None
    number: int | None = None
    place: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str | None = None


def put(session: Session, passages: Sequence[Passage]) -> None:
    """Make passages findable."""
    for passage in passages:
        stored = SearchPassage(
            digest=passage.digest,
            page_id=passage.page_id,
            number=passage.number,
            place=passage.place[:100],
            since=passage.since,
            until=passage.until,
            text=passage.text if passage.words is None else "",
        )
        session.add(stored)
        session.flush()
        terms = _terms(passage.text if passage.words is None else passage.words, passage.language)
        if _is_sqlite(session):
            session.execute(insert(_SQLITE), {"rowid": stored.id, "words": " ".join(terms)})
        else:
            session.execute(
                insert(_POSTGRES).values(passage_id=stored.id, terms=cast(bindparam("vector"), TSVECTOR)),
                {"vector": postgres.vector(terms)},
            )


def forget_file(session: Session, digest: str) -> None:
    session.execute(delete(SearchPassage).where(SearchPassage.digest == digest))


def forget_past(session: Session, page_ids: Iterable[int]) -> None:
    session.execute(delete(SearchPassage).where(SearchPassage.page_id.in_(list(page_ids))))


def ways(question: Query, languages: Sequence[str], spoken: str) -> list[Plan]:
    """The question with all of its words, and, if it has several, with any of them."""
    asked = plan(question.tree, languages, spoken)
    if asked.wanted is None:
        return []
    return [asked, asked.instead(Either(tuple(asked.words)))] if len(asked.words) > 1 else [asked]


def matching(session: Session, asked: Plan) -> CTE:
    """`passage_id` and `rank` (larger is better) of the passages that match."""
    assert asked.wanted is not None
    if _is_sqlite(session):
        words = sqlite.expression(asked)
        score = -func.bm25(literal_column(INDEX))
        found: Select[Any] = select(_SQLITE.c.rowid.label("passage_id"), score.label("rank")).where(
            literal_column(INDEX).op("MATCH", is_comparison=True)(words)
        )
    else:
        wanted = cast(postgres.expression(asked), TSQUERY)
        rank = func.ts_rank(_POSTGRES.c.terms, wanted, 1)
        found = select(_POSTGRES.c.passage_id, rank.label("rank")).where(
            _POSTGRES.c.terms.op("@@", is_comparison=True)(wanted)
        )
    return found.cte("matching").prefix_with("MATERIALIZED")


def needles(asked: Plan) -> list[tuple[Leaf, Any]]:
    """What the marker of a snippet looks for."""
    known: Mapping[Leaf, Any] = asked.needles
    return [(leaf, known[leaf]) for leaf in asked.words]


def cut(text: str) -> list[str]:
    """A long text in passages, between paragraphs or at least between words."""
    pieces, rest = [], text.strip()
    while len(rest) > LENGTH:
        at = max(rest.rfind("\n\n", 0, LENGTH), rest.rfind("\n", LENGTH // 2, LENGTH))
        at = at if at > 0 else rest.rfind(" ", LENGTH // 2, LENGTH)
        at = at if at > 0 else LENGTH
        pieces.append(rest[:at].strip())
        rest = rest[at:].strip()
    return [*(piece for piece in pieces if piece), *([rest] if rest else [])]


def _terms(text: str, spoken: str) -> list[str]:
    """Stems in their order, then the words as written that are no stems."""
    pairs = language.pairs(text, spoken)
    stems = [stem for stem, _word in pairs]
    there = set(stems)
    return [*stems, *(AS_WRITTEN + word for word in dict.fromkeys(word for _stem, word in pairs) if word not in there)]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
