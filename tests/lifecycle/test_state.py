"""A page moves from state to state; what is missing is listed, and nothing moves by itself."""

import pytest

from tests.cases import FORM, SENT, answers, entered, ministry_page, send, shown, stored
from tests.world import World
from wiki.models import Event, Revision

DECIDED = {"question": "Where to anchor?", "outcome": "In the bay.", "why": "It is calm.", "decided_on": "2026-11-20"}


def state(world: World, slug: str) -> str:
    return world.found("ada", "paper-coast", slug).page.state


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    client = world.browser("ada")
    page = client.read("/paper-coast/tides/state")
    done = client.send(page.form("/paper-coast/tides/state"), {"note": "It is complete"})
    assert (state(world, "tides"), "Current" in done.main) == ("current", True)
    with world.reading() as session:
        revision = session.query(Revision).order_by(Revision.id.desc()).first()
        event = session.query(Event).filter_by(verb="page.state").one()
    assert revision is not None
    assert (revision.number, revision.state, revision.note) == (2, "current", "It is complete")
    assert (event.detail["was"], event.detail["to"]) == ("draft", "current")
    assert "It is complete" in client.read("/paper-coast/tides/history").main


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    assert answers(world, lambda client: client.get("/paper-coast/tides/state")) == FORM
    data = {"to": "current"}
    assert answers(world, lambda client: send(client, "/paper-coast/tides/state", data)) == SENT
    assert state(world, "tides") == "current"


def test_what_is_missing_is_listed_with_links_to_the_fields(world: World) -> None:
    world.page("ada", "paper-coast", "decision", "Anchor", {"question": "Where?"}, state="proposed")
    client = entered(world, "ada")
    answer = send(client, "/paper-coast/anchor/state", {"to": "accepted", "note": "Do not lose me."})
    assert answer.status_code == 422
    page = shown(answer)
    anchors = [href for href in page.links().values() if href.startswith("/paper-coast/anchor/edit#")]
    assert anchors and "Do not lose me." in page.html
    edit = client.read("/paper-coast/anchor/edit")
    for anchor in anchors:
        edit.by_id(anchor.partition("#")[2])
    assert (state(world, "anchor"), world.found("ada", "paper-coast", "anchor").page.number) == ("proposed", 1)


def test_some_ways_ask_for_a_reason(world: World) -> None:
    world.page("ada", "paper-coast", "decision", "Anchor", DECIDED, state="proposed")
    client = entered(world, "ada")
    assert send(client, "/paper-coast/anchor/state", {"to": "rejected"}).status_code == 422
    assert send(client, "/paper-coast/anchor/state", {"to": "rejected", "note": "Too deep"}).status_code == 303
    assert state(world, "anchor") == "rejected"


@pytest.mark.parametrize("to", ["", "nonsense", "superseded", "draft", "a\0b", "x" * 5000])
def test_a_way_that_is_not_offered_is_refused(world: World, to: str) -> None:
    world.page("ada", "paper-coast", "article", "Tides", state="current")
    assert send(entered(world, "ada"), "/paper-coast/tides/state", {"to": to}).status_code in (403, 422)
    assert state(world, "tides") == "current"


def test_only_those_whom_the_kind_names_may_go_a_way(world: World) -> None:
    world.page("ada", "paper-coast", "decision", "Anchor", DECIDED, state="proposed")
    offered = entered(world, "dan").read("/paper-coast/anchor/state")
    assert not [form for form in offered.forms() if form.method == "post" and form.action.endswith("/state")]
    assert send(entered(world, "dan"), "/paper-coast/anchor/state", {"to": "accepted"}).status_code == 403
    assert send(entered(world, "hal"), "/paper-coast/anchor/state", {"to": "accepted"}).status_code in (303, 422)


def test_a_text_cannot_be_changed_by_changing_the_state(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    before = stored(world, "tides")
    send(entered(world, "ada"), "/paper-coast/tides/state", {"to": "current", "body": "Other", "f.summary": "x"})
    assert stored(world, "tides") == before
