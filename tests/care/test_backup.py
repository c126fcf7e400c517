"""A backup holds the wiki as it is at one moment, and gives it back in an empty place of either kind."""

from pathlib import Path

import pytest

from tests.care import stored
from tests.world import World
from wiki.care import backups
from wiki.config import Settings
from wiki.db import Database


@pytest.fixture
def file(lived: World, tmp_path: Path) -> Path:
    """A backup of a site in which something of everything has happened."""
    place = tmp_path / "monday.backup"
    backups.write(lived.database, lived.settings, place)
    return place


def test_it_works(lived: World, file: Path, bare_database: Database, elsewhere: Settings) -> None:
    report = backups.read(bare_database, elsewhere, file)
    before = stored.kept(lived.database)
    assert stored.kept(bare_database) == before
    assert report.rows == sum(map(len, before.values()))
    assert (report.files, report.missing) == (2, [])
