"""A receipt is one's own word for one revision; what changed since is told only where it is worth reading again."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.history.test_timeline import save
from tests.world import World
from wiki.errors import Forbidden
from wiki.models import Event, Page, Receipt
from wiki.receipts.changed import Change, changed_since, changes_since
from wiki.receipts.noting import note_read, receipt_of, receipts_of


def read(world: World, who: str, page: Page, by: str = "") -> Receipt:
    with world.writing() as session:
        return note_read(session, world.viewer(who), session.get_one(Page, page.id), by)


def since(world: World, page: Page, number: int) -> Change | None:
    with world.reading() as session:
        return changed_since(session, page, number)


def test_it_works(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    receipt = read(world, "dan", page, "path:4#st1")
    assert (receipt.number, receipt.name, receipt.by) == (1, world.viewer("dan").name, "path:4#st1")
    assert since(world, page, 1) is None
    save(world, "ada", "tides", "They come!")
    assert since(world, page, 1) is None
    save(world, "ada", "tides", "They come and go.")
    save(world, "hal", "tides", "They come and never go.")
    change = since(world, page, 1)
    assert change is not None
    assert (change.first, change.last, change.number, change.compare) == (3, 4, 4, "/compare/1/4")
    assert change.by == world.viewer("hal").name
    read(world, "dan", page)
    with world.reading() as session:
        account = world.viewer("dan").account_id or 0
        newest = receipt_of(session, account, page.id)
        assert newest is not None and newest.number == 4
        assert receipts_of(session, account, [page.id]) == {page.id: newest}
        assert receipts_of(session, account, []) == {}
        assert changes_since(session, {page.id: newest.number}) == {}


def test_saying_so_twice_is_one_receipt(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    assert read(world, "dan", page).id == read(world, "dan", page).id
    assert read(world, "dan", page, "request:1").id != read(world, "dan", page).id


def test_a_visitor_confirms_nothing(lone_world: World) -> None:
    page = lone_world.page("ada", "paper-coast", "article", "Tides")
    with pytest.raises(Forbidden):
        read(lone_world, "visitor", page)


def test_the_log_of_events_says_neither_who_nor_what(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    receipt = read(world, "dan", page)
    with world.reading() as session:
        event: Any = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
        assert (event.verb, event.actor_id, event.actor_name, event.page_id, event.space_id) == (
            "receipt.noted",
            None,
            "",
            None,
            None,
        )
        assert event.detail == {"receipt": receipt.id}
