"""A small world to search: two spaces, a handful of pages, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.search.world import World
from wiki.db import Database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as session:
        yield session


@pytest.fixture
def world(session: Session) -> World:
    return World(session)
