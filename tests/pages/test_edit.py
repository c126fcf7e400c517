"""Editing a page: what is sent is saved, or comes back with what is wrong."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.cases import FORM, SENT, act, answers, complaint, count, entered, ministry_page, send, shown, stored
from tests.world import World
from wiki.models import Event, Revision
from wiki.pages import actions

LONG = "Long. " * (44 * 1024)


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.\n")
    client = world.browser("dan")
    form = client.read("/paper-coast/tides/edit").form(having="body")
    assert (form.values["base"], form.values["body"]) == ("1", "They come.\r\n")
    page = client.send(form, {"body": "They come and go.\n", "note": "Half was missing"})
    assert (page.url, "They come and go." in page.main) == ("/paper-coast/tides", True)
    with world.reading() as session:
        last = session.scalars(select(Revision).order_by(Revision.id.desc())).first()
        event = session.scalars(select(Event).where(Event.verb == "page.saved").order_by(Event.id.desc())).first()
    assert last is not None and event is not None
    assert (last.number, last.author_name, last.note, last.body) == (
        2,
        "Dan Corbel",
        "Half was missing",
        "They come and go.\n",
    )
    assert (event.revision, event.actor_name) == (2, "Dan Corbel")


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    assert answers(world, lambda client: client.get("/paper-coast/tides/edit")) == FORM
    data = {"base": "1", "title": "Tides", "body": "Changed."}
    assert answers(world, lambda client: send(client, "/paper-coast/tides/edit", data)) == SENT
    assert stored(world, "tides").body == "Changed."
    assert count_of(world, "tides") == 2


def count_of(world: World, slug: str) -> int:
    return world.found("ada", "paper-coast", slug).page.number


def test_a_form_that_was_not_touched_changes_nothing(world: World) -> None:
    """Every field of a page full of them survives being shown and sent back."""
    ada = world.account("ada").person_id
    actions_ = [
        {"id": "a1", "what": "Paint | the [boats]", "responsible": ada, "due": "2026-12-01", "note": "- x\n- y"}
    ]
    fields = {
        "date": "2026-11-20",
        "actions": actions_,
        "contributing_orgs": [world.org("keel"), world.org("council")],
        "themes": ["youth", "a theme of ours"],
        "handling_notice": ["ask_before_reuse"],
        "removed_long_ago": {"kept": "still"},
    }
    world.page("ada", "paper-coast", "meeting", "Tides", fields, "\n\nA\n\n```\n x\n```\n\n\n")
    before = stored(world, "tides")
    client = entered(world, "ada")
    page = client.send(client.read("/paper-coast/tides/edit").form(having="body"))
    assert "Nothing was changed" in page.html
    assert stored(world, "tides") == before
    assert count_of(world, "tides") == 1


def test_a_row_keeps_its_id_when_it_is_changed_and_moved(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint"}, {"id": "b2", "what": "Row"}]
    world.page("ada", "paper-coast", "meeting", "Tides", {"actions": rows})
    client = entered(world, "ada")
    form = client.read("/paper-coast/tides/edit").form(having="body")
    moved = client.send(form, {"do": "row-up:actions:1", "r.actions.0.what": "Paint twice"})
    client.send(moved.form(having="body"), {"do": None})
    assert stored(world, "tides").rows("actions") == [{"id": "b2", "what": "Row"}, {"id": "a1", "what": "Paint twice"}]


@pytest.mark.parametrize("base", ["", "soon", "-1", "7", "99999999", "9" * 30, "0", "1.0", "²"])
def test_a_form_that_does_not_say_where_it_began_loses_nothing(world: World, base: str) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    data = {"base": base, "title": "Tides", "body": "Do not lose me."}
    answer = send(entered(world, "ada"), "/paper-coast/tides/edit", data)
    assert answer.status_code == 422
    assert "Do not lose me." in answer.text
    assert stored(world, "tides").body == "They come."


def test_what_cannot_be_held_comes_back_beside_what_can(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", {"place": "Pier"}, "They come.")
    before = count(world, Revision)
    client = entered(world, "ada")
    form = client.read("/paper-coast/tides/edit").form(having="body")
    again = client.send(form, {"f.date": "soon", "f.place": "Harbour", "body": LONG, "note": "Noted"}, status=422)
    assert "Write a day" in complaint(again, "f.date") and "256 KB" in complaint(again, "body")
    kept = again.form(having="body").values
    assert (kept["f.date"], kept["f.place"], kept["body"], kept["note"]) == ("soon", "Harbour", LONG, "Noted")
    assert (count(world, Revision), count_of(world, "tides")) == (before, 1)


def test_a_field_that_was_locked_meanwhile_says_so_and_keeps_what_was_typed(world: World) -> None:
    """The form was opened before the decision was accepted; tests/pages/test_locked.py has the rest."""
    fields = {"question": "Where to anchor?", "outcome": "In the bay.", "why": "It is calm."}
    world.page("ada", "paper-coast", "decision", "Anchor", fields, state="accepted")
    client = entered(world, "ada")
    form = client.read("/paper-coast/anchor/edit").form(having="body")
    sent = form.filled({"body": "Do not lose me."})
    sent.setlist("f.outcome", ["At sea."])
    answer = client.post(form.action, data=sent)
    assert answer.status_code == 422
    again = shown(answer)
    assert "locked" in again.main and "At sea." in again.html
    kept = [one for one in again.forms() if one.method == "post" and one.action == "/paper-coast/anchor/edit"]
    assert kept[0].values["body"] == "Do not lose me."
    assert stored(world, "anchor").fields["outcome"] == "In the bay."


def test_what_one_may_not_see_survives_ones_save(world: World) -> None:
    ben = world.account("ben").person_id
    fields = {"holders": [{"id": "h1", "person": ben}], "workload_note": "Only for Ben."}
    world.page("hal", "paper-coast", "role", "Harbour master", fields, "Keeps the harbour.")
    client = entered(world, "ada")
    page = client.read("/paper-coast/harbour-master/edit")
    assert "Only for Ben." not in page.html
    client.send(page.form(having="body"), {"body": "Keeps the harbour tidy."})
    assert stored(world, "harbour-master").fields["workload_note"] == "Only for Ben."
    forged = {"base": "2", "title": "Harbour master", "body": "x", "f.workload_note": "Ada was here"}
    send(client, "/paper-coast/harbour-master/edit", forged)
    assert stored(world, "harbour-master").fields["workload_note"] == "Only for Ben."


def test_words_that_belong_to_one_organisation_are_written_by_its_people(world: World) -> None:
    council = world.org("council")
    assert world.catalogue["organisation"].field("strengths") is not None
    page = world.page("hal", "paper-coast", "organisation", "Fishing fleet", {"mandate": "Fish."})
    assert page.id != council
    form = {"base": "1", "title": "Fishing fleet", "f.strengths": "We know best", "body": "Do not lose me."}
    answer = send(entered(world, "ada"), "/paper-coast/fishing-fleet/edit", form)
    if world.catalogue["organisation"].field("strengths").own_words:  # type: ignore[union-attr]
        assert answer.status_code == 422
        assert "Only people of that organisation" in complaint(shown(answer), "f.strengths")
        assert "Do not lose me." in answer.text
    else:
        assert answer.status_code == 303


def test_nobody_shuts_themselves_out(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    data = {"base": "1", "title": "Tides", "body": "x", "f.access": "steward_only"}
    data["f.steward_org"] = "Placeholder Nation Council"
    answer = send(entered(world, "ada"), "/paper-coast/tides/edit", data)
    assert answer.status_code == 422
    assert "would not see this page yourself" in complaint(shown(answer), "f.access")


def test_a_visitor_whose_sign_in_ran_out_gets_the_text_back(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    client = entered(world, "ada")
    form = client.read("/paper-coast/tides/edit").form(having="body")
    world.browser("ada")
    with client.session_transaction() as cookie:
        cookie.pop("_user_id")
    answer = client.post(form.action, data=form.filled({"body": "Do not lose me."}))
    assert (answer.status_code, "Do not lose me." in answer.text) == (401, True)
    entry = shown(answer).form("/sign-in")
    again = client.send(entry, {"email": world.email("ada"), "password": "stones under the pier"})
    assert again.form(having="body").values["body"] == "Do not lose me."
    done = client.send(again.form(having="body"))
    assert "Do not lose me." in done.main


def test_a_page_that_was_deleted_meanwhile_gives_the_text_back(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    hal = world.viewer("hal")
    act(world, "hal", "paper-coast", "tides", "delete", lambda s, f: actions.delete_page(s, hal, f.page, "Wet"))
    data = {"base": "1", "title": "Tides", "body": "Do not lose me."}
    answer = send(entered(world, "ada"), "/paper-coast/tides/edit", data)
    assert (answer.status_code, "Do not lose me." in answer.text) == (410, True)


def test_the_buttons_of_rows_save_nothing(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", body="They come.")
    client = entered(world, "ada")
    form = client.read("/paper-coast/tides/edit").form(having="body")
    for command in ("add-row:actions", "remove-row:actions:0", "row-up:nonsense:x", "preview", "resume"):
        page = client.send(form, {"do": command, "body": "Typed."})
        assert page.form(having="body").values["body"] == "Typed."
    assert count_of(world, "tides") == 1


def test_a_title_changes_and_its_links_follow(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    world.page("ada", "paper-coast", "article", "Charts", body="[[tides|The tides]]")
    client = entered(world, "ada")
    assert client.read("/paper-coast/charts").links()["The tides"] == "/paper-coast/tides"
    client.send(client.read("/paper-coast/tides/edit").form(having="body"), {"title": "Ebb"})
    assert client.read("/paper-coast/tides").heading == "Ebb"
    assert client.read("/paper-coast/charts").links()["The tides"] == "/paper-coast/tides"


def test_fields_larger_than_a_page_may_be_are_refused(world: World) -> None:
    world.page("ada", "paper-coast", "agreement", "Charter")
    data: dict[str, Any] = {"base": "1", "title": "Charter", "body": "Do not lose me."}
    data |= {f"f.{key}": "y" * 240_000 for key in ("purpose", "roles", "accountability", "protocols", "ending")}
    answer = send(entered(world, "ada"), "/paper-coast/charter/edit", data)
    assert (answer.status_code, "Do not lose me." in answer.text) == (422, True)


def test_words_of_ones_own_stand_beside_the_boxes(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", {"themes": ["youth", "our own word"]})
    client = entered(world, "ada")
    form = client.read("/paper-coast/tides/edit").form(having="body")
    assert (form.values.getlist("f.themes"), form.values["f.themes.free"]) == (["youth"], "our own word")
    client.send(form, {"f.themes": ["money"], "f.themes.free": "our own word\r\nand, another"})
    assert stored(world, "tides").fields["themes"] == ["money", "our own word", "and", "another"]


def test_the_last_box_can_be_unticked(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", {"handling_notice": ["ask_before_reuse"]})
    client = entered(world, "ada")
    client.send(client.read("/paper-coast/tides/edit").form(having="body"), {"f.handling_notice": None})
    assert "handling_notice" not in stored(world, "tides").fields
