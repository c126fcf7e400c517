"""Search in the browser: words, filters, results at once after a save."""

import pytest

from tests.cases import entered, ministry_page
from tests.world import World


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They follow the moonlight.")
    client = world.browser("ben")
    page = client.send(client.read("/search").form(having="q"), {"q": "moonlight"})
    assert page.links()["Tides"].startswith("/paper-coast/tides")
    assert "moonlight" in page.main


def test_a_row_is_found_by_its_words_and_led_to(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint the dinghy"}]
    world.page("ada", "paper-coast", "meeting", "Talk", {"actions": rows})
    page = entered(world, "ben").read("/search?q=dinghy")
    assert page.links()["Talk"].startswith("/paper-coast/talk")
    assert "#r-a1" in page.html


def test_everybody_finds_what_they_may_read(world: World) -> None:
    ministry_page(world, body="Moonlight.")
    for who, found in (
        ("ada", True),
        ("ben", True),
        ("dan", False),
        ("zoe", False),
        ("visitor", False),
        ("ivy", False),
    ):
        answer = entered(world, who).get("/search?q=moonlight")
        assert (answer.status_code, "Tides" in answer.text) == (200, found), who


def test_filters_narrow_the_results(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="Moonlight.")
    world.page("hal", "paper-coast", "meeting", "Talk", body="Moonlight.")
    client = entered(world, "ben")
    for query, titles in (
        ("kind=meeting", {"Talk"}),
        ("kind=poem", set()),
        ("space=paper-coast", {"Talk", "Tides"}),
        ("space=commons", set()),
        ("state=draft", {"Tides"}),
        ("owner=Ada+Verdana", {"Tides"}),
    ):
        links = client.read(f"/search?q=moonlight&{query}").links()
        assert {"Talk", "Tides"} & links.keys() == titles, query


def test_an_unknown_owner_is_said(world: World) -> None:
    secret = ministry_page(world, "person", "Sub Rosa")
    assert secret.id
    client = entered(world, "dan")
    there, absent = (client.get(f"/search?q=x&owner={name}") for name in ("Sub+Rosa", "Sub+Rosi"))
    assert there.status_code == absent.status_code == 422
    assert there.text.replace("Sub Rosa", "Sub Rosi").replace("Sub+Rosa", "Sub+Rosi") == absent.text


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=%00", "q=%22", "q=(((((", "q=" + "a " * 3000, "q=*", "q=%25", "q=a&p=0", "q=a&p=-1", "q=a&p=x", "q=a&p=99999999999",
     "q=kind:&kind=%00&state=%00&space=%00&owner=%00", "q=NOT", "q=%ED%A0%80", "q=a%27%3B--", "q=-a", "q=%F0%9F%8C%8A"],
)  # fmt: skip
def test_strange_questions_do_no_harm(world: World, query: str) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="Moonlight.")
    assert entered(world, "ben").get(f"/search?{query}").status_code in (200, 400, 422)
