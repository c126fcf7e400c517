"""What is done to a line of a register is an edit of the page that holds it."""

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.page import Page as Fetched
from tests.registers.named.reading import statuses
from tests.world import World
from wiki.models import Event, Page, Revision

ROWS = [
    {"id": "a1", "what": "Send the form", "due": "2026-10-01", "status": "open"},
    {"id": "a2", "what": "Ask the Council", "due": "2026-12-01", "status": "waiting", "waiting_for": "the boat"},
]


@pytest.fixture
def meeting(world: World, noon: None) -> Page:
    person = world.viewer("ada").person_id
    rows = [{**row, "responsible": person} for row in ROWS]
    promise = {
        "id": "c1",
        "promise": "We will answer in thirty days",
        "made_by": [world.org("ministry")],
        "made_to": [world.org("council")],
        "status": "on_track",
        "responsible": person,
    }
    fields = {"date": "2026-09-01", "why_meet": "Tides", "actions": rows, "commitments": [promise]}
    return world.page("hal", "paper-coast", "meeting", "Spring circle", fields)


def act(client: Browser, key: str, act: str, rows: list[str], changes: dict[str, str], status: int = 200) -> Fetched:
    """Open the small form of an act and send it."""
    query = "&".join(f"row={row}" for row in rows)
    return client.send(
        client.read(f"/registers/{key}/{act}?{query}&back=live%3Dyes").form(f"/registers/{key}/{act}"), changes, status
    )


def newest(world: World, page: Page) -> Revision:
    with world.reading() as session:
        return session.scalars(
            select(Revision).where(Revision.page_id == page.id).order_by(Revision.number.desc()).limit(1)
        ).one()


def test_it_works(world: World, meeting: Page) -> None:
    ada = world.browser("ada")
    ada.read("/registers/actions")
    shown = act(ada, "actions", "done", [f"{meeting.id}.a2"], {})
    assert shown.heading == "Actions" and "Done." in shown.text("body")
    assert statuses(ada, "actions") == {"a1": "overdue", "a2": "done"}
    revision = newest(world, meeting)
    assert (revision.number, revision.author_name, revision.note) == (2, "Ada Verdana", "Done: Ask the Council")
    row = revision.fields["actions"][1]
    assert row["done_on"] == "2026-11-21" and "waiting_for" not in row
    with world.reading() as session:
        assert session.scalars(select(Event.verb).order_by(Event.id.desc()).limit(1)).one() == "page.saved"


def test_several_lines_of_a_page_make_one_revision(world: World, meeting: Page) -> None:
    ada = world.browser("ada")
    act(ada, "actions", "done", [f"{meeting.id}.a1", f"{meeting.id}.a2"], {})
    assert set(statuses(ada, "actions").values()) <= {"done", "done_late"}
    assert newest(world, meeting).number == 2


def test_another_date_asks_why_from_the_second_time_on(world: World, meeting: Page) -> None:
    row = [f"{meeting.id}.a1"]
    ada = world.browser("ada")
    refused = act(ada, "actions", "redate", row, {"due": "soon"}, 422)
    assert "due" in {one.get("id") for one in refused.all("input")}
    act(ada, "actions", "redate", row, {"due": "2026-12-01"})
    assert statuses(ada, "actions")["a1"] == "open"
    asked = act(ada, "actions", "redate", row, {"due": "2026-12-20"}, 422)
    assert "Say why it moves again" in asked.main
    act(ada, "actions", "redate", row, {"due": "2026-12-20", "why": "The tide was late"})
    assert newest(world, meeting).note == "From Dec 1, 2026 to Dec 20, 2026: Send the form. The tide was late"


def test_handing_on_moves_it_to_the_work_of_somebody_else(world: World, meeting: Page) -> None:
    ada = world.browser("ada")
    dan = world.browser("dan")
    assert "a1" in statuses(ada, "mine") and "a1" not in statuses(dan, "mine")
    nobody = act(ada, "actions", "hand-on", [f"{meeting.id}.a1"], {"person": "Nobody Known"}, 422)
    assert "There is no page for “Nobody Known” yet" in nobody.main
    act(ada, "actions", "hand-on", [f"{meeting.id}.a1"], {"person": "Dan Corbel"})
    assert "a1" in statuses(dan, "mine") and "a1" not in statuses(ada, "mine")


