"""Asking and confirming in a line, for tests."""

from datetime import date, timedelta
from typing import Any

from tests.world import World
from wiki import clock
from wiki.access import page_for
from wiki.models import ReadingRequest, Receipt
from wiki.receipts import asking
from wiki.receipts.asking import Wish
from wiki.receipts.confirming import confirm
from wiki.receipts.groups import Group
from wiki.receipts.progress import One, of_request

ZONE = "UTC"


def today() -> date:
    return clock.today(ZONE)


def ask(
    world: World,
    who: str,
    people: tuple[str, ...] = (),
    groups: tuple[Group, ...] = (),
    slug: str = "tides",
    days: int = 10,
    why: str = "New rules",
) -> int:
    """A request by somebody, due so many days from now; its number."""
    viewer = world.viewer(who)
    persons = tuple(world.viewer(one).person_id or 0 for one in people)
    with world.writing() as session:
        found = page_for(session, viewer, "paper-coast", slug, "edit")
        wish = Wish(persons, groups, why, today() + timedelta(days=days))
        return asking.ask(session, viewer, found, asking.prepared(session, viewer, found, wish, today())).id


def read(world: World, who: str, slug: str = "tides", number: int | None = None) -> Receipt:
    """Somebody says that they have read it, as it is now."""
    viewer = world.viewer(who)
    with world.writing() as session:
        page = page_for(session, viewer, "paper-coast", slug, "view").page
        return confirm(session, viewer, page, number or page.number, today(), ZONE)


def withdraw(world: World, who: str, number: int, slug: str = "tides", why: str = "Not needed") -> None:
    viewer = world.viewer(who)
    with world.writing() as session:
        found = page_for(session, viewer, "paper-coast", slug, "view")
        asking.withdraw(session, viewer, found, asking.request_of(session, found, number), why)


def standing(world: World, number: int) -> dict[str, str]:
    """First name -> how they stand in a request."""
    return {one.name.split()[0].lower(): one.status for one in everybody(world, number)}


def everybody(world: World, number: int) -> list[One]:
    with world.reading() as session:
        return of_request(session, number, today(), ZONE)


def stored(world: World, number: int) -> Any:
    with world.reading() as session:
        return session.get_one(ReadingRequest, number)
