"""What somebody types is kept on the server before they save it, and is theirs alone."""

import pytest
from sqlalchemy import select

from tests.cases import answers, count, entered, ministry_page, send
from tests.packs.changing import publish
from tests.packs.test_upgrade import fields, second
from tests.world import World
from wiki.models import Draft


def keep(world: World, who: str = "ada", body: str = "Half a sent") -> int:
    data = {"draft_page": "tides", "base": "1", "title": "Tides", "body": body, "f.themes": ["youth", "money"]}
    return send(entered(world, who), "/paper-coast/draft", data).status_code


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    assert keep(world) == 200
    assert keep(world, body="Half a sentence") == 200
    client = entered(world, "ada")
    page = client.read("/paper-coast/tides/edit?draft=yes")
    assert "These are your unsaved changes" in page.main
    assert page.form(having="body").values["body"] == "Half a sentence"
    assert "They come." in client.read("/paper-coast/tides").main, "a draft is not the page"
    client.send(page.form(having="body"))
    assert "Half a sentence" in client.read("/paper-coast/tides").main
    assert count(world, Draft) == 0, "the draft stays when it was saved"


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    data = {"draft_page": "tides", "base": "1", "body": "Half"}
    assert answers(world, lambda client: send(client, "/paper-coast/draft", data)) == {
        "visitor": 401,
        "zoe": 404,
        "dan": 404,
        "ben": 403,
        "ada": 200,
    }
    assert count(world, Draft) == 1


def test_a_draft_is_seen_by_nobody_else(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    keep(world, body="Unripe thought")
    for who in ("dan", "hal", "ben"):
        for url in ("/paper-coast/tides/edit", "/paper-coast/tides", "/", "/paper-coast/new", "/search?q=unripe"):
            assert "Unripe thought" not in entered(world, who).get(url).text


def test_what_was_not_saved_is_offered_beside_the_saved_page_and_can_be_thrown_away(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    keep(world)
    client = entered(world, "ada")
    page = client.read("/paper-coast/tides/edit")
    assert "You have unsaved changes" in page.main
    assert "They come." in page.main and "Half a sent" in page.main, "what changed is not shown"
    page = client.send(page.form("/paper-coast/tides/edit"), {"do": "discard"})
    assert page.form(having="body").values["body"] == "They come."
    assert count(world, Draft) == 0


def test_the_offer_tells_of_a_save_that_came_between(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    keep(world)
    dan = entered(world, "dan")
    dan.send(dan.read("/paper-coast/tides/edit").form(having="body"), {"body": "They go."})
    assert "Dan Corbel saved this page" in entered(world, "ada").read("/paper-coast/tides/edit").main


def test_text_that_only_the_device_has_is_compared_without_being_kept(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    client = entered(lone_world, "ada")
    form = client.read("/paper-coast/tides/edit").form(having="body")
    page = client.send(form, {"do": "compare", "body": "They come and go."})
    assert "You have unsaved changes" in page.main and "and go" in page.main
    page = client.send(page.form("/paper-coast/tides/edit"), {"do": "resume"})
    assert page.form(having="body").values["body"] == "They come and go."
    assert count(lone_world, Draft) == 0


def test_a_draft_begun_before_others_saved_still_merges(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="One.\n\nTwo.\n\nThree.\n")
    keep(world, body="Un.\n\nTwo.\n\nThree.\n")
    dan = entered(world, "dan")
    form = dan.read("/paper-coast/tides/edit").form(having="body")
    dan.send(form, {"body": "One.\n\nTwo.\n\nDrei.\n"})
    ada = entered(world, "ada")
    page = ada.send(ada.read("/paper-coast/tides/edit?draft=yes").form(having="body"))
    assert "Un." in page.main and "Drei." in page.main


def test_a_new_page_has_a_draft_of_its_own(world: World) -> None:
    client = entered(world, "ada")
    form = client.read("/paper-coast/new?kind=meeting").form(having="body")
    data = {
        "draft_place": form.values["draft_place"],
        "title": "Tide talk",
        "body": "Half",
        "r.actions.0.id": "",
        "r.actions.0.what": "Paint",
    }
    assert send(client, "/paper-coast/draft", data).status_code == 200
    offered = client.read("/paper-coast/new").links()["Tide talk"]
    again = client.read(offered).form(having="body").values
    assert (again["title"], again["body"], again["r.actions.0.what"]) == ("Tide talk", "Half", "Paint")
    assert "Tide talk" in client.read("/").main
    begun = client.read("/paper-coast/new?kind=meeting")
    assert "You began a page like this" in begun.main
    assert client.read(begun.links()["Go on with “Tide talk”"]).form(having="body").values["body"] == "Half"
    assert "You began" not in client.read("/paper-coast/new?kind=article").main


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"draft_place": "new:commons:article:1"},
        {"draft_place": "page:1"},
        {"draft_place": "new:paper-coast:" + "x" * 200},
    ],
)
def test_a_draft_of_nothing_is_refused(lone_world: World, data: dict[str, str]) -> None:
    assert send(entered(lone_world, "ada"), "/paper-coast/draft", data).status_code == 422
    assert count(lone_world, Draft) == 0


@pytest.mark.parametrize("base", ["", "x", "9" * 30, "-1"])
def test_a_draft_with_a_strange_beginning_is_kept_all_the_same(world: World, base: str) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    data = {"draft_page": "tides", "base": base, "title": "Tides", "body": "Half"}
    assert send(entered(world, "ada"), "/paper-coast/draft", data).status_code == 200
    with world.reading() as session:
        assert session.scalars(select(Draft)).one().form["body"] == ["Half"]
    again = entered(world, "ada").read("/paper-coast/tides/edit?draft=yes")
    assert again.form(having="body").values["body"] == "Half"


def test_what_was_typed_into_a_field_that_has_another_name_now_comes_back_and_is_saved(lone_world: World) -> None:
    """The template renames a field and a choice while a draft waits and a form stands open."""
    page = lone_world.page("ada", "paper-coast", "lesson", "Tides", {"lesson": "Go", "affects": ["staff"]})
    client = entered(lone_world, "ada")
    opened = client.read("/paper-coast/tides/edit").form(having="body")
    data = {"draft_page": "tides", "base": "1", "title": "Tides", "f.lesson": "Go", "f.culture_note": "Ask first"}
    assert send(client, "/paper-coast/draft", data | {"f.affects": ["youth", "staff"]}).status_code == 200
    publish(lone_world, second())
    assert "Ask first" in client.read("/paper-coast/tides/edit").main, "the offer does not show it"
    form = client.read("/paper-coast/tides/edit?draft=yes").form(having="body")
    assert (form.values["f.culture"], form.values.getlist("f.affects")) == ("Ask first", ["staff", "young"])
    client.send(form)
    assert fields(lone_world, page) == {"lesson": "Go", "culture": "Ask first", "affects": ["staff", "young"]}
    answered = client.post("/paper-coast/tides/edit", data=opened.filled({"f.culture_note": "Ask twice", "base": "2"}))
    assert answered.status_code == 303 and fields(lone_world, page)["culture"] == "Ask twice"