def test_only_those_to_whom_it_was_promised_say_how_they_see_it(world: World, meeting: Page) -> None:
    row = [f"{meeting.id}.c1"]
    dan = world.browser("dan")
    ada = world.browser("ada")
    assert "/registers/commitments/view" in " ".join(
        a.get("href", "") for a in dan.read("/registers/commitments").all("a")
    )
    assert "/registers/commitments/view" not in " ".join(
        a.get("href", "") for a in ada.read("/registers/commitments").all("a")
    )
    act(ada, "commitments", "view", row, {"receiver_view": "confirmed"}, 422)
    act(dan, "commitments", "view", row, {"receiver_view": "disagrees", "receiver_note": "It took ninety days."})
    assert statuses(dan, "commitments") == {"c1": "disputed"}
    assert newest(world, meeting).author_name == "Dan Corbel"


def test_each_of_several_receivers_may_say_how_they_see_it_and_nobody_else(world: World, noon: None) -> None:
    orgs = {"made_by": [world.org("ministry")], "made_to": [world.org("council"), world.org("keel")]}
    row = {"id": "c1", "promise": "We will answer", **orgs, "status": "on_track"}
    page = world.page("hal", "paper-coast", "meeting", "Circle", {"commitments": [row]})
    act(world.browser("dan"), "commitments", "view", [f"{page.id}.c1"], {"receiver_view": "confirmed"})
    refused = act(world.browser("ada"), "commitments", "view", [f"{page.id}.c1"], {"receiver_view": "disagrees"}, 422)
    assert "Only people of that organisation can write this" in refused.main
    assert newest(world, page).number == 2


def test_looking_at_a_promise_is_noted(world: World, meeting: Page) -> None:
    ada = world.browser("ada")
    assert statuses(ada, "commitments") == {"c1": "not_checked_lately"}
    act(ada, "commitments", "checked", [f"{meeting.id}.c1"], {})
    assert statuses(ada, "commitments") == {"c1": "on_track"}
    act(ada, "commitments", "checked", [f"{meeting.id}.c1"], {"status": "delivery_issue"})
    assert statuses(ada, "commitments") == {"c1": "in_trouble"}


def test_a_page_is_still_right_or_looked_at_later(world: World, noon: None) -> None:
    fields = {"owner": world.viewer("ada").person_id, "review_every": "yearly", "review_due": "2026-11-01"}
    page = world.page("ada", "paper-coast", "article", "Words we use", fields)
    ada = world.browser("ada")
    from_file = {line: status for line, status in statuses(ada, "reviews").items()}
    assert from_file == {"": "overdue"}
    act(ada, "reviews", "next-look", [str(page.id)], {"due": "2026-12-05"}, 422)
    act(ada, "reviews", "next-look", [str(page.id)], {"due": "2026-12-05", "why": "Eva is away"})
    assert statuses(ada, "reviews") == {"": "due_soon"}
    act(ada, "reviews", "still-right", [str(page.id)], {})
    assert statuses(ada, "reviews") == {}
    with world.reading() as session:
        assert session.get_one(Page, page.id).number == 2


@pytest.mark.parametrize(("who", "status"), [("ben", 403), ("zoe", 404)])
def test_who_may_not_edit_the_page_does_nothing_to_its_lines(
    world: World, meeting: Page, who: str, status: int
) -> None:
    client = world.browser(who)
    client.read(f"/registers/actions/done?row={meeting.id}.a1", status)
    assert "data-act" not in client.get("/registers/actions").text
    assert newest(world, meeting).number == 1


def test_what_is_not_there_is_refused(lone_world: World) -> None:
    ada = lone_world.browser("ada")
    for row in ("", "x", "1", "1.", "99999999.a1", "1.zz", "12345678901234.a1", "0.a1"):
        answer = ada.get(f"/registers/actions/done?row={row}")
        assert answer.status_code in (403, 404, 422), row
    assert ada.get("/registers/actions/nothing?row=1.a1").status_code == 404
