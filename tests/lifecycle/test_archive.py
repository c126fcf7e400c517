"""Archiving sets a page aside: it is still found and read, with a banner."""

from tests.cases import FORM, SENT, answers, entered, ministry_page, send
from tests.world import World
from wiki.models import Event


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="Moonlight.")
    client = world.browser("ada")
    page = client.send(client.read("/paper-coast/tides/archive").form(), {"note": "Nobody sails"})
    assert "archived on" in page.html
    assert "Moonlight." in entered(world, "ben").read("/paper-coast/tides").main
    assert "Tides" in entered(world, "ben").read("/search?q=moonlight").links()
    with world.reading() as session:
        assert session.query(Event).filter_by(verb="page.archived").one().detail["note"] == "Nobody sails"


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    assert answers(world, lambda client: client.get("/paper-coast/tides/archive")) == FORM
    assert answers(world, lambda client: send(client, "/paper-coast/tides/archive")) == SENT
    assert world.found("ada", "paper-coast", "tides").page.archived_at is not None


def test_an_archived_page_comes_back(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    client = entered(world, "ada")
    send(client, "/paper-coast/tides/archive")
    page = client.send(client.read("/paper-coast/tides/archive").form())
    assert "archived on" not in page.html
    assert world.found("ada", "paper-coast", "tides").page.archived_at is None
