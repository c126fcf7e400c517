"""What the demo shows of paths on its first day: Ada with three of eight steps, to those who may know."""

import pytest

from tests.cases import entered
from tests.page import text_of
from tests.paper_coast import Coast
from tests.registers.named.reading import file_of, listed, summary

PATH = "/paper-coast/first-fourteen-days"


def test_it_works(still_coast: Coast) -> None:
    """Ada: three of eight, due in three days, one question inside, none to partners."""
    ada = still_coast.browser("ada")
    page = ada.read("/registers/onboarding")
    assert listed(page) == ["Ada Verdana"]
    assert "3 of 8" in page.main
    (line,) = file_of(ada, "onboarding")
    wanted = {
        "person": "Ada Verdana",
        "status": "on_time",
        "steps_done": "3",
        "steps_needed": "8",
        "started": "2026-11-10",
    }
    assert line.items() >= wanted.items() | {"due": "2026-11-24", "asked_inside": "1", "asked_partners": "0"}.items()
    assert (line["buddy"], line["last_step"]) == ("Ivy Constantia", "Paper Coast Partnership Agreement")
    assert summary(page) == "1 person on a path; 1 question asked inside, 0 to partners."
    assert line["url"].endswith(f"{PATH}/path/1")


@pytest.mark.parametrize(
    ("who", "sees"),
    [("ada", True), ("ivy", True), ("ben", True), ("hal", True), ("dan", False), ("eva", False), ("gia", False)],
)
def test_the_newcomer_the_buddy_their_organisation_and_coordinators_see_it_and_nobody_else(
    still_coast: Coast, who: str, sees: bool
) -> None:
    client = entered(still_coast, who)
    assert [line["person"] for line in file_of(client, "onboarding")] == (["Ada Verdana"] if sees else [])
    people = client.read(f"{PATH}/path/people")
    assert ("Ada Verdana" in people.main) is sees
    assert client.get(f"{PATH}/path/1").status_code == (200 if sees else 404)
    assert ("Ada" in client.read("/paths").main) is (sees and who != "ada")
    for form in ("atom", "ics"):
        assert ("Ada" in client.get(f"/registers/onboarding.{form}").text) is sees


def test_visitors_are_asked_to_sign_in(still_coast: Coast) -> None:
    visitor = entered(still_coast, "visitor")
    for url in ("/registers/onboarding", "/registers/onboarding.csv", "/paths", f"{PATH}/path", f"{PATH}/path/1"):
        assert visitor.get(url).status_code == 401, url


def test_the_newcomer_sees_where_they_are_and_what_comes_next(still_coast: Coast) -> None:
    page = still_coast.browser("ada").read(f"{PATH}/path")
    assert page.heading == "First fourteen days"
    assert "3 of 8 steps" in page.main
    assert "1 h 15 min" in page.main
    assert text_of(page.by_id("next-title")) == "Next: step 3 of 8"
    assert "You do not have to know everything" not in page.main


def test_a_path_page_shows_the_readers_own_progress_and_others_where_to_start(still_coast: Coast) -> None:
    ada, finn = still_coast.browser("ada"), still_coast.browser("finn")
    assert "3 of 8 steps" in ada.read(PATH).main
    there = finn.read(PATH).main
    assert "3 of 8" not in there
    assert "Start this path" in there
    assert "Add one word that you had to look up" in there


def test_a_page_of_a_step_says_which_step_it_is(still_coast: Coast) -> None:
    ada, ben = still_coast.browser("ada"), still_coast.browser("ben")
    bar = ada.read(still_coast.url("P24")).main
    assert "Step 4 of 8" in bar
    assert "Done, next" in bar
    done = ada.read(still_coast.url("P34")).main
    assert "Next: Placeholder Nation Council" in done
    assert "Step 4 of 8" not in ben.read(still_coast.url("P24")).main


def test_the_home_opens_on_the_path_that_one_is_on(still_coast: Coast) -> None:
    ada = still_coast.browser("ada").read("/").main
    assert ada.index("Continue your path") < ada.index("For you today")
    assert "3 of 8 steps" in ada
    ivy = still_coast.browser("ivy").read("/").main
    assert "You walk along with" in ivy
    assert "Continue your path" not in still_coast.browser("finn").read("/").main


def test_the_list_of_paths_says_how_many_are_on_each_to_those_who_may_know(still_coast: Coast) -> None:
    ivy = entered(still_coast, "ivy").read("/registers/kind/reading_path").main
    assert "1 person" in ivy
    assert "1 person" not in entered(still_coast, "finn").read("/registers/kind/reading_path").main
