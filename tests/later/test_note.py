"""A dated note beside what is not rewritten, and a report that the condition for a new look has been met."""

from tests.cases import FORM, SENT, answers, entered, ministry_page, send, stored
from tests.world import World

WAITING = {"question": "Where?", "reconsider_when": "It silts up", "outcome": "In the bay."}


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "decision", "Anchor", {"question": "Where?"}, state="accepted")
    client = entered(world, "dan")
    form = client.read("/paper-coast/anchor/note").form("/paper-coast/anchor/note")
    assert "Write what is to be added" in client.send(form, {"text": " "}, status=422).main
    page = client.send(form, {"text": "Two boats dragged.\n\nIn *May*."})
    assert "Two boats dragged." in page.main
    (note,) = stored(world, "anchor").fields["added_later"]
    assert (note["by"], note["note"]) == (world.viewer("dan").person_id, "Two boats dragged.\n\nIn *May*.")
    send(client, "/paper-coast/anchor/note", {"text": "And a third."})
    assert [row["note"][:5] for row in stored(world, "anchor").fields["added_later"]] == ["Two b", "And a"]


def test_the_four_cases(world: World) -> None:
    ministry_page(world, "decision", fields=WAITING, state="accepted")
    for rest in ("note", "condition"):
        at = f"/paper-coast/tides/{rest}"
        assert answers(world, lambda client, at=at: client.get(at)) == FORM
        assert answers(world, lambda client, at=at: send(client, at, {"text": "Seen."})) == SENT


def test_a_page_without_a_place_for_notes_takes_none(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    client = entered(lone_world, "ada")
    for rest in ("note", "condition"):
        assert client.get(f"/paper-coast/tides/{rest}").status_code == 404


def test_any_member_reports_that_the_condition_is_met_and_the_state_stays(world: World) -> None:
    world.page("ada", "paper-coast", "decision", "Anchor", WAITING, state="accepted")
    client = entered(world, "dan")
    page = client.read("/paper-coast/anchor")
    assert "It silts up" in page.main
    form = client.read("/paper-coast/anchor/condition").form("/paper-coast/anchor/condition")
    assert "Say what was seen" in client.send(form, {"text": ""}, status=422).main
    said = client.send(form, {"text": "Two feet less in May"}).main
    assert "The condition for a new look has occurred" in said and "Two feet less in May" in said
    page_now = world.found("ada", "paper-coast", "anchor").page
    assert (page_now.state, stored(world, "anchor").fields["condition_met"]) == ("accepted", "yes")
    assert "condition" not in {href.rpartition("/")[2] for href in client.read("/paper-coast/anchor").links().values()}
    listed = client.read("/registers/kind/decision?still_stands=condition_met")
    assert "Anchor" in listed.main


def test_nothing_is_reported_of_what_does_not_count(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "decision", "Anchor", WAITING, state="proposed")
    assert send(entered(lone_world, "dan"), "/paper-coast/anchor/condition", {"text": "x"}).status_code == 422
