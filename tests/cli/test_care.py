"""`wiki migrate`, `check`, `reindex`, `backup`, `restore`, `import markdown` as they are run."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.cli.conftest import done, refused, wiki
from wiki import migrate
from wiki.config import Settings
from wiki.db import Database


def test_it_works(installed: Settings, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drill: back up, restore beside it, check that."""
    said = done("backup", "monday.backup")
    assert re.fullmatch(r"Wrote monday\.backup\. Rows: \d+, attachments: 0\.\n", said)
    monkeypatch.setenv("HOLDFAST_INSTANCE", str(own_folder / "drill"))
    monkeypatch.setenv("HOLDFAST_DATABASE_URL", "")
    assert done("restore", "monday.backup") == said.replace("Wrote", "Restored")
    assert done("check").endswith("Revisions, events, files and index: as they should be.\n")
    assert "something in this database already" in refused("restore", "monday.backup")


def test_migrate_makes_a_database_and_is_content_with_it(own_folder: Path) -> None:
    assert done("migrate") == f"The database is now at version {migrate.newest()}.\n"
    assert done("migrate") == f"The database is at version {migrate.newest()} already.\n"


def test_check_finds_nothing_wrong_with_a_new_wiki(installed: Settings) -> None:
    assert re.fullmatch(
        r"Page templates: \d+, no mistake\.\nRevisions, events, files and index: as they should be\.\n", done("check")
    )


def test_check_names_what_was_changed_and_ends_with_1(installed: Settings) -> None:
    change(installed, "UPDATE revision SET body = 'forged' WHERE title = 'Keel Office'")
    said = wiki("check")
    assert said.exit_code == 1
    assert "directory/keel-office (“Keel Office”): revision 1 is not what was saved" in said.stderr
    assert "2 things are not as they should be." in said.stderr  # search knows other words than the revision has


def test_check_names_mistakes_in_page_templates_and_goes_on(installed: Settings) -> None:
    templates = installed.folder / "page_templates"
    templates.mkdir()
    (templates / "sonnet.toml").write_text('key = "sonnet"\nlines = 14\n')
    change(installed, "UPDATE event SET actor_name = 'Nobody' WHERE id = 2")
    said = wiki("check")
    assert said.exit_code == 1
    assert "sonnet.toml:2: " in said.stderr and "Event 2 " in said.stderr
    assert "Page templates" not in said.stdout


def test_mistakes_in_page_templates_are_named_by_every_command_that_needs_them(lone_installed: Settings) -> None:
    templates = lone_installed.folder / "page_templates"
    templates.mkdir()
    (templates / "sonnet.toml").write_text("key = ")
    for words in (("reindex",), ("import", "markdown", ".", "--space", "commons")):
        assert "sonnet.toml:1: This is not TOML" in refused(*words)


def test_reindex_mends_what_check_finds(installed: Settings) -> None:
    change(installed, "DELETE FROM search_text")
    assert wiki("check").exit_code == 1
    assert done("reindex") == "Made the index of 9 pages anew.\n"
    assert wiki("check").exit_code == 0


def test_a_backup_that_cannot_be_written_is_said(lone_installed: Settings, own_folder: Path) -> None:
    assert "nowhere" in refused("backup", "nowhere/monday.backup")


def test_a_damaged_backup_is_refused(lone_installed: Settings, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    done("backup", "monday.backup")
    content = bytearray((own_folder / "monday.backup").read_bytes())
    content[len(content) // 2] ^= 1
    (own_folder / "monday.backup").write_bytes(content)
    monkeypatch.setenv("HOLDFAST_INSTANCE", str(own_folder / "drill"))
    assert "monday.backup is damaged" in refused("restore", "monday.backup")
    assert not (own_folder / "drill" / "wiki.db").exists()


def test_a_folder_of_markdown_becomes_pages(installed: Settings, own_folder: Path) -> None:
    notes = own_folder / "notes"
    notes.mkdir()
    (notes / "tides.md").write_text("# Tides\n\nSee [the map](map.md).\n")
    (notes / "map.md").write_text("# Map\n\nOf the coast.\n")
    said = done("import", "markdown", "notes", "--space", "commons", "--as", "ada@paper-coast.example")
    assert "2" in said and "created" in said
    again = done("import", "markdown", "notes", "--space", "commons", "--as", "ada@paper-coast.example")
    assert "2" in again and "unchanged" in again
    assert wiki("check").exit_code == 0


def test_a_space_that_is_not_there_is_said(lone_installed: Settings) -> None:
    assert "no space with the address “nowhere”" in refused("import", "markdown", ".", "--space", "nowhere")


def change(settings: Settings, statement: str) -> None:
    """What somebody with the database's password can do."""
    database = Database(settings.database_url)
    with database.transaction() as session:
        session.execute(text(statement))
    database.close()
