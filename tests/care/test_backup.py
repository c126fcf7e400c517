"""A backup holds the wiki as it is at one moment, and gives it back in an empty place of either kind."""

import json
import stat
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.care import stored
from tests.care.backup_files import as_of_schema, members, rewritten
from tests.care.conftest import elsewhere_for
from tests.world import World
from wiki import eventlog, kinds, migrate, search
from wiki.attachments.store import Store
from wiki.care import backups, checks
from wiki.config import Settings
from wiki.db import Database
from wiki.kinds import Content
from wiki.models import Page
from wiki.pages import actions, past
from wiki.resources import resource_folder


@pytest.fixture
def file(lived: World, tmp_path: Path) -> Path:
    """A backup of a site in which something of everything has happened."""
    return written(lived, tmp_path)


def written(world: World, folder: Path) -> Path:
    place = folder / "monday.backup"
    backups.write(world.database, world.settings, place)
    return place


def test_it_works(lived: World, file: Path, bare_database: Database, elsewhere: Settings) -> None:
    report = backups.read(bare_database, elsewhere, file)
    before = stored.kept(lived.database)
    assert stored.kept(bare_database) == before
    assert report.rows == sum(map(len, before.values()))
    assert (report.files, report.missing) == (2, [])
    assert migrate.is_current(bare_database)


def test_what_is_derived_is_there_again(lived: World, file: Path, bare_database: Database, elsewhere: Settings) -> None:
    backups.read(bare_database, elsewhere, file)
    while past.index_waiting(bare_database, lived.catalogue):
        pass  # as the server does in the background
    here, there = stored.derived(lived.database), stored.derived(bare_database)
    for name in here if lived.database.is_sqlite == bare_database.is_sqlite else stored.SHARED:
        assert there[name] == here[name], name
    with bare_database.read() as session:
        assert list(checks.run(session, elsewhere, lived.catalogue)) == []
        hits = search.find(session, lived.viewer("ada"), "council").hits
    assert "Spring" in [hit.title for hit in hits]


def test_files_come_back_byte_by_byte(
    lone_lived: World, tmp_path: Path, bare_database: Database, elsewhere: Settings
) -> None:
    backups.read(bare_database, elsewhere, written(lone_lived, tmp_path))
    before, after = (everything_in(settings.folder / "files") for settings in (lone_lived.settings, elsewhere))
    assert set(before.values()) == {stored.PICTURE, stored.NOTE}
    assert after == before
    assert sorted(place.name for place in elsewhere.folder.iterdir()) == ["files"]


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_id_that_was_given_is_not_given_again(lived: World, tmp_path: Path, bare_database: Database, elsewhere: Settings) -> None:  # fmt: skip
    page = lived.page("ada", "commons", "article", "Short-lived")
    with lived.writing() as session:
        search.remove_page(session, page.id)
        session.execute(text("DELETE FROM page WHERE id = :id"), {"id": page.id})
    backups.read(bare_database, elsewhere, written(lived, tmp_path))
    with bare_database.transaction() as session:
        kind, space = lived.catalogue["article"], lived.space("commons")
        later = actions.create_page(session, lived.catalogue, lived.viewer("ada"), space, kind, Content("After"))
        assert later.id > page.id


def test_nobody_is_signed_in_after_a_restore(lone_lived: World, tmp_path: Path, bare_database: Database, elsewhere: Settings) -> None:  # fmt: skip
    lone_lived.browser("ada").get("/")
    backups.read(bare_database, elsewhere, written(lone_lived, tmp_path))
    with bare_database.read() as session:
        assert session.execute(text("SELECT count(*) FROM login")).scalar() == 0


def test_only_its_owner_reads_the_file(lone_lived: World, tmp_path: Path) -> None:
    assert stat.S_IMODE(written(lone_lived, tmp_path).stat().st_mode) == 0o600


def test_the_manifest_says_what_is_in_it(lone_lived: World, tmp_path: Path) -> None:
    content = members(written(lone_lived, tmp_path))
    manifest = json.loads(content.pop("manifest.json"))
    assert manifest["schema"] == migrate.newest()
    assert set(manifest["members"]) == set(content)
    assert manifest["members"]["tables/page.jsonl"]["count"] == len(content["tables/page.jsonl"].splitlines())


def test_any_zip_program_opens_it(lone_lived: World, tmp_path: Path) -> None:
    with zipfile.ZipFile(written(lone_lived, tmp_path)) as archive:
        assert archive.testzip() is None


def test_an_earlier_backup_of_that_name_is_replaced(lone_lived: World, tmp_path: Path) -> None:
    first = written(lone_lived, tmp_path).read_bytes()
    lone_lived.page("ada", "commons", "article", "Later")
    assert written(lone_lived, tmp_path).read_bytes() != first
    assert list(tmp_path.glob(".*.part")) == []


