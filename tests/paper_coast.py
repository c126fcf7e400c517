"""The demo as a world: Paper Coast, loaded once and copied for each test. The clock stands still at noon of its day.

def test_…(coast: Coast) -> None:
    page = coast.named("P24")
    with coast.browser("hal") as client: …
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.databases import PostgresTemplate, SQLiteTemplate
from tests.world import PASSWORD, World, new_world
from wiki import clock
from wiki.db import Database
from wiki.demo.load import SLUG, load_demo
from wiki.demo.read import read_pages
from wiki.models import Page, Space

DAY0 = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)

SLUGS = {page.id: page.slug for page in read_pages()}


class Coast(World):
    """The site with the demo. Its people sign in as in any world, with PASSWORD."""

    def named(self, name: str) -> Page:
        """The page with an id of the demo: P24, U4, O2."""
        with self.reading() as session:
            return session.scalars(
                select(Page).join(Space, Space.id == Page.space_id).where(Space.slug == SLUG, Page.slug == SLUGS[name])
            ).one()

    def url(self, name: str, rest: str = "") -> str:
        return f"/{SLUG}/{SLUGS[name]}{rest}"


def opened(url: str, folder: Path) -> Iterator[Coast]:
    database = Database(url)
    world = new_world(database, folder)
    yield Coast(world.app, database, world.settings)
    database.close()


def load(world: World) -> None:
    with world.writing() as session:
        load_demo(session, world.catalogue, world.store, DAY0, PASSWORD)


def loaded(url: str, folder: Path) -> None:
    """Load the demo into a database, and what its files hold into the folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "_now", lambda: NOON)
        for world in opened(url, folder):
            load(world)


@pytest.fixture(scope="session")
def coast_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo was loaded first: its files are copied from here."""
    return tmp_path_factory.mktemp("coast")


def with_files(folder: Path, coast_folder: Path) -> Path:
    shutil.copytree(coast_folder / "files", folder / "files")
    return folder


@pytest.fixture(scope="session")
def sqlite_coast(sqlite_template: SQLiteTemplate, coast_folder: Path) -> SQLiteTemplate:
    loaded(sqlite_template.copy(coast_folder), coast_folder)
    return SQLiteTemplate.of(coast_folder / "wiki.db")


@pytest.fixture(scope="session")
def postgres_coast(postgres_template: PostgresTemplate, coast_folder: Path) -> PostgresTemplate:
    url = postgres_template.copy()
    loaded(url, coast_folder)
    return postgres_template.of(url)


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still on the day on which the demo was loaded."""
    monkeypatch.setattr(clock, "_now", lambda: NOON)


@pytest.fixture(params=["sqlite", "postgresql"])
def coast(request: pytest.FixtureRequest, tmp_path: Path, coast_folder: Path, noon: None) -> Iterator[Coast]:
    """The demo, loaded; the test runs once on each database."""
    if request.param == "sqlite":
        template: SQLiteTemplate = request.getfixturevalue("sqlite_coast")
        yield from opened(template.copy(tmp_path), with_files(tmp_path, coast_folder))
        return
    server: PostgresTemplate = request.getfixturevalue("postgres_coast")
    url = server.copy()
    yield from opened(url, with_files(tmp_path, coast_folder))
    server.drop(url)


@pytest.fixture(scope="module")
def still_coast(
    sqlite_coast: SQLiteTemplate, coast_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Coast]:
    """One copy for a whole module whose tests change nothing, and use no other world."""
    folder = tmp_path_factory.mktemp("still")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "_now", lambda: NOON)
        yield from opened(sqlite_coast.copy(folder), with_files(folder, coast_folder))


@pytest.fixture
def lone_coast(sqlite_coast: SQLiteTemplate, tmp_path: Path, coast_folder: Path, noon: None) -> Iterator[Coast]:
    """The demo on SQLite alone, for tests in which the database makes no difference."""
    yield from opened(sqlite_coast.copy(tmp_path), with_files(tmp_path, coast_folder))
