"""What cannot be restored is refused before anything is stored, with a message that says why."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.care import stored
from tests.care.backup_files import rewritten
from tests.care.conftest import elsewhere_for
from tests.world import World
from wiki import migrate
from wiki.care import backups
from wiki.config import Settings
from wiki.db import Database
from wiki.errors import HoldfastError, Invalid, Unavailable


@pytest.fixture
def file(lone_lived: World, tmp_path: Path) -> Path:
    place = tmp_path / "monday.backup"
    backups.write(lone_lived.database, lone_lived.settings, place)
    return place


@pytest.fixture
def place(elsewhere: Settings, bare_database: Database) -> Settings:
    """An empty installation whose database has its tables; the test runs once on each database."""
    migrate.upgrade(bare_database)
    return elsewhere


def refusal(database: Database, settings: Settings, file: Path, kind: type[HoldfastError] = Invalid) -> str:
    """What a restore says; nothing of the backup may be there afterwards."""
    with pytest.raises(kind) as caught:
        backups.read(database, settings, file)
    assert all(rows == [] for rows in stored.kept(database).values())
    assert list(settings.folder.iterdir()) == []
    return str(caught.value)


def test_it_works(bare_database: Database, place: Settings, file: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    assert "is not a backup made by `wiki backup`" in refusal(bare_database, place, tmp_path / "empty")
    backups.read(bare_database, place, file)


def test_a_file_that_is_none_is_refused(bare_database: Database, place: Settings, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ada, " * 100)
    assert "is not a backup" in refusal(bare_database, place, tmp_path / "letter.txt")


def test_a_byte_that_has_changed_is_found_wherever_it_is(lone_lived: World, file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    database = Database(f"sqlite:///{tmp_path / 'other.db'}")
    migrate.upgrade(database)
    settings = elsewhere_for(database, tmp_path)
    chance = random.Random(7)
    for at in [0, len(whole) - 1, *(chance.randrange(len(whole)) for _time in range(200))]:
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        with pytest.raises(Invalid, match="damaged|not a backup"):
            backups.read(database, settings, file)
    assert all(rows == [] for rows in stored.kept(database).values())
    database.close()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.999])
def test_a_file_that_was_cut_short_is_refused(bare_database: Database, place: Settings, file: Path, share: float) -> None:  # fmt: skip
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    assert "is not a backup" in refusal(bare_database, place, file)


def test_a_newer_backup_is_refused(bare_database: Database, place: Settings, file: Path, tmp_path: Path) -> None:
    def newer(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
        manifest.update(schema="9999", program="7.0")

    said = refusal(bare_database, place, rewritten(file, tmp_path / "b", newer), Unavailable)
    assert "made by Holdfast 7.0" in said and "9999" in said


def test_a_backup_in_a_later_form_is_refused(bare_database: Database, place: Settings, file: Path, tmp_path: Path) -> None:  # fmt: skip
    def later(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
        manifest.update(format=2, program="7.0")

    assert "later program (7.0)" in refusal(bare_database, place, rewritten(file, tmp_path / "b", later))


def test_a_database_that_holds_something_is_left_alone(lived: World, tmp_path: Path) -> None:
    file = tmp_path / "monday.backup"
    backups.write(lived.database, lived.settings, file)
    before = stored.kept(lived.database)
    settings = elsewhere_for(lived.database, tmp_path)
    with pytest.raises(Unavailable, match="something in this database already"):
        backups.read(lived.database, settings, file)
    assert stored.kept(lived.database) == before
    assert list(settings.folder.iterdir()) == []


def test_a_newer_database_is_left_alone(bare_database: Database, place: Settings, file: Path) -> None:
    with bare_database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer program" in refusal(bare_database, place, file, Unavailable)


def lacks_a_file(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
    del content[next(name for name in content if name.startswith("files/"))]


def lacks_a_table(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
    content.pop("tables/page.jsonl")


def lacks_pages(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
    content["tables/page.jsonl"] = content["tables/page.jsonl"].splitlines(keepends=True)[0]


def has_broken_rows(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
    content["tables/event.jsonl"] += b'{"id": 7\n'


def has_odd_days(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
    content["tables/space.jsonl"] = content["tables/space.jsonl"].replace(b'"created_at": "20', b'"created_at": "99:')


def has_an_unknown_table(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
    content["tables/secrets.jsonl"] = b"{}\n"


def climbs_out(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
    content["files/../../outside"] = b"x"


def climbs_out_as_a_template(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
    content["page_templates/../settings.toml"] = b"x"


def has_a_file_under_a_wrong_name(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
    content[f"files/{'0' * 64}"] = b"x"


def has_a_broken_template(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
    content["page_templates/sonnet.toml"] = b"key = "


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lacks_a_file, "lacks files/"),
        (lacks_a_table, "lacks tables/page.jsonl"),
        (lacks_pages, "not whole"),
        (has_broken_rows, "cannot be read, in tables/event.jsonl"),
        (has_odd_days, "cannot be read, in tables/space.jsonl"),
        (has_an_unknown_table, "not known here: secrets"),
        (climbs_out, "name that does not belong there"),
        (climbs_out_as_a_template, "name that does not belong there"),
        (has_a_file_under_a_wrong_name, "damaged"),
        (has_a_broken_template, "sonnet.toml:1: This is not TOML"),
    ],
)
def test_a_backup_that_somebody_has_rewritten_stores_nothing(
    bare_database: Database,
    place: Settings,
    file: Path,
    tmp_path: Path,
    change: Callable[[dict[str, bytes], dict[str, Any]], None],
    said: str,
) -> None:
    changed = rewritten(file, tmp_path / "changed.backup", change)
    with pytest.raises(Exception, match=said):
        backups.read(bare_database, place, changed)
    assert all(rows == [] for rows in stored.kept(bare_database).values())
    assert list(place.folder.iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_members_are_held_to_the_manifest(bare_database: Database, place: Settings, file: Path, tmp_path: Path) -> None:
    def other_words(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
        content["tables/revision.jsonl"] = content["tables/revision.jsonl"].replace(b"Ask first.", b"Ask never.")

    changed = rewritten(file, tmp_path / "changed.backup", other_words, digests=False)
    assert "tables/revision.jsonl is not what was written" in refusal(bare_database, place, changed)


def test_own_templates_of_another_content_are_not_overwritten(bare_database: Database, place: Settings, file: Path, tmp_path: Path) -> None:  # fmt: skip
    def with_template(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
        content["page_templates/article.md"] = b"## Story\n\nTell it.\n"

    changed = rewritten(file, tmp_path / "changed.backup", with_template)
    here = place.folder / "page_templates" / "article.md"
    here.parent.mkdir()
    here.write_text("## Facts\n\nList them.\n")
    with pytest.raises(HoldfastError, match="is here already and differs"):
        backups.read(bare_database, place, changed)
    assert here.read_text() == "## Facts\n\nList them.\n"
    assert all(rows == [] for rows in stored.kept(bare_database).values())


def test_rows_are_objects(bare_database: Database, place: Settings, file: Path, tmp_path: Path) -> None:  # fmt: skip
    def a_list(content: dict[str, bytes], manifest: dict[str, Any]) -> None:
        content["tables/space.jsonl"] = json.dumps(["id", 1]).encode() + b"\n"

    changed = rewritten(file, tmp_path / "changed.backup", a_list)
    assert "cannot be read, in tables/space.jsonl" in refusal(bare_database, place, changed)
