"""The register of decisions: what stands, what replaced what, and nothing of what a reader may not see."""

from typing import Any

import pytest

from tests.cases import act, entered
from tests.client import Browser
from tests.moments import Moments
from tests.page import text_of
from tests.paper_coast import Coast
from tests.registers.named.reading import file_of, listed, summary, tabs
from tests.statements import Statements
from tests.world import World
from wiki.models import Page
from wiki.pages import actions

AT = "/registers/decisions"


@pytest.fixture(scope="module")
def hal(still_coast: Coast) -> Browser:
    return still_coast.browser("hal")


def test_it_works(hal: Browser) -> None:
    """Of the three decisions on notice days only the last stands; the one on the dashboard is proposed, and late."""
    page = hal.read(AT)
    assert len(listed(page)) == 2
    assert {line["number"]: line["status"] for line in file_of(hal, "decisions")} == {
        "D-0009": "stands",
        "D-0010": "not_decided",
    }
    (late,) = file_of(hal, "decisions", status="not_decided")
    assert late["flags"] == "late"
    assert tabs(page)["Stands or is proposed"] == 2 and tabs(page)["Replaced"] == 2
    assert summary(page).startswith("4 decisions: 1 stands, 1 not decided yet, 2 replaced. Half of them took")


def test_the_chain_of_three_opens_in_place(hal: Browser) -> None:
    chains = {line["number"]: (line["chain"], line["chain_length"]) for line in file_of(hal, "decisions", live="no")}
    whole = ("D-0001 → D-0004 → D-0009", "3")
    assert chains == {"D-0001": whole, "D-0004": whole, "D-0009": whole, "D-0010": ("", "")}
    page = hal.read(f"{AT}?status=replaced")
    (first, _second) = [one for one in page.all("details") if one.get("class") == "chain"]
    said = text_of(first)
    assert said.startswith("see D-0009") and "Ten days fit the Ministry's cycle" in said
    assert [text_of(one)[:6] for one in first.iter("li")] == ["D-0001", "D-0004", "D-0009"]


def test_it_is_filtered_by_year_group_theme_and_page(hal: Browser) -> None:
    def numbers(**asked: Any) -> set[str]:
        return {line["number"] for line in file_of(hal, "decisions", live="no", **asked)}

    assert numbers(year="2025") == {"D-0001", "D-0004"}
    assert numbers(group="Steering circle: terms of reference") >= {"D-0009"}
    assert numbers(affects="Send a permit notice so that partners have time") == {"D-0001", "D-0004", "D-0009"}
    assert numbers(theme="agreements") >= {"D-0001", "D-0004"}
    assert numbers(made_under="Shoreline memorandum of understanding") == {"D-0001"}


def decision(world: World, title: str, who: str = "ada", state: str = "accepted", **fields: Any) -> Page:
    return world.page(who, "paper-coast", "decision", title, {"question": title, **fields}, state=state)


def test_what_a_reader_may_not_see_is_in_no_chain_count_or_filter(world: World) -> None:
    council = {"access": "named_orgs", "access_orgs": [world.org("council")]}
    old = decision(world, "Open old")
    middle = decision(
        world, "Quiet middle", "dan", "superseded", supersedes=[old.id], decided_on="1999-01-01", **council
    )
    new = decision(world, "Open new", "dan", supersedes=[middle.id])
    dan, ada = (file_of(world.browser(who), "decisions", live="no") for who in ("dan", "ada"))
    assert [line["chain"] for line in dan if line["question"] == "Open old"] == ["D-0001 → D-0002 → D-0003"]
    assert {line["question"] for line in ada} == {"Open old", "Open new"}
    assert all(not line["chain"] for line in ada)
    page = world.browser("ada").read(f"{AT}?live=no")
    assert "Quiet" not in page.html and "1999" not in page.html and "D-0002" not in page.html
    assert "1 is not visible to you." in summary(page) and new
    assert "1 is not visible" not in summary(world.browser("zoe").read(f"{AT}?live=no"))


def test_what_is_to_look_at(world: World, moments: Moments) -> None:
    hurry = {"time_to_collaborate": "short", "bring_partners_in_by": "2026-12-01"}
    decision(world, "In a hurry", decided_on="2026-11-20", **hurry)
    planned = decision(world, "In the plan", decided_on="2026-11-20")
    decision(world, "Waiting", state="proposed")
    decision(world, "Condition", decided_on="2026-11-20", condition_met="yes")
    rows = [{"id": "v1", "activity": "Do it", "came_from": [planned.id]}]
    world.page("ada", "paper-coast", "action_plan", "Year two", {"activities": rows})
    moments.pass_by(days=31)
    found = {line["question"]: (line["status"], line["flags"]) for line in file_of(world.browser("ada"), "decisions")}
    assert found == {
        "In a hurry": ("stands", "no_plan; hurry"),
        "In the plan": ("stands", ""),
        "Waiting": ("not_decided", "late"),
        "Condition": ("condition_met", "no_plan"),
    }


def test_the_days_from_proposed_to_accepted(world: World, moments: Moments) -> None:
    ada = world.viewer("ada")
    whole = {"outcome": "Yes.", "why": "It is.", "decided_on": "2026-11-20", "decided_by": [ada.person_id]}
    for days in (2, 4, 9):
        page = decision(world, f"After {days}", state="proposed", time_to_collaborate="yes", **whole)
        moments.pass_by(days=days)
        act(
            world,
            "ada",
            "paper-coast",
            page.slug,
            "edit",
            lambda s, f: actions.change_state(s, world.catalogue, ada, f, "accepted"),
        )
    assert "Half of them took 4 days or less" in summary(entered(world, "ada").read(AT))


def test_it_asks_few_statements(world: World) -> None:
    heard = Statements(world.database)
    client = entered(world, "ada")
    counts = []
    for more in (1, 6):
        for n in range(more):
            old = decision(world, f"Old {more}-{n}")
            decision(world, f"New {more}-{n}", supersedes=[old.id], affects=[old.id])
        client.get(f"{AT}?live=no")
        counts.append(len(heard.during(lambda: client.get(f"{AT}?live=no"))))
    assert counts[0] == counts[1] <= 7, counts
