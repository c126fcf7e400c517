"""An accepted page is not rewritten: a note, a correction that shows, or a new page that replaces it."""

from typing import Any

from tests.cases import entered, send, shown, stored
from tests.client import Browser
from tests.page import Page as Shown
from tests.world import World
from wiki.models import Page

DECIDED = {
    "question": "Where to anchor?",
    "outcome": "In the bay.",
    "why": "It is calm.",
    "decided_on": "2026-11-20",
    "time_to_collaborate": "yes",
}
AT = "/paper-coast/anchor"


def accepted(world: World, **fields: Any) -> Page:
    by = {"decided_by": [world.viewer("ada").person_id]}
    return world.page("ada", "paper-coast", "decision", "Anchor", {**DECIDED, **by, **fields}, state="accepted")


def sent(client: Browser, **changes: str) -> Shown:
    """The form of the page with other values, as somebody sends it who opened it before it was locked."""
    values = client.read(f"{AT}/edit").form(f"{AT}/edit", having="body").filled({})
    return shown(client.post(f"{AT}/edit", data={**values, **changes}))


def test_it_works(world: World) -> None:
    accepted(world)
    form = entered(world, "dan").read(f"{AT}/edit")
    assert "Locked: Accepted" in form.main and "In the bay." in form.main
    assert "f.outcome" not in form.form(f"{AT}/edit", having="body").values
    assert form.links()["Add a note"] == f"{AT}/note"
    assert "Correct an error" not in form.links()
    assert entered(world, "dan").get(form.links()["Replace with a new one"]).status_code == 200


def test_what_was_typed_into_a_locked_field_is_refused_and_goes_along_to_a_new_page(world: World) -> None:
    old = accepted(world, affects=[world.viewer("ada").person_id])
    client = entered(world, "dan")
    page = sent(client, **{"f.outcome": "Behind the reef.", "f.context": "The storm."})
    assert page.status == 422 and "“We decided to…” is locked" in page.main
    assert page.links()["Add a note"] == f"{AT}/note"
    assert stored(world, "anchor").fields["outcome"] == "In the bay."
    taken = page.form("/paper-coast/new", having="replaces")
    begun = shown(client.post(taken.action, data={**taken.filled({}), "do": "replace"}))
    form = begun.form("/paper-coast/new", having="body")
    assert (form.values["f.outcome"], form.values["f.context"]) == ("Behind the reef.", "The storm.")
    assert form.values["f.supersedes"] == "Anchor (paper-coast/anchor)"
    assert "f.decided_on" not in form.filled({}) or not form.values["f.decided_on"]
    made = client.send(form, {"title": "Anchor behind the reef"})
    fields = stored(world, "anchor-behind-the-reef").fields
    assert (fields["supersedes"], fields["number"]) == ([old.id], "D-0002") and made.heading


def test_a_replacement_begins_with_the_texts_of_the_old_one(world: World) -> None:
    options = [{"id": "op1", "option": "The bay", "chosen": "yes"}]
    old = accepted(world, options=options, reconsider_when="It silts up", condition_met="yes", number="D-0007")
    client = entered(world, "ada")
    form = client.read(client.read(f"{AT}/edit").links()["Replace with a new one"]).form(having="body")
    assert (form.values["title"], form.values["f.outcome"]) == ("Anchor", "In the bay.")
    assert (form.values["r.options.0.option"], form.values["r.options.0.id"]) == ("The bay", "")
    assert not form.values["f.decided_on"] and not form.values["f.number"] and not form.values["f.condition_met"]
    client.send(form, {"title": "Anchor again"})
    assert stored(world, "anchor-again").fields["supersedes"] == [old.id]


def test_a_coordinator_corrects_with_a_reason_that_stays_on_the_page(world: World) -> None:
    accepted(world)
    client = entered(world, "hal")
    address = client.read(f"{AT}/edit").links()["Correct an error"]
    form = client.read(address).form(f"{AT}/edit", having="body")
    assert form.values["f.outcome"] == "In the bay."
    refused = client.send(form, {"f.outcome": "In the bey."}, status=422)
    assert "Say what was wrong" in refused.main
    again = refused.form(f"{AT}/edit", having="body")
    assert again.values["f.outcome"] == "In the bey.", "what was typed is lost"
    page = client.send(again, {"f.outcome": "In the east bay.", "correction": "The east one was meant"})
    assert "Corrected “We decided to…”: The east one was meant" in page.main
    fields = stored(world, "anchor").fields
    assert fields["outcome"] == "In the east bay." and fields["added_later"][0]["by"] == world.viewer("hal").person_id


def test_nobody_else_corrects(world: World) -> None:
    accepted(world)
    client = entered(world, "ada")
    assert "f.outcome" not in client.read(f"{AT}/edit?correct=1").form(f"{AT}/edit", having="body").values
    assert sent(client, **{"f.outcome": "No.", "correction": "Because"}).status == 422


def test_notes_stay_as_they_are(world: World) -> None:
    accepted(world, added_later=[{"id": "n1", "on": "2026-11-21", "note": "Seen."}])
    client = entered(world, "ada")
    assert sent(client, **{"r.added_later.0.note": "Not seen."}).status == 422
    assert send(client, f"{AT}/edit", {"base": "1", "title": "Anchor", "r.added_later": ""}).status_code == 422
    assert stored(world, "anchor").fields["added_later"][0]["note"] == "Seen."