def test_a_backup_that_fails_leaves_the_earlier_one(lone_lived: World, tmp_path: Path) -> None:
    before = written(lone_lived, tmp_path).read_bytes()
    with lone_lived.writing() as session:
        session.execute(text("DROP TABLE ticket"))
    with pytest.raises(Exception, match="ticket"):
        written(lone_lived, tmp_path)
    assert (tmp_path / "monday.backup").read_bytes() == before
    assert list(tmp_path.glob(".*.part")) == []


def test_a_folder_that_is_not_there_is_said(lone_lived: World, tmp_path: Path) -> None:
    with pytest.raises(OSError):
        backups.write(lone_lived.database, lone_lived.settings, tmp_path / "nowhere" / "monday.backup")


def test_files_that_the_store_has_lost_are_reported_and_the_rest_is_kept(lone_lived: World, tmp_path: Path) -> None:
    store = Store(lone_lived.settings.folder / "files")
    lost = next(path for path in store.folder.rglob("*") if path.is_file())
    lost.write_bytes(b"something else")
    report = backups.write(lone_lived.database, lone_lived.settings, tmp_path / "a.backup")
    assert (report.files, report.missing) == (1, [lost.name])
    database = Database(f"sqlite:///{tmp_path / 'other.db'}")
    again = backups.read(database, elsewhere_for(database, tmp_path), tmp_path / "a.backup")
    assert (again.files, again.missing) == (1, [lost.name])
    database.close()


def test_own_page_templates_come_along(lone_world: World, tmp_path: Path) -> None:
    templates = lone_world.settings.folder / "page_templates"
    templates.mkdir()
    source = (resource_folder("page_templates") / "article.toml").read_text("utf-8")
    (templates / "sonnet.toml").write_text(
        source.replace('key = "article"', 'key = "sonnet"', 1).replace('label = "Page"', 'label = "Sonnet"', 1)
    )
    lone_world.catalogue = kinds.load([resource_folder("page_templates"), templates])
    lone_world.page("ada", "commons", "sonnet", "Shall I compare thee", {"summary": "Summer's day"})
    database = Database(f"sqlite:///{tmp_path / 'other.db'}")
    settings = elsewhere_for(database, tmp_path)
    backups.read(database, settings, written(lone_world, tmp_path))
    assert (settings.folder / "page_templates" / "sonnet.toml").read_bytes() == (templates / "sonnet.toml").read_bytes()
    with database.read() as session:
        assert search.find(session, lone_world.viewer("ada"), "summer").total == 1
    database.close()


def test_a_backup_of_an_older_program_is_brought_up_to_date(lived: World, file: Path, bare_database: Database, elsewhere: Settings, tmp_path: Path) -> None:  # fmt: skip
    """As the program with tables 0003 would have written it, which knew nothing of demo spaces."""

    def older(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
        as_of_schema("0003", content, manifest)

    migrate.upgrade(bare_database)
    backups.read(bare_database, elsewhere, rewritten(file, tmp_path / "older.backup", older))
    assert migrate.is_current(bare_database)
    after, before = stored.kept(bare_database), stored.kept(lived.database)
    with lived.reading() as session:
        assert after.pop("log_read") == [("watching", eventlog.latest(session))], "what happened before is not told"
    assert before.pop("log_read") == []
    assert [one[:-1] for one in after.pop("revision")] == [one[:-1] for one in before.pop("revision")]  # not: material
    assert after == before


def test_a_backup_is_of_one_moment_while_others_save(lived: World, tmp_path: Path, bare_database: Database, elsewhere: Settings) -> None:  # fmt: skip
    page, stop = lived.page("ada", "commons", "article", "Busy"), threading.Event()

    def save_on_and_on() -> None:
        number = 1
        while not stop.is_set():
            with lived.writing() as session:
                content = Content("Busy", body=f"Line {number}")
                kept = session.get_one(Page, page.id)
                actions.save_page(session, lived.catalogue, viewer, kept, content, base=number)
            number += 1

    viewer = lived.viewer("ada")
    saver = threading.Thread(target=save_on_and_on)
    saver.start()
    try:
        for number in range(5):
            backups.write(lived.database, lived.settings, tmp_path / f"{number}.backup")
    finally:
        stop.set()
        saver.join()
    backups.read(bare_database, elsewhere, tmp_path / "4.backup")
    with bare_database.read() as session:
        assert session.get_one(Page, page.id).number > 1
        assert list(checks.run(session, elsewhere, lived.catalogue)) == []
