"""The register of lessons: by theme, with whether anything changed."""

from typing import Any

import pytest

from tests.client import Browser
from tests.moments import Moments
from tests.page import text_of
from tests.paper_coast import Coast
from tests.registers.named.reading import file_of, summary
from tests.world import World
from wiki.models import Page

AT = "/registers/lessons"


@pytest.fixture(scope="module")
def hal(still_coast: Coast) -> Browser:
    return still_coast.browser("hal")


def test_it_works(hal: Browser) -> None:
    page = hal.read(AT)
    assert summary(page) == "2 lessons: 1 changed something."
    groups = {text_of(one) for one in page.all("h2")}
    assert "Monitoring applied 0 of 1" in groups and "Communication applied 1 of 2" in groups
    statuses = {line["lesson"]: line["status"] for line in file_of(hal, "lessons")}
    assert sorted(statuses.values()) == ["applied", "captured"]
    (applied,) = file_of(hal, "lessons", status="applied")
    assert "Send a permit notice so that partners have time" in applied["applied_in"]


def lesson(world: World, title: str, who: str = "ada", state: str = "shared", **fields: Any) -> Page:
    return world.page(who, "paper-coast", "lesson", title, {"lesson": title, **fields}, state=state)


def test_no_answer_after_ninety_days_and_a_page_that_is_retired(world: World, moments: Moments) -> None:
    howto = world.page("ada", "paper-coast", "howto", "Row", state="retired")
    kept = world.page("ada", "paper-coast", "howto", "Sail", state="current")
    lesson(world, "Unheard", themes=["youth"])
    lesson(world, "Answered", themes=["youth", "data"], response="undecided")
    lesson(world, "Undone", state="applied", themes=["youth"], applied_in=[howto.id])
    lesson(world, "Done", state="applied", themes=["data"], applied_in=[kept.id])
    lesson(world, "Bare")
    assert "no_answer" not in {line["status"] for line in file_of(world.browser("ada"), "lessons")}
    moments.pass_by(days=91)
    client = world.browser("ada")
    found = {line["lesson"]: (line["status"], line["flags"]) for line in file_of(client, "lessons")}
    assert found == {
        "Unheard": ("no_answer", ""),
        "Answered": ("shared", ""),
        "Undone": ("applied", "page_gone"),
        "Done": ("applied", ""),
        "Bare": ("no_answer", ""),
    }
    page = client.read(AT)
    groups = [text_of(one) for one in page.all("h2") if "applied" in text_of(one)]
    assert groups == ["Data applied 1 of 2", "Youth applied 1 of 3", "Without a theme applied 0 of 1"]
    assert {line["lesson"] for line in file_of(client, "lessons", theme="data")} == {"Answered", "Done"}


def test_a_reader_learns_nothing_of_hidden_lessons(world: World) -> None:
    council = {"access": "named_orgs", "access_orgs": [world.org("council")]}
    lesson(world, "Open", themes=["youth"])
    lesson(world, "Quiet", "dan", themes=["secrets"], **council)
    page = world.browser("ada").read(AT)
    assert "Quiet" not in page.html and "secrets" not in page.html
    assert "1 is not visible to you." in summary(page)


def test_an_empty_register_says_what_would_stand_there(lone_world: World) -> None:
    page = lone_world.browser("ada").read(AT)
    assert "No lessons yet" in page.main and "Note one thing we learned" in page.main
