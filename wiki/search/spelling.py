"""Did you mean: words that stand in pages which this reader may open, one or two letters away from what was typed.

The table `search_spelling` holds each word under every spelling that lacks one of its letters. Two words that are one
letter apart, or have two letters swapped, meet in such a spelling, so the near words are found without reading them all.
"""

import json
import re
from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import String, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from wiki.models import SearchSpelling, SearchText
from wiki.prepared import IdList, Prepared, TextList
from wiki.search import bits, language
from wiki.search.batches import batches
from wiki.search.engine import engine
from wiki.search.language import AS_WRITTEN, Needle
from wiki.search.letters import fold
from wiki.search.missing import missing
from wiki.search.plan import Leaf
from wiki.search.query import Word

SHORTEST, LONGEST = 4, 24
#: Words of this length may differ in two letters, shorter ones in one.
TWO_MISTAKES = 6
#: Words of one question that are mended.
MENDED = 3
#: Candidates for one of them that are looked at, the nearest first, and pages that are counted of each.
MOST, COUNTED = 12, 50
#: Candidates whose writing is looked up, and pages that are read to see it.
WRITTEN, READ = 3, 5

_SPELLINGS = SearchSpelling.metadata.tables["search_spelling"]
_NEAR = Prepared(
    select(SearchSpelling.word).where(
        SearchSpelling.near.op("IN")(TextList(bindparam("spellings", type_=String))),
    )
)
_TEXTS = Prepared(
    select(SearchText.title, SearchText.lead, SearchText.fields, SearchText.body, SearchText.rows_json)
    .where(SearchText.page_id.op("IN")(IdList(bindparam("ids", type_=String))))
    .order_by(SearchText.page_id)
)


def learn(session: Session, words: Iterable[str]) -> None:
    """Keep words for later suggestions; those that are known are left alone."""
    for some in batches(sorted(word for word in words if _is_word(word)), 400):
        known = session.scalars(
            select(SearchSpelling.word).where(SearchSpelling.near.in_(some), SearchSpelling.near == SearchSpelling.word)
        )
        new = set(some).difference(known)
        rows = [{"near": near, "word": word} for word in sorted(new) for near in sorted(_spellings(word))]
        if rows:
            # Another saver may be adding the same word: whoever comes second has nothing to add.
            insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
            session.execute(insert(_SPELLINGS).on_conflict_do_nothing(), rows)


def forget(session: Session, words: Iterable[str]) -> None:
    """Drop those of the words that stand in no page any more."""
    with engine(session).searching(session):
        for some in batches(sorted(word for word in words if _is_word(word)), 400):
            for gone in batches(sorted(missing(session, some)), 20):
                spellings = {spelling for word in gone for spelling in _spellings(word)}
                session.execute(
                    delete(SearchSpelling).where(SearchSpelling.near.in_(spellings), SearchSpelling.word.in_(gone))
                )


def mend(session: Session, counted: Iterable[tuple[str, int]]) -> None:
    """Make words right again that are kept under `count` spellings: all of a word's spellings, or none if no page has it."""
    torn = [word for word, count in counted if not _is_word(word) or count != len(_spellings(word))]
    if torn:
        session.execute(delete(SearchSpelling).where(SearchSpelling.word.in_(torn)))
        learn(session, torn)
    forget(session, (word for word, _count in counted))


def mended(session: Session, text: str, unknown: Iterable[str], visible: int) -> str:
    """The question with words that stand nowhere replaced by the likeliest near ones, out of the set of pages that the viewer may open."""
    for typed in list(unknown)[:MENDED]:
        better = instead_of(session, typed, visible)
        if better:
            text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", better, text, count=1)
    return text


def instead_of(session: Session, typed: str, visible: int) -> str | None:
    """The likeliest word for a mistyped one, out of a set of pages; None when nothing is near."""
    word = fold(typed)
    if not _is_word(word):
        return None
    found = {row[0] for row in _NEAR.plain(session, spellings=json.dumps(sorted(_spellings(word))))}
    allowed = 2 if len(word) >= TWO_MISTAKES else 1
    near = sorted((_distance(word, other), other) for other in found if 0 < mistakes(word, other) <= allowed)[:MOST]
    pages = {
        other: having & visible for other, having in _pages_with(session, [other for _away, other in near]).items()
    }
    ordered = sorted((away, -min(pages[other].bit_count(), COUNTED), other) for away, other in near if pages[other])
    for _away, _count, other in ordered[:WRITTEN]:
        written = _as_people_write_it(session, other, pages[other])
        if written:
            return written
    return None


def _distance(typed: str, other: str) -> tuple[int, bool]:
    """How far apart two words are; of two alike, one that begins with the same letter is nearer."""
    return mistakes(typed, other), typed[0] != other[0]


def mistakes(one: str, other: str) -> int:
    """How many letters were left out, added, replaced or swapped with their neighbour between the two words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, before_last, before = row, before, row
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j - 1] + 1, previous[j] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _is_word(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _spellings(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def _pages_with(session: Session, words: Sequence[str]) -> dict[str, int]:
    """The pages with each of the words, all asked at once."""
    needles: dict[Leaf, tuple[Needle, ...]] = {
        Word(one): (Needle((AS_WRITTEN + one,)), Needle((one,))) for one in words
    }
    return dict(zip(words, engine(session).held_each(session, list(needles), needles), strict=True)) if words else {}


def _as_people_write_it(session: Session, word: str, pages: int) -> str | None:
    """The word with its accents, out of the first of the pages; None when they have but another form of it."""
    for row in _TEXTS(session, ids=json.dumps(list(islice(bits.each(pages), READ)))):
        for text in (row.title, row.lead, row.fields, row.body, *(text for _, text in row.rows_json)):
            for written in dict.fromkeys(language.words(text)):
                if _may_be(written, word) and any(word == each for _, each in language.forms(written, "")):
                    return written.lower() if fold(written) == word else word
    return None


def _may_be(written: str, word: str) -> bool:
    """Whether it is worth taking apart what somebody wrote: it has the first letters of the word, or letters with marks."""
    return not written.isascii() or word[:SHORTEST] in written.lower()
