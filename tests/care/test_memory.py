"""A wiki of any size goes into a backup and out of it through little memory."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert

from tests.care.conftest import elsewhere_for
from wiki import clock, migrate
from wiki.care import backups, sealed, tables
from wiki.db import Database
from wiki.models import Page, Revision, Space

PAGES = 2_000
BODY = "What we learned about the tides. " * 400
MEGABYTE = 1 << 20


@pytest.fixture
def big(database: Database) -> Database:
    """A database with 25 MB of text, put there past all actions."""
    now = clock.now()
    with database.transaction() as session:
        session.execute(insert(Space), [{"id": 1, "slug": "big", "name": "Big", "created_at": now}])
        for first in range(1, PAGES, 500):
            numbers = range(first, first + 500)
            session.execute(insert(Page), [page(number) for number in numbers])
            session.execute(insert(Revision), [revision(number) for number in numbers])
    return database


def page(number: int) -> dict[str, object]:
    title = f"Page {number}"
    named = {"slug": f"p{number}", "title": title, "title_key": title.lower()}
    moments = {"created_at": clock.now(), "changed_at": clock.now()}
    return {"id": number, "space_id": 1, "kind": "article", "state": "current", "number": 1, **named, **moments}


def revision(number: int) -> dict[str, object]:
    text = {"title": f"Page {number}", "body": BODY, "fields": {}, "author_name": "Ada", "note": ""}
    kind = {"kind": "article", "kind_version": 1, "state": "current"}
    return {"page_id": number, "number": 1, "time": clock.now(), "digest": str(number), **text, **kind}


def peak_of(work: Callable[[], object]) -> int:
    """The most memory, in bytes, that the work held at a time."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_it_works(big: Database, tmp_path: Path) -> None:
    settings, file = elsewhere_for(big, tmp_path), tmp_path / "big.backup"
    assert peak_of(lambda: backups.write(big, settings, file)) < 8 * MEGABYTE
    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    migrate.upgrade(other)
    with migrate.alone(other) as connection, sealed.reading(file) as backup:
        assert peak_of(lambda: tables.load(connection, backup)) < 24 * MEGABYTE
    other.close()
