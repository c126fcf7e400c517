"""Coordinators say what a space is called, who may come in, and with which page it opens."""

import pytest
from sqlalchemy import select

from tests.world import World
from wiki.models import Event


def last_event(world: World) -> Event:
    with world.reading() as session:
        return session.scalars(select(Event).order_by(Event.id.desc())).first()  # type: ignore[return-value]


def test_it_works(world: World) -> None:
    client = world.browser("hal")
    changes = {"name": "Paper Shore", "description": "Looking after the shoreline.", "default_role": "reader"}
    page = client.send(client.read("/paper-coast/settings").form(), changes)
    assert (page.url, page.heading) == ("/paper-coast", "Paper Shore")
    assert "Looking after the shoreline." in page.main
    event = last_event(world)
    assert (event.verb, event.detail["default_role"]) == ("space.changed", "reader")
    assert world.browser("zoe").read("/paper-coast").status == 200


def test_closing_a_space_shuts_out_at_once_who_has_no_role(world: World) -> None:
    client = world.browser("hal")
    client.send(client.read("/paper-coast/settings").form(), {"default_role": "member"})
    zoe = world.browser("zoe")
    assert zoe.get("/paper-coast").status_code == 200
    client.send(client.read("/paper-coast/settings").form(), {"default_role": "none"})
    assert zoe.get("/paper-coast").status_code == 404


def test_nothing_changed_writes_nothing(lone_world: World) -> None:
    client = lone_world.browser("hal")
    before = last_event(lone_world).id
    client.send(client.read("/paper-coast/settings").form())
    assert last_event(lone_world).id == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "  "}, "Give the space a name"),
        ({"front_page": "No such page"}, "no page called"),
        ({"front_page": "Ada Verdana"}, "no page called"),
        ({"default_role": "coordinator"}, "Choose what people"),
        ({"description": "x" * 2001}, "at most 2000"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    lone_world: World, changes: dict[str, str], words: str
) -> None:
    client = lone_world.browser("hal")
    page = client.send(
        client.read("/paper-coast/settings").form(), changes | {"description": "Typed"} | changes, status=422
    )
    assert words in page.main
    assert page.form().values["description"].startswith(("Typed", "x"))
    assert lone_world.space("paper-coast").name == "Paper Coast"


def test_a_front_page_may_be_typed_with_its_address(lone_world: World) -> None:
    page = lone_world.page("ada", "paper-coast", "article", "Tides")
    client = lone_world.browser("hal")
    client.send(client.read("/paper-coast/settings").form(), {"front_page": "Tides (paper-coast/tides)"})
    assert lone_world.space("paper-coast").front_page_id == page.id
    assert client.read("/paper-coast/settings").form().values["front_page"] == "Tides"
    client.send(client.read("/paper-coast/settings").form(), {"front_page": ""})
    assert lone_world.space("paper-coast").front_page_id is None
