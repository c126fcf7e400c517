"""Two people at the same page at once, one of whom moves or renames it: each waits for the other, nobody is refused."""

from collections.abc import Callable
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.world import World
from wiki.access import page_for, space_for
from wiki.kinds import Content
from wiki.models import Page
from wiki.pages import actions

#: Looks at the locks of the server, each after a moment's wait for the other thread.
LOOKS = 400


def rename(world: World, session: Session, page: Page) -> None:
    found = page_for(session, world.viewer("ada"), "paper-coast", page.slug, "move")
    actions.rename_page(session, world.catalogue, world.viewer("ada"), found, "ebb")


def move(world: World, session: Session, page: Page) -> None:
    found = page_for(session, world.viewer("ada"), "paper-coast", page.slug, "move")
    to = space_for(session, world.viewer("ada"), "commons", "create")
    actions.move_page(session, world.catalogue, world.viewer("ada"), found, to)


def change_kind(world: World, session: Session, page: Page) -> None:
    mine = session.get_one(Page, page.id)
    actions.change_kind(session, world.catalogue, world.viewer("ada"), mine, world.catalogue["lesson"])


def delete(world: World, session: Session, page: Page) -> None:
    actions.delete_page(session, world.viewer("ada"), session.get_one(Page, page.id), "Nobody needs it.")


def wait_until_it_waits(world: World, thread: Thread) -> None:
    """Until the other waits for a lock of this one. SQLite lets it begin only when this one is done."""
    if world.database.is_sqlite:
        return
    with world.database.read() as session:
        for _look in range(LOOKS):
            if session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                return
            thread.join(0.01)
            session.rollback()
    pytest.fail("the other never waited")


@pytest.mark.parametrize("verb", [rename, move, change_kind, delete])
def test_it_works(world: World, verb: Callable[[World, Session, Page], None]) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    refused: list[Exception] = []

    def meanwhile() -> None:
        try:
            world.do(lambda session: verb(world, session, page))
        except Exception as error:
            refused.append(error)

    other = Thread(target=meanwhile)
    with world.writing() as session:
        mine = actions.hold(session, world.catalogue, session.get_one(Page, page.id))  # as a save begins
        other.start()
        wait_until_it_waits(world, other)
        actions.save_page(session, world.catalogue, world.viewer("dan"), mine, Content("Tides", "They go."), 1)
    other.join()
    assert refused == []
    with world.reading() as session:
        stored = session.get_one(Page, page.id)
        assert stored.number >= 2
        assert stored.slug == "ebb" or stored.space_id != page.space_id or stored.kind == "lesson" or stored.deleted_at
