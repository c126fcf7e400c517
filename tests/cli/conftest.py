"""Installations that commands find, and the commands."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.databases import PostgresTemplate, SQLiteTemplate
from wiki import config
from wiki.cli import main
from wiki.config import SETTINGS, Settings


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which commands run, without what a developer has set for Holdfast."""
    for setting in SETTINGS:
        monkeypatch.delenv(f"HOLDFAST_{setting.name.upper()}", raising=False)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def installed(request: pytest.FixtureRequest, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """An installation with the people and spaces of tests.world; the test runs once on each database."""
    if request.param == "sqlite":
        yield beside(own_folder, request.getfixturevalue("sqlite_world"))
        return
    template: PostgresTemplate = request.getfixturevalue("postgres_world")
    url = template.copy()
    monkeypatch.setenv("HOLDFAST_DATABASE_URL", url)
    (own_folder / "instance").mkdir()
    yield config.load()
    template.drop(url)


@pytest.fixture
def lone_installed(own_folder: Path, sqlite_world: SQLiteTemplate) -> Settings:
    """The same on SQLite alone."""
    return beside(own_folder, sqlite_world)


def beside(folder: Path, template: SQLiteTemplate) -> Settings:
    (folder / "instance").mkdir()
    shutil.copyfile(template.file, folder / "instance" / "wiki.db")
    return config.load()


def wiki(*words: str, given: str | None = None) -> Result:
    """What a command says and how it ends; `given` is its standard input. No command may end with a traceback."""
    result = CliRunner().invoke(main, words, input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def done(*words: str, given: str | None = None) -> str:
    """The standard output of a command that ends well."""
    result = wiki(*words, given=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*words: str, given: str | None = None) -> str:
    """What a command says when it cannot do its work: exit code 1, one "Error: ", nothing on standard output."""
    result = wiki(*words, given=given)
    assert (result.exit_code, result.stderr.count("Error: ")) == (1, 1), result.output
    return result.stderr
