"""`wiki demo load`, `wiki demo remove`, and what `wiki serve --demo` loads."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console
from sqlalchemy import func, select

from tests.databases import SQLiteTemplate
from tests.world import FOUNDER, PASSWORD
from wiki import config, kinds
from wiki.cli import main
from wiki.cli.demo import load_once
from wiki.config import Settings
from wiki.db import Database
from wiki.demo.load import is_loaded
from wiki.models import Account, Page
from wiki.people import actions as people
from wiki.people import passwords
from wiki.resources import resource_folder


@pytest.fixture
def settings(sqlite_template: SQLiteTemplate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation with an empty database, which is the one that commands find."""
    sqlite_template.copy(tmp_path)
    monkeypatch.setenv("HOLDFAST_INSTANCE", str(tmp_path))
    return config.load()


def wiki(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def ada(settings: Settings) -> Account | None:
    database = Database(settings.database_url)
    with database.read() as session:
        found = session.scalars(select(Account).where(Account.email == "ada@paper-coast.example")).one_or_none()
    database.close()
    return found


def count(settings: Settings) -> int:
    database = Database(settings.database_url)
    with database.read() as session:
        found = session.execute(select(func.count()).select_from(Page)).scalar_one()
    database.close()
    return found


def test_it_works(settings: Settings) -> None:
    said = wiki("demo", "load", "--password", PASSWORD)
    assert (said.exit_code, said.stderr) == (0, "")
    assert "Loaded 55 pages" in said.output and PASSWORD not in said.output
    found = ada(settings)
    assert found is not None and passwords.fits(found.password_hash, PASSWORD)
    gone = wiki("demo", "remove", "--yes")
    assert (gone.exit_code, gone.output) == (0, "Removed the demo with 55 pages.\n")
    assert count(settings) == 0


def test_a_password_is_made_and_shown_once(settings: Settings) -> None:
    said = wiki("demo", "load")
    found = ada(settings)
    assert found is not None and passwords.fits(found.password_hash, said.output.split()[-1])


def test_an_easy_password_is_taken_with_a_warning(settings: Settings) -> None:
    said = wiki("demo", "load", "--password", "demo")
    assert said.exit_code == 0 and "guess" in said.stderr


def test_no_password_at_all_is_refused(settings: Settings) -> None:
    said = wiki("demo", "load", "--password", "")
    assert said.exit_code == 1 and "password" in said.stderr
    assert count(settings) == 0


def test_loading_twice_says_why_not(settings: Settings) -> None:
    wiki("demo", "load", "--password", PASSWORD)
    said = wiki("demo", "load", "--password", PASSWORD)
    assert said.exit_code == 1
    assert "paper-coast" in said.stderr and "Traceback" not in said.stderr
    assert count(settings) == 55


def test_removing_asks_first(settings: Settings) -> None:
    wiki("demo", "load", "--password", PASSWORD)
    assert wiki("demo", "remove").exit_code == 1
    assert count(settings) == 55


def test_removing_what_is_not_there_says_so(settings: Settings) -> None:
    said = wiki("demo", "remove", "--yes")
    assert (said.exit_code, said.stderr) == (1, "Error: The demo is not loaded here.\n")


def test_serving_loads_it_into_an_empty_wiki_only_once(settings: Settings) -> None:
    quiet = Console(quiet=True)
    assert load_once(settings, PASSWORD, quiet)
    assert load_once(settings, PASSWORD, quiet)
    assert count(settings) == 55


def test_serving_does_not_promise_a_password_that_is_not_theirs(settings: Settings) -> None:
    wiki("demo", "load", "--password", PASSWORD)
    assert not load_once(settings, "another one entirely", Console(quiet=True))


def test_serving_leaves_a_wiki_with_people_alone(settings: Settings) -> None:
    database = Database(settings.database_url)
    with database.transaction() as session:
        catalogue = kinds.load([resource_folder("page_templates")])
        people.add_person(session, catalogue, FOUNDER, "zoe@x.example", "Zoe Rockwell")
    assert not load_once(settings, PASSWORD, Console(quiet=True))
    with database.read() as session:
        assert not is_loaded(session)
    database.close()
