"""Words that mean the same, as pages say: earlier names of organisations, tables of words.

What a page says so holds for those who may read that page, wherever they search.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import String, bindparam, delete, insert, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, visible_pages
from wiki.models import Page, SearchSynonym
from wiki.prepared import Prepared, TextList
from wiki.search import language
from wiki.search.letters import fold

#: Words of a name that has another one, and other names that are looked for with one.
LONGEST, MOST = 8, 8
_KEY, _TEXT = 120, 200
#: English words, by their keys, that people shorten when they write: both are the same word, on whatever page.
_SHORTENED = {
    "advertisement": ("advert",),
    "bicycle": ("bike",),
    "examination": ("exam",),
    "influenza": ("flu",),
    "laboratory": ("lab",),
    "memorandum": ("memo",),
    "photograph": ("photo",),
    "telephone": ("phone",),
}
_ALIKE = {
    one: tuple(other for other in group if other != one)
    for group in ((word, *short) for word, short in _SHORTENED.items())
    for one in group
}
_TABLE = SearchSynonym.metadata.tables["search_synonym"]
#: Those of the keys that any page has.
_KNOWN = Prepared(
    select(SearchSynonym.key.label("key"))
    .where(SearchSynonym.key.op("IN")(TextList(bindparam("keys", type_=String))))
    .distinct()
)


def key_of(text: str) -> str:
    """What two ways to write a name share."""
    return " ".join(fold(word) for word in language.words(text))[:_KEY]


def remember(session: Session, pages: Mapping[int, Iterable[Sequence[str]]]) -> None:
    """Keep the groups of words that pages say mean the same, in place of what they said before."""
    session.execute(delete(SearchSynonym).where(SearchSynonym.page_id.in_(list(pages))))
    rows = []
    for page_id, groups in pages.items():
        for number, group in enumerate(groups):
            texts = {key: text for text in group if (key := key_of(text))}
            if len(texts) > 1:
                rows += [
                    {"page_id": page_id, "number": number, "key": key, "text": text[:_TEXT]}
                    for key, text in texts.items()
                ]
    if rows:
        session.execute(insert(_TABLE), rows)


def of(session: Session, viewer: Viewer, words: Sequence[str]) -> dict[tuple[str, ...], list[str]]:
    """For runs of the words, as they were typed, what is the same: a shorter form, and what pages that the viewer may open call so."""
    runs: dict[str, list[tuple[str, ...]]] = {}
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            run = tuple(words[start:end])
            runs.setdefault(key_of(" ".join(run)), []).append(run)
    meant = {run: list(_ALIKE[key]) for key, found in runs.items() if key in _ALIKE for run in found}
    known = [row.key for row in _KNOWN(session, keys=json.dumps(list(runs)))] if runs else []
    if not known:  # by far the most questions
        return meant
    other = aliased(SearchSynonym)
    found = session.execute(
        select(SearchSynonym.key, other.text)
        .join(other, (other.page_id == SearchSynonym.page_id) & (other.number == SearchSynonym.number))
        .join(Page, Page.id == SearchSynonym.page_id)
        .where(SearchSynonym.key.in_(known), other.key != SearchSynonym.key, visible_pages(viewer))
        .order_by(SearchSynonym.key, other.text)
        .distinct()
    )
    for key, text in found:
        for run in runs[key]:
            if len(meant.setdefault(run, [])) < MOST:
                meant[run].append(text)
    return meant
