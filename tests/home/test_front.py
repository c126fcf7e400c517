"""The front door: what somebody keeps, what changed, what they began."""

from tests.cases import entered, ministry_page, send
from tests.world import World


def test_it_works(world: World) -> None:
    world.page("hal", "paper-coast", "article", "Tides", note="From my notes")
    world.page("ada", "paper-coast", "article", "Ebb", {"review_due": "2020-01-01"})
    send(entered(world, "ada"), "/paper-coast/draft", {"draft_page": "ebb", "base": "1", "title": "Ebb, more"})
    page = world.browser("ada").read("/")
    links = page.links()
    assert links["Tides"] == "/paper-coast/tides"
    assert links["Ebb, more"] == "/paper-coast/ebb/edit?draft=yes"
    assert "Paper Coast" in page.main


def test_everybody_sees_what_they_may_and_no_more(world: World) -> None:
    ministry_page(world)
    world.page("zoe", "commons", "article", "Open sea")
    for who, tides, sea in (
        ("ben", True, True),
        ("dan", False, True),
        ("visitor", False, False),
    ):
        html = entered(world, who).get("/").text
        assert ("Tides" in html, "Open sea" in html) == (tides, sea), who


def test_a_visitor_is_shown_what_is_public(world: World) -> None:
    world.page("ivy", "commons", "article", "Lighthouse", {"access": "public"})
    page = entered(world, "visitor").read("/")
    assert page.links()["Lighthouse"] == "/commons/lighthouse"


def test_help_is_open_to_all(lone_world: World) -> None:
    for who in ("visitor", "ada"):
        for url in ("/help", "/help/accessibility"):
            assert entered(lone_world, who).get(url).status_code == 200


def test_one_who_knows_where_to_write_is_led_there(world: World) -> None:
    client = entered(world, "ada")
    assert client.get("/new?space=paper-coast").location == "/paper-coast/new"
    assert client.get("/new?space=nowhere").status_code == 200
    assert entered(world, "zoe").get("/new").location == "/commons/new"
    assert entered(world, "visitor").get("/new").status_code == 401
