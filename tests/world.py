"""The people, organisations and spaces that tests meet, made by the program's own actions.

| who  | is |
|------|----|
| hal  | coordinator of the closed space `paper-coast`, for the Keel Office |
| ada  | the editor: member of `paper-coast`, for the Ministry |
| ben  | the reader: reader in `paper-coast`, for the Ministry |
| dan  | the partner's person: member of `paper-coast`, for the Council |
| zoe  | the stranger: signed in, but without any role |
| ivy  | the administrator, without a role but in the directory |

`commons` is open: everybody who is signed in reads and writes there. `directory` holds the pages of people and
organisations; everybody who is signed in reads it.

    def test_…(world: World) -> None:
        page = world.page("ada", "paper-coast", "lesson", "Tides", {"lesson": "Look before you leap"})
        with world.browser("ben") as client: …
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.client import Browser, browser
from tests.databases import PostgresTemplate, SQLiteTemplate
from wiki import clock, config
from wiki.access import Found, Viewer, page_for
from wiki.app import create_app
from wiki.attachments.store import Store
from wiki.config import Settings
from wiki.db import Database
from wiki.kinds import Catalogue
from wiki.kinds.content import Content
from wiki.models import Account, Page, Space
from wiki.pages import actions as pages
from wiki.people import actions as people
from wiki.people import logins, passwords, queries
from wiki.people.directory import directory
from wiki.spaces import actions as spaces
from wiki.web.state import site

PASSWORD = "stones under the pier"

PEOPLE = {
    "hal": "Hal Calibri",
    "ada": "Ada Verdana",
    "ben": "Ben Optima",
    "dan": "Dan Corbel",
    "zoe": "Zoe Rockwell",
    "ivy": "Ivy Constantia",
}
ORGANISATIONS = {
    "keel": "Keel Office",
    "ministry": "Ministry of Shoreline Services",
    "council": "Placeholder Nation Council",
}
ROLES = {
    "hal": ("coordinator", "keel"),
    "ada": ("member", "ministry"),
    "ben": ("reader", "ministry"),
    "dan": ("member", "council"),
}
FOUNDER = Viewer(account_id=None, person_id=None, name="The founder", admin=True)

FOUNDED = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)

T = TypeVar("T")


class World:
    """The populated site of one test."""

    def __init__(self, app: Flask, database: Database, settings: Settings) -> None:
        self.app = app
        self.database = database
        self.settings = settings
        self.catalogue: Catalogue = site(app).catalogue

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction: what is done in it is stored at its end."""
        with self.database.transaction() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self.database.read() as session:
            yield session

    @property
    def store(self) -> Store:
        """Where the contents of attached files are."""
        return Store(self.settings.folder / "files")

    def email(self, who: str) -> str:
        return f"{who}@paper-coast.example"

    def account(self, who: str) -> Account:
        with self.reading() as session:
            return session.scalars(select(Account).where(Account.email == self.email(who))).one()

    def viewer(self, who: str) -> Viewer:
        """Somebody as the program sees them now; "visitor" is nobody, "founder" the machine itself."""
        if who == "founder":
            return FOUNDER
        if who == "visitor":
            return Viewer(account_id=None, person_id=None, name="")
        with self.reading() as session:
            found = queries.viewer_for_email(session, self.email(who))
        assert found is not None, f"{who} cannot sign in"
        return found

    def org(self, key: str) -> int:
        """The id of an organisation's page, by its key in ORGANISATIONS."""
        with self.reading() as session:
            return session.scalars(
                select(Page.id).where(Page.kind == "organisation", Page.title == ORGANISATIONS[key])
            ).one()

    def space(self, slug: str) -> Space:
        with self.reading() as session:
            return session.scalars(select(Space).where(Space.slug == slug)).one()

    def page(
        self,
        who: str,
        space: str,
        kind: str,
        title: str,
        fields: dict[str, Any] | None = None,
        body: str = "",
        **more: Any,
    ) -> Page:
        """A new page, by somebody. `more` goes to create_page: slug, note, state, time."""
        by = self.viewer(who)
        with self.writing() as session:
            content = Content(title=title, body=body, fields=dict(fields or {}))
            return pages.create_page(
                session, self.catalogue, by, self.space(space), self.catalogue[kind], content, **more
            )

    def found(self, who: str, space: str, slug: str, verb: str = "view") -> Found:
        """What page_for gives to somebody. Raises what it raises."""
        by = self.viewer(who)
        with self.reading() as session:
            return page_for(session, by, space, slug, verb)

    def browser(self, who: str | None = None) -> Browser:
        """A browser in which somebody is signed in already, or nobody."""
        client = browser(self.app)
        if who is not None:
            self.enter(client, who)
        return client

    def enter(self, client: FlaskClient, who: str) -> None:
        """Sign somebody in without the form, which takes longer than most of what is tested afterwards."""
        with self.writing() as session:
            account = session.scalars(select(Account).where(Account.email == self.email(who))).one()
            secret = logins.begin(session, self.settings, account, "a test")
        with client.session_transaction() as cookie:
            cookie["_user_id"] = secret

    def do(self, action: Callable[[Session], T]) -> T:
        """What an action gives, done in a transaction of its own."""
        with self.writing() as session:
            return action(session)


