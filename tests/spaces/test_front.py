"""The front of a space: its front page, or what is going on in it, as far as its reader may see."""

import pytest

from tests.world import World
from wiki.access import space_for
from wiki.spaces import queries


@pytest.fixture
def town(world: World) -> World:
    world.page("ada", "paper-coast", "article", "Tides")
    world.page("ada", "paper-coast", "lesson", "Ask first")
    world.page(
        "dan",
        "paper-coast",
        "lesson",
        "Council only",
        {"access": "named_orgs", "access_orgs": [world.org("council")]},
    )
    return world


def test_it_works(town: World) -> None:
    page = town.browser("ada").read("/paper-coast")
    assert page.heading == "Paper Coast"
    assert {"Tides", "Ask first"} <= set(page.links())
    assert "Lessons learned" in page.links()


def test_an_empty_space_says_what_to_do_first(world: World) -> None:
    assert "Say who takes part." in world.browser("hal").read("/paper-coast").links()
    assert "Say who takes part." not in world.browser("ada").read("/paper-coast").links()
    assert world.browser("ben").read("/paper-coast").main.startswith("Paper Coast")


def test_counts_and_lists_show_only_what_the_reader_may_see(town: World) -> None:
    def counted(who: str) -> dict[str, int]:
        with town.reading() as session:
            viewer = town.viewer(who)
            return queries.counts_by_kind(session, viewer, space_for(session, viewer, "paper-coast", "view"))

    assert counted("dan") == {"article": 1, "lesson": 2}
    assert counted("ada") == counted("hal") == {"article": 1, "lesson": 1}
    assert "Council only" in town.browser("dan").read("/paper-coast").main
    assert "Council only" not in town.browser("hal").read("/paper-coast").html


def test_the_list_of_spaces_counts_only_what_the_reader_may_see(town: World) -> None:
    assert "3 pages" in town.browser("dan").read("/spaces").main
    assert "2 pages" in town.browser("ada").read("/spaces").main


@pytest.mark.parametrize("who", ["zoe", "ivy"])
def test_a_closed_space_is_as_if_it_were_not_there(town: World, who: str) -> None:
    client = town.browser(who)
    hidden, missing = client.get("/paper-coast"), client.get("/no-such-space")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.text.replace("paper-coast", "no-such-space") == missing.text
    assert "Paper Coast" not in client.read("/spaces").html


def test_a_visitor_is_asked_to_sign_in_whether_it_is_there_or_not(town: World) -> None:
    client = town.browser()
    assert client.get("/paper-coast").status_code == client.get("/no-such-space").status_code == 401


def test_a_visitor_finds_public_pages_and_nothing_else(town: World) -> None:
    town.page("founder", "paper-coast", "article", "For everybody", {"access": "public"})
    client = town.browser()
    page = client.read("/paper-coast")
    assert "For everybody" in page.links()
    assert "Tides" not in page.html
    assert "Ada Verdana" not in page.main
    assert "1 page" in client.read("/spaces").main
    assert client.get("/paper-coast/members").status_code == 404


def test_the_front_page_opens_the_space_for_those_who_may_see_it(town: World) -> None:
    client = town.browser("hal")
    client.send(client.read("/paper-coast/settings").form(), {"front_page": "Tides"})
    assert client.read("/paper-coast").url == "/paper-coast/tides"
    assert town.browser("ben").read("/paper-coast").url == "/paper-coast/tides"


def test_a_front_page_that_one_may_not_see_gives_the_overview(town: World) -> None:
    client = town.browser("dan")
    with town.writing() as session:
        council = town.found("dan", "paper-coast", "council-only").page.id
        session.merge(town.space("paper-coast")).front_page_id = council
    assert client.read("/paper-coast").url == "/paper-coast/council-only"
    assert town.browser("ada").read("/paper-coast").url == "/paper-coast"
