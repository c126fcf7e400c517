"""The register of practices: how far each has come elsewhere, by whom it was used and thanked; nobody is ranked."""

from datetime import timedelta

import pytest

from tests.client import Browser
from tests.moments import Moments
from tests.paper_coast import NOON, Coast
from tests.registers.named.reading import file_of, summary
from tests.world import World
from wiki.models import Thanks

AT = "/registers/practices"
FLAGS = ("newly_adapted", "thanks_this_month")


@pytest.fixture(scope="module")
def hal(still_coast: Coast) -> Browser:
    return still_coast.browser("hal")


def test_it_works(hal: Browser) -> None:
    page = hal.read(AT)
    assert summary(page) == "2 practices: 1 recommended, 1 tried nowhere yet."
    first, second = file_of(hal, "practices")
    assert (first["status"], second["status"]) == ("recommended", "not_tried")
    assert (first["worked"], first["partly"], first["did_not"]) == ("2", "0", "0")
    assert set(first["used_by"].split("; ")) == {"Municipality of Paper Harbour", "Open Current Society"}
    assert "Example Province Ministry of Shoreline Services" in first["thanked_by"]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"looking_for": "unprepared meetings"}, 1),
        ({"looking_for": "walking"}, 1),
        ({"looking_for": "agen desk", "status": "not_tried"}, 1),
        ({"looking_for": "agenda desk", "status": "recommended"}, 0),
        ({"looking_for": "meeting zeppelin"}, 0),
        ({"looking_for": "the"}, 2),
        ({"setting": "online"}, 1),
        ({"setting": "onsite"}, 1),
        ({"status": "not_tried"}, 1),
        ({"used_by": "Open Current Society"}, 1),
        ({"used_by": "Keel Office"}, 0),
        ({"used_on.from": "2026-08-01"}, 1),
        ({"thanked_on.from": "2026-10-01"}, 0),
        ({"thanked_on.from": "2026-06-01", "thanked_on.until": "2026-07-31"}, 1),
    ],
)
def test_what_one_looks_for(hal: Browser, asked: dict[str, str], count: int) -> None:
    assert len(file_of(hal, "practices", **asked)) == count


def test_what_nobody_told_leads_to_the_search(hal: Browser) -> None:
    page = hal.read(f"{AT}?looking_for=zeppelin mooring")
    assert "Nothing in this list speaks of that" in page.main
    assert page.links()["Search everywhere"] == "/search?q=zeppelin%20mooring"


def test_what_is_new_stands_apart(world: World, moments: Moments) -> None:
    """Newly adapted, and thanks of this month: uses and thanks of earlier do not count, nor a use by who shared it."""
    moments.now = NOON
    ministry, keel = world.org("ministry"), world.org("keel")
    uses = {
        "New": [{"id": "ad1", "org": keel, "result": "worked", "what_changed": "Little", "on": "2026-11-02"}],
        "Old": [{"id": "ad1", "org": keel, "result": "worked", "what_changed": "Little", "on": "2026-09-02"}],
        "Own": [{"id": "ad1", "org": ministry, "result": "worked", "what_changed": "Little", "on": "2026-11-02"}],
    }
    for title, rows in uses.items():
        fields = {"problem": title, "adaptations": rows, "contributing_orgs": [ministry]}
        page = world.page("ada", "paper-coast", "practice", title, fields, state="shared")
        when = NOON - timedelta(days=1 if title == "Old" else 40)
        given = Thanks(page_id=page.id, by_name="Dan", org_id=keel, reason="It was kind.", time=when)
        world.do(lambda session, given=given: session.add(given))
    client = world.browser("ada")
    found = {flag: [line["practice"] for line in file_of(client, "practices", flag=flag)] for flag in FLAGS}
    assert found == {"newly_adapted": ["New"], "thanks_this_month": ["Old"]}
    assert "Newly adapted" in client.read(AT).main and "Thanked this month" in client.read(AT).main


def test_a_practice_that_one_may_not_see_is_not_there(world: World) -> None:
    for title, fields in (("Open", {}), ("Closed", {"access": "named_orgs", "access_orgs": [world.org("ministry")]})):
        uses = [{"id": "ad1", "org": world.org("keel"), "result": "did_not", "story": "It rained."}]
        page = world.page(
            "ada", "paper-coast", "practice", title, {"problem": title, "adaptations": uses, **fields}, state="shared"
        )
        with world.writing() as session:
            session.add(
                Thanks(
                    page_id=page.id,
                    by_name="Dan",
                    org_id=world.org("council"),
                    reason="It was kind.",
                    time=page.created_at,
                )
            )
    assert {line["practice"] for line in file_of(world.browser("ada"), "practices")} == {"Open", "Closed"}
    dan = world.browser("dan")
    (line,) = file_of(dan, "practices")
    assert (line["practice"], line["status"], line["did_not"]) == ("Open", "adapted", "1")
    shown = dan.get(AT).text
    assert "not visible to you" in shown and "Closed" not in shown