@lru_cache
def shared_app() -> Flask:
    """One application for all tests of this process; `new_world` gives it the test's own database and settings."""
    return create_app(config.load({}, database_url="sqlite://", secret_key="tests" * 8, base_url="http://localhost"))


@lru_cache
def password_hash() -> str:
    return passwords.hashed(PASSWORD)


def new_world(database: Database, folder: Path, **settings: Any) -> World:
    """A site on an empty database; `settings` are those that differ from the defaults."""
    app = shared_app()
    chosen = config.load(
        {},
        instance=str(folder),
        database_url=database.url.render_as_string(hide_password=False),
        secret_key="tests" * 8,
        base_url="http://localhost",
        **settings,
    )
    app.extensions["holdfast"] = replace(site(app), database=database, settings=chosen)
    return World(app, database, chosen)


def populate(world: World) -> None:
    """Put the people, organisations and spaces of the table above into the world."""
    with world.writing() as session:
        accounts = {who: add_person(world, session, who) for who in PEOPLE}
        where = directory(session, FOUNDER)
        kind = world.catalogue["organisation"]
        orgs = {
            key: pages.create_page(session, world.catalogue, FOUNDER, where, kind, Content(title=title)).id
            for key, title in ORGANISATIONS.items()
        }
        coast = spaces.add_space(session, FOUNDER, "Paper Coast", default_role="none")
        spaces.add_space(session, FOUNDER, "Commons", default_role="member")
        for who, (role, org) in ROLES.items():
            spaces.set_member(session, FOUNDER, coast, accounts[who], role, orgs[org])


def add_person(world: World, session: Session, who: str) -> Account:
    """One of PEOPLE, with the password PASSWORD."""
    account = people.add_person(session, world.catalogue, FOUNDER, world.email(who), PEOPLE[who], admin=who == "ivy")
    account.password_hash = password_hash()
    return account


@pytest.fixture(scope="session")
def sqlite_world(sqlite_template: SQLiteTemplate, tmp_path_factory: pytest.TempPathFactory) -> SQLiteTemplate:
    """Copies of one populated file: populating takes a while, copying does not."""
    folder = tmp_path_factory.mktemp("world")
    populated(sqlite_template.copy(folder), folder)
    return SQLiteTemplate.of(folder / "wiki.db")


@pytest.fixture(scope="session")
def postgres_world(postgres_template: PostgresTemplate, tmp_path_factory: pytest.TempPathFactory) -> PostgresTemplate:
    """The same on PostgreSQL."""
    url = postgres_template.copy()
    populated(url, tmp_path_factory.mktemp("world"))
    return postgres_template.of(url)


def populated(url: str, folder: Path) -> None:
    database = Database(url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "_now", lambda: FOUNDED)
        populate(new_world(database, folder))
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """The populated site; the test runs once on each database."""
    if request.param == "sqlite":
        template: SQLiteTemplate = request.getfixturevalue("sqlite_world")
        yield from inhabited(template.copy(tmp_path), tmp_path)
        return
    server: PostgresTemplate = request.getfixturevalue("postgres_world")
    url = server.copy()
    yield from inhabited(url, tmp_path)
    server.drop(url)


@pytest.fixture
def lone_world(sqlite_world: SQLiteTemplate, tmp_path: Path) -> Iterator[World]:
    """The populated site on SQLite alone, for tests in which the database makes no difference."""
    yield from inhabited(sqlite_world.copy(tmp_path), tmp_path)


def inhabited(url: str, folder: Path) -> Iterator[World]:
    database = Database(url)
    yield new_world(database, folder)
    database.close()


@pytest.fixture
def empty_world(database: Database, tmp_path: Path) -> World:
    """A site without anybody in it; the test runs once on each database."""
    return new_world(database, tmp_path)
