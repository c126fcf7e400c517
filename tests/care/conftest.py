"""Sites in which something of everything has happened: copies of one, because living takes a while."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.care.stored import live_in
from tests.databases import PostgresTemplate, SQLiteTemplate
from tests.world import World, inhabited, new_world
from wiki import config
from wiki.config import Settings
from wiki.db import Database


@pytest.fixture(scope="session")
def sqlite_lived(sqlite_world: SQLiteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with such a site's database and files."""
    folder = tmp_path_factory.mktemp("lived")
    live(sqlite_world.copy(folder), folder)
    return folder


@pytest.fixture(scope="session")
def postgres_lived(
    postgres_world: PostgresTemplate, tmp_path_factory: pytest.TempPathFactory
) -> tuple[PostgresTemplate, Path]:
    folder, url = tmp_path_factory.mktemp("lived"), postgres_world.copy()
    live(url, folder)
    return postgres_world.of(url), folder


def live(url: str, folder: Path) -> None:
    database = Database(url)
    live_in(new_world(database, folder))
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def lived(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A site in which something of everything has happened; the test runs once on each database."""
    if request.param == "sqlite":
        yield from copied(request.getfixturevalue("sqlite_lived"), tmp_path)
        return
    template, folder = request.getfixturevalue("postgres_lived")
    url = template.copy()
    shutil.copytree(folder / "files", tmp_path / "files")
    yield from inhabited(url, tmp_path)
    template.drop(url)


@pytest.fixture
def lone_lived(sqlite_lived: Path, tmp_path: Path) -> Iterator[World]:
    """The same on SQLite alone."""
    yield from copied(sqlite_lived, tmp_path)


def copied(folder: Path, place: Path) -> Iterator[World]:
    shutil.copytree(folder / "files", place / "files")
    yield from inhabited(SQLiteTemplate.of(folder / "wiki.db").copy(place), place)


@pytest.fixture
def elsewhere(bare_database: Database, tmp_path: Path) -> Settings:
    """Another, empty installation; the test runs once on each database."""
    return elsewhere_for(bare_database, tmp_path)


def elsewhere_for(database: Database, folder: Path) -> Settings:
    place = folder / "elsewhere"
    place.mkdir()
    url = database.url.render_as_string(hide_password=False)
    return config.load({}, instance=str(place), database_url=url)
