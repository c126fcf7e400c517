"""Putting pages into the index and taking them out, inside the transaction that changes them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from wiki.models import SearchText
from wiki.search import spelling, synonyms
from wiki.search.batches import batches
from wiki.search.engine import engine
from wiki.search.entry import Entry, analysed

#: Pages that are written together in a bulk import.
BATCH = 100

_TEXTS = SearchText.metadata.tables["search_text"]


def index_page(session: Session, page_id: int, entry: Entry) -> None:
    """Make the page findable by its present words; found at once by what follows in the same transaction."""
    index_pages(session, [(page_id, entry)])


def index_pages(session: Session, pages: Iterable[tuple[int, Entry]]) -> int:
    """Index many pages, quickly; says how many. A page that is named twice keeps what came last."""
    count = 0
    for batch in batches(pages, BATCH):
        _index(session, dict(batch))
        count += len(batch)
    return count


def remove_page(session: Session, page_id: int) -> None:
    """Forget the page and the words that no other page has."""
    remove_pages(session, [page_id])


def remove_pages(session: Session, page_ids: Iterable[int]) -> None:
    """Forget many pages at once."""
    for batch in batches(page_ids, BATCH):
        old = _words(_stored(session, batch).values())
        session.execute(delete(SearchText).where(SearchText.page_id.in_(batch)))
        engine(session).remove(session, batch)
        synonyms.remember(session, {page_id: () for page_id in batch})
        spelling.forget(session, old)


def _index(session: Session, batch: dict[int, Entry]) -> None:
    texts = {page_id: _text(page_id, entry) for page_id, entry in batch.items()}
    old = _stored(session, batch)
    changed = [page_id for page_id in batch if old.get(page_id) != texts[page_id]]
    if not changed:
        return
    session.execute(delete(SearchText).where(SearchText.page_id.in_(changed)))
    session.execute(insert(_TEXTS), [texts[page_id] for page_id in changed])
    pages = {page_id: analysed(batch[page_id]) for page_id in changed}
    engine(session).put(session, pages)
    synonyms.remember(session, {page_id: batch[page_id].synonyms for page_id in changed})
    before = _words(old[page_id] for page_id in changed if page_id in old)
    after = frozenset(word for page in pages.values() for word in page.words)
    spelling.learn(session, after - before)
    spelling.forget(session, before - after)


def _stored(session: Session, batch: Iterable[int]) -> dict[int, dict[str, Any]]:
    found = session.execute(select(_TEXTS).where(SearchText.page_id.in_(list(batch))))
    return {row.page_id: dict(row._mapping) for row in found}


def _words(stored: Iterable[dict[str, Any]]) -> frozenset[str]:
    """The words of the texts as they were."""
    entries = (
        Entry(
            language=old["language"],
            title=old["title"],
            lead=old["lead"],
            fields=old["fields"],
            rows=[(row_id, text) for row_id, text in old["rows_json"] if row_id],
            body=old["body"],
            kind=" ".join(text for row_id, text in old["rows_json"] if not row_id),
        )
        for old in stored
    )
    return frozenset(word for entry in entries for word in analysed(entry).words)


def _text(page_id: int, entry: Entry) -> dict[str, Any]:
    return {
        "page_id": page_id,
        "language": entry.language,
        "title": entry.title,
        "lead": entry.lead,
        "fields": entry.fields,
        "rows_json": [*(list(row) for row in entry.rows), *([["", entry.kind]] if entry.kind else [])],
        "body": entry.body,
    }
