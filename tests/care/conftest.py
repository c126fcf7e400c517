from pathlib import Path

import pytest

from tests.care.stored import live_in
from tests.world import World
from wiki import config
from wiki.config import Settings
from wiki.db import Database


@pytest.fixture
def lived(world: World) -> World:
    """A site in which something of everything has happened; the test runs once on each database."""
    live_in(world)
    return world


@pytest.fixture
def lone_lived(lone_world: World) -> World:
    """The same on SQLite alone."""
    live_in(lone_world)
    return lone_world


@pytest.fixture
def elsewhere(bare_database: Database, tmp_path: Path) -> Settings:
    """Another, empty installation; the test runs once on each database."""
    return elsewhere_for(bare_database, tmp_path)


def elsewhere_for(database: Database, folder: Path) -> Settings:
    place = folder / "elsewhere"
    place.mkdir()
    url = database.url.render_as_string(hide_password=False)
    return config.load({}, instance=str(place), database_url=url)
