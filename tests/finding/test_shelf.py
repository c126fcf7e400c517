"""What every page is, kept by each process: after whatever was done it is what the database says, made anew."""

import io
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cases import ministry_page
from tests.world import World
from wiki import eventlog
from wiki.access import page_for, space_for
from wiki.attachments import actions as attachments
from wiki.attachments.store import Store
from wiki.db import Database
from wiki.kinds import Content
from wiki.models import Page, Space
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision
from wiki.search import shelf
from wiki.spaces import actions as spaces

WHO = ("ada", "ben", "dan", "zoe", "visitor")


def anew(session: Session) -> shelf.Shelf:
    moment = eventlog.moment(session)
    assert moment is not None
    return shelf.Shelf(moment, *shelf._read(session))


def differences(world: World, database: Database) -> list[object]:
    """What a process keeps, beside what is so."""
    with database.read() as session:
        kept, true = shelf.shelf(session), anew(session)
        found: list[object] = [name for name in true.values if kept.values[name] != true.values[name]]
        found += [name for name, lines in vars(true.sheet).items() if getattr(kept.sheet, name) != lines]
        for who in WHO:
            viewer = world.viewer(who)
            if kept.visible(session, viewer) != true.visible(session, viewer):
                found.append(who)
    return found


@pytest.fixture
def other(world: World) -> Iterator[Database]:
    """Another process of the same site."""
    database = Database(world.settings.database_url)
    yield database
    database.close()


def saved(world: World, page: Page, **fields: object) -> None:
    with world.writing() as session:
        mine = session.get_one(Page, page.id)
        old = content_of(current_revision(session, mine))
        new = Content(old.title, old.body, {**old.fields, **fields})
        actions.save_page(session, world.catalogue, world.viewer("ada"), mine, new, mine.number)


def test_it_works(world: World, other: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides", {"themes": ["money", "data"]})
    hidden = ministry_page(world)
    ada = world.viewer("ada")
    made = 0
    built = shelf._values

    def counting(session: Session, only: object = None) -> object:
        nonlocal made
        made += only is None
        return built(session, only)  # type: ignore[arg-type]

    def change_kind(session: Session) -> None:
        mine = session.get_one(Page, page.id)
        actions.change_kind(session, world.catalogue, ada, mine, world.catalogue["lesson"])

    def close_space(session: Session) -> None:
        space = session.scalars(select(Space).where(Space.slug == "commons")).one()
        wished = spaces.Described(space.name, space.description, "none", space.language)
        spaces.change_space(session, world.viewer("founder"), space, wished)

    def attach(session: Session) -> None:
        store = Store(world.settings.folder / "files")
        attachments.attach(session, store, ada, session.get_one(Page, page.id), "a.txt", io.BytesIO(b"a"), 1 << 20)

    def move(session: Session) -> None:
        found = page_for(session, ada, "paper-coast", page.slug, "move")
        actions.move_page(session, world.catalogue, ada, found, space_for(session, ada, "commons", "create"))

    steps: list[Callable[[], object]] = [
        lambda: saved(world, page, themes=["data", "youth"]),
        lambda: saved(world, hidden, access="members"),
        lambda: saved(world, hidden, access="steward_only", steward_org=world.org("ministry")),
        lambda: saved(
            world, page, owner=world.viewer("ben").person_id, access_orgs=[world.org("ministry")], access="named_orgs"
        ),
        lambda: world.page("founder", "paper-coast", "article", "Ebb", {"access": "public"}),
        lambda: world.do(lambda session: actions.delete_page(session, ada, session.get_one(Page, page.id), "why")),
        lambda: world.do(
            lambda session: actions.undelete_page(session, world.catalogue, ada, session.get_one(Page, page.id))
        ),
        lambda: world.do(attach),
        lambda: world.do(lambda session: actions.archive_page(session, ada, session.get_one(Page, page.id))),
        lambda: saved(world, hidden, review_due="2020-01-02"),
        lambda: saved(world, page, access="members", access_orgs=[]),
        lambda: world.do(move),
        lambda: world.do(change_kind),
        lambda: world.do(close_space),
    ]
    for number, step in enumerate(steps):
        for database in (world.database, other):
            assert differences(world, database) == [], number
        step()
    assert differences(world, other) == []
    monkeypatch.setattr(shelf, "_values", counting)
    saved(world, hidden, themes=["money"])
    with other.read() as session:
        shelf.shelf(session)
    assert made == 0  # one page was read, not all


def test_what_was_undone_is_not_kept(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    with world.database.write() as session:
        actions.archive_page(session, world.viewer("ada"), session.get_one(Page, page.id))
        session.get_one(Page, page.id).state = "elsewhere"
        session.flush()
        assert shelf.shelf(session).values["state"]["elsewhere"]
        session.rollback()
    with world.writing() as session:
        actions.archive_page(session, world.viewer("ben"), session.get_one(Page, page.id))
    assert differences(world, world.database) == []
