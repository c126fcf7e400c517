"""What every test gets: no network, and databases of both kinds."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import compiled, databases, network, postgres
from tests.databases import PostgresTemplate, SQLiteTemplate
from tests.moments import moments as moments
from tests.paper_coast import coast as coast
from tests.paper_coast import coast_folder as coast_folder
from tests.paper_coast import lone_coast as lone_coast
from tests.paper_coast import noon as noon
from tests.paper_coast import postgres_coast as postgres_coast
from tests.paper_coast import sqlite_coast as sqlite_coast
from tests.paper_coast import still_coast as still_coast
from tests.quick import quick_folder
from tests.world import empty_world as empty_world
from tests.world import lone_world as lone_world
from tests.world import postgres_world as postgres_world
from tests.world import sqlite_world as sqlite_world
from tests.world import world as world
from wiki.db import Database

network.refuse()
compiled.share()
if quick_folder() is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick_folder()))

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SQLiteTemplate:
    return SQLiteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[PostgresTemplate]:
    with postgres.running() as server:
        template = PostgresTemplate(server)
        yield template
        template.close()


@pytest.fixture
def sqlite_url(sqlite_template: SQLiteTemplate, tmp_path: Path) -> str:
    """The address of an empty, migrated SQLite database."""
    return sqlite_template.copy(tmp_path)


@pytest.fixture
def postgres_url(postgres_template: PostgresTemplate) -> Iterator[str]:
    """The address of an empty, migrated PostgreSQL database."""
    url = postgres_template.copy()
    yield url
    postgres_template.drop(url)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database; the test runs once on each server."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty, migrated database; the test runs once on each server."""
    yield from opened(database_url)


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    yield from opened(sqlite_url)


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    yield from opened(postgres_url)


@pytest.fixture(params=BOTH)
def bare_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a single table; the test runs once on each server."""
    if request.param == "sqlite":
        yield from opened(databases.sqlite_url(tmp_path / "bare.db"))
        return
    template: PostgresTemplate = request.getfixturevalue("postgres_template")
    url = template.empty()
    yield from opened(url)
    template.drop(url)


def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()
