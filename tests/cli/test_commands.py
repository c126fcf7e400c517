"""All commands: they explain themselves, and say plainly what is wrong with where they are run."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from sqlalchemy import text

from tests.cli.conftest import done, refused, wiki
from wiki import __version__
from wiki.cli import main
from wiki.config import Settings
from wiki.db import Database

#: What scripts may rely on: command → its options and arguments.
CONTRACT = {
    "serve": {"--host", "--port", "--workers"},
    "migrate": set(),
    "check": set(),
    "demo load": {"--password"},
    "demo remove": set(),
    "person add": {"EMAIL", "--name", "--admin", "--password-stdin"},
    "token": {"EMAIL"},
    "space add": {"NAME"},
    "import markdown": {"FOLDER", "--space"},
    "reindex": set(),
    "backup": {"FILE"},
    "restore": {"FILE"},
}

#: Commands that work on a wiki that is there, with words that are right.
WORKING = {
    "check": ("check",),
    "reindex": ("reindex",),
    "backup": ("backup", "a.backup"),
    "token": ("token", "ada@paper-coast.example"),
    "space add": ("space", "add", "Tides"),
    "person add": ("person", "add", "eva@paper-coast.example", "--name", "Eva", "--password-stdin"),
    "demo load": ("demo", "load"),
    "demo remove": ("demo", "remove", "--yes"),
    "import markdown": ("import", "markdown", ".", "--space", "commons"),
}
working = pytest.mark.parametrize("words", WORKING.values(), ids=WORKING)


def commands(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


COMMANDS = dict(commands())
every_command = pytest.mark.parametrize("name", COMMANDS)


def test_it_works() -> None:
    said = done("--help")
    assert all(name.split()[0] in said for name in COMMANDS)
    assert done("--version") == f"wiki, version {__version__}\n"


@every_command
def test_a_command_explains_itself(name: str) -> None:
    said = done(*name.split(), "--help")
    options = [option for one in COMMANDS[name].params if isinstance(one, click.Option) for option in one.opts]
    assert all(option in said for option in options)
    assert COMMANDS[name].help and str(COMMANDS[name].help).split("\n")[0] in " ".join(said.split())


@pytest.mark.parametrize(("name", "words"), CONTRACT.items())
def test_what_scripts_rely_on_is_there(name: str, words: set[str]) -> None:
    said = done(*name.split(), "--help")
    assert [word for word in words if word not in said] == []


def test_an_unknown_command_or_option_is_exit_code_2() -> None:
    for words in (["sreve"], ["check", "--fast"], ["person"], ["person", "add"], ["backup"], ["restore", "missing"]):
        assert wiki(*words).exit_code == 2, words


@working
def test_without_a_wiki_it_says_where_it_looked_and_makes_nothing(own_folder: Path, words: tuple[str, ...]) -> None:
    said = refused_after_templates(*words)
    assert f"There is no wiki here: {own_folder / 'instance' / 'wiki.db'} does not exist." in said
    assert list(own_folder.iterdir()) == []


def refused_after_templates(*words: str) -> str:
    """The error of a command; `check` may have spoken about page templates before."""
    result = wiki(*words)
    assert result.exit_code == 1, result.output
    assert result.stdout == "" or result.stdout.startswith("Page templates: ")
    return result.stderr


@working
def test_a_newer_database_is_left_alone(lone_installed: Settings, words: tuple[str, ...]) -> None:
    set_version(lone_installed, "9999")
    said = refused_after_templates(*words)
    assert "version 9999" in said and "newer program" in said


def test_a_newer_database_is_not_migrated(installed: Settings) -> None:
    set_version(installed, "9999")
    assert "newer program" in refused("migrate")


@working
def test_an_older_database_wants_to_be_migrated(lone_installed: Settings, words: tuple[str, ...]) -> None:
    set_version(lone_installed, "0003")
    assert "run: wiki migrate" in refused_after_templates(*words)


def set_version(settings: Settings, version: str) -> None:
    database = Database(settings.database_url)
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    database.close()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('port = "x', "settings.toml: Unterminated string"),
        ('port = "many"', "settings.toml: port should be a number, not 'many'"),
        ("prot = 1", "settings.toml: unknown setting prot"),
        ("port = 70000", "port should be from 1 to 65535"),
        ("workers = 0", "workers should be from 1"),
        ('time_zone = "Nowhere"', "time_zone: there is no 'Nowhere'"),
        ('language = "xx"', "language: there is no 'xx'"),
        ('languages = ["en", "xx"]', "language: there is no 'xx'"),
        ('database_url = "nonsense"', "database_url is not understood"),
        ('database_url = "mysql://db/wiki"', "database_url is not understood"),
        ('database_url = "postgresql://ada:secret@127.0.0.1:1/wiki"', "The database says: connection failed"),
    ],
)
@pytest.mark.parametrize("command", ["migrate", "reindex"])
def test_broken_settings_are_named(own_folder: Path, command: str, line: str, said: str) -> None:
    (own_folder / "instance").mkdir()
    (own_folder / "instance" / "settings.toml").write_text(line)
    found = refused(command)
    assert said in found
    assert "secret" not in found


def test_settings_that_are_no_text_are_named(own_folder: Path) -> None:
    (own_folder / "instance").mkdir()
    (own_folder / "instance" / "settings.toml").write_bytes(b"\xff\xfe\x00")
    assert "settings.toml" in refused("migrate")


def test_a_folder_that_cannot_be_made_is_named(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own_folder / "file").write_text("")
    monkeypatch.setenv("HOLDFAST_INSTANCE", str(own_folder / "file" / "instance"))
    assert "file" in refused("migrate")


@working
def test_a_file_that_is_no_database_is_left_alone(own_folder: Path, words: tuple[str, ...]) -> None:
    (own_folder / "instance").mkdir()
    (own_folder / "instance" / "wiki.db").write_text("Dear Ada, " * 100)
    assert "The database says: file is not a database" in refused_after_templates(*words)
    assert (own_folder / "instance" / "wiki.db").read_text() == "Dear Ada, " * 100


def test_an_empty_database_wants_to_be_migrated(own_folder: Path) -> None:
    (own_folder / "instance").mkdir()
    (own_folder / "instance" / "wiki.db").touch()
    assert "no tables yet. Run: wiki migrate" in refused("reindex")
