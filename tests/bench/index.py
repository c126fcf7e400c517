"""What search costs beside questions: how large its index is, and what it adds to a save."""

import time
from dataclasses import replace

from sqlalchemy import select, text

from tests.bench import texts, wikis
from wiki import search
from wiki.config import Settings
from wiki.db import Database
from wiki.models import Page
from wiki.pages import deriving
from wiki.pages.storing import content_of, current_revision

TRIES = 12
#: The tables of SQLite's full-text index that hold blocks.
_BLOCKS = ("search_index_data", "search_index_docsize", "search_index_lead_data", "search_title_data")


def kilobytes_a_page(settings: Settings) -> float:
    """Of the index alone, without the texts that passages are cut from."""
    database = Database(settings.database_url)
    with database.read() as session:
        columns = {"search_index_docsize": "sz"}
        stored = [
            session.scalar(text(f"SELECT sum(length({columns.get(table, 'block')})) FROM {table}"))  # noqa: S608
            for table in _BLOCKS
        ]
        pages = session.scalar(text("SELECT count(*) FROM page"))
    database.close()
    return sum(stored) / pages / 1024


def milliseconds_a_save(settings: Settings) -> float:
    """Processor time that indexing adds to saving the large page with another text; the least of several."""
    database = Database(settings.database_url)
    catalogue = wikis.catalogue_of(settings)
    found = []
    with database.write() as session:
        page = session.scalars(select(Page).where(Page.slug == wikis.LARGE)).one()
        content = content_of(current_revision(session, page))
        for number in range(1, TRIES + 1):
            changed = replace(content, body=texts.large(1000 + number).body)
            entry = deriving.derived(session, catalogue, page, changed).entry
            before = time.process_time()
            search.index_page(session, page.id, entry)
            session.flush()
            found.append((time.process_time() - before) * 1000)
        session.rollback()
    database.close()
    return min(found)
