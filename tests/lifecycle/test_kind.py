"""A page can be turned into another kind without loss."""

import pytest

from tests.cases import FORM, SENT, answers, entered, ministry_page, send, stored
from tests.world import World

FIELDS = {
    "place": "Pier",
    "date": "2026-11-20",
    "actions": [{"id": "a1", "what": "Paint the boats"}],
    "themes": ["youth"],
    "summary": "In short",
}


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", FIELDS, "We met.")
    before = stored(world, "tides")
    client = world.browser("ada")
    page = client.send(client.read("/paper-coast/tides/kind").form(), {"kind": "article", "note": "It was none"})
    for words in ("We met.", "Pier", "Paint the boats", "In short"):
        assert words in page.main
    assert stored(world, "tides") == before
    found = world.found("ada", "paper-coast", "tides").page
    assert (found.kind, found.state, found.number) == ("article", "draft", 2)


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    assert answers(world, lambda client: client.get("/paper-coast/tides/kind")) == FORM
    assert answers(world, lambda client: send(client, "/paper-coast/tides/kind", {"kind": "howto"})) == SENT
    assert world.found("ada", "paper-coast", "tides").page.kind == "howto"


def test_there_and_back_is_the_same_page(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", FIELDS, "We met.")
    before = stored(world, "tides")
    client = entered(world, "ada")
    for kind in ("article", "risk_register", "agreement", "meeting"):
        assert send(client, "/paper-coast/tides/kind", {"kind": kind}).status_code == 303
        client.send(client.read("/paper-coast/tides/edit").form(having="body"), {"note": kind})
    assert stored(world, "tides") == before


def test_editing_in_the_new_kind_keeps_what_it_cannot_show(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", FIELDS, "We met.")
    client = entered(world, "ada")
    send(client, "/paper-coast/tides/kind", {"kind": "article"})
    client.send(client.read("/paper-coast/tides/edit").form(having="body"), {"body": "We met again."})
    found = stored(world, "tides")
    assert (found.body, found.fields["place"], found.rows("actions")) == ("We met again.", "Pier", FIELDS["actions"])


def test_what_was_hidden_stays_hidden_in_the_new_kind(world: World) -> None:
    ben = world.account("ben").person_id
    fields = {"holders": [{"id": "h1", "person": ben}], "workload_note": "Only for Ben."}
    world.page("hal", "paper-coast", "role", "Harbour master", fields)
    send(entered(world, "hal"), "/paper-coast/harbour-master/kind", {"kind": "article"})
    client = entered(world, "ada")
    for rest in ("", ".md", "/edit", "/history/2", "/compare/1/2", "/history/1"):
        assert "Only for Ben." not in client.get(f"/paper-coast/harbour-master{rest}").text, rest
    assert "harbour-master" not in str(client.get("/complete?q=Only+for").json)
    assert "Harbour" not in client.read("/search?q=%22Only+for+Ben%22").links()
    assert stored(world, "harbour-master").fields["workload_note"] == "Only for Ben."


@pytest.mark.parametrize("kind", ["", "poem", "a\0b"])
def test_an_unknown_kind_is_refused(world: World, kind: str) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    assert send(entered(world, "ada"), "/paper-coast/tides/kind", {"kind": kind}).status_code == 422
    assert world.found("ada", "paper-coast", "tides").page.number == 1


def test_the_same_kind_is_no_change(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", state="current")
    send(entered(world, "ada"), "/paper-coast/tides/kind", {"kind": "article"})
    found = world.found("ada", "paper-coast", "tides").page
    assert (found.number, found.state) == (1, "current")
