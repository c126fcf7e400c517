"""Sorting: by every kind of column, in the reader's language, what is missing last."""

import pytest

from tests.registers.reading import listed, titles
from tests.world import World
from wiki.registers import answering


def test_it_works(world: World) -> None:
    for title, day in (("First", "2026-01-05"), ("Second", "2026-02-05"), ("Undated", None)):
        world.page("ada", "commons", "meeting", title, {"date": day} if day else {}, state="held")
    client = world.browser("ada")
    assert listed(client, "meeting", sort="date") == ["First", "Second", "Undated"]
    assert listed(client, "meeting", sort="-date") == ["Second", "First", "Undated"]
    assert listed(client, "meeting") == ["Second", "First", "Undated"]


def test_words_stand_in_the_order_of_the_language(world: World) -> None:
    for title in ("zebra", "Étude", "eagle", "Élan", "Zoo", "apple"):
        world.page("ada", "commons", "article", title)
    assert listed(world.browser("ada"), "article", sort="title") == ["apple", "eagle", "Élan", "Étude", "zebra", "Zoo"]
    assert listed(world.browser("ada"), "article", sort="-title") == ["Zoo", "zebra", "Étude", "Élan", "eagle", "apple"]


def test_choices_and_states_stand_in_the_order_of_the_definition(world: World) -> None:
    for state in ("retired", "captured", "shared"):
        world.page("ada", "commons", "lesson", state, {}, state=state)
    for kind in ("surprise", "worked_well"):
        world.page("ada", "commons", "lesson", kind, {"type": kind})
    client = world.browser("ada")
    assert listed(client, "lesson", sort="state") == ["captured", "surprise", "worked_well", "shared", "retired"]
    assert listed(client, "lesson", sort="type")[:2] == ["worked_well", "surprise"]


def test_references_stand_by_what_they_are_called(world: World) -> None:
    for title, org in (("Of the Council", "council"), ("Of Keel", "keel"), ("Of the Ministry", "ministry")):
        world.page("ada", "commons", "role", title, {"org": world.org(org)})
    world.page("ada", "commons", "role", "Of nobody")
    client = world.browser("ada")
    assert listed(client, "role", sort="org") == ["Of Keel", "Of the Ministry", "Of the Council", "Of nobody"]
    assert listed(client, "role", sort="-org") == ["Of the Council", "Of the Ministry", "Of Keel", "Of nobody"]


def test_what_is_worked_out_can_be_sorted_by(world: World) -> None:
    for title, done in (("Half", 1), ("None", 0), ("All", 2)):
        rows = [{"id": f"a{n}", "what": "x", "status": "done" if n < done else "open"} for n in range(2)]
        activities = [{"id": f"v{n}", "activity": "x", "status": "done" if n < done else "doing"} for n in range(2)]
        world.page("ada", "commons", "action_plan", title, {"activities": activities})
        world.page("ada", "commons", "meeting", title, {"actions": rows})
    client = world.browser("ada")
    assert listed(client, "action_plan", sort="activities_done") == ["None", "Half", "All"]
    assert listed(client, "action_plan", sort="-activities_done") == ["All", "Half", "None"]
    assert listed(client, "meeting", sort="-actions_open") == ["None", "Half", "All"]


def test_several_keys_count_one_after_the_other(world: World) -> None:
    for title, kind, day in (
        ("A", "surprise", "2026-01-01"),
        ("B", "worked_well", "2026-01-01"),
        ("C", "surprise", "2026-02-01"),
    ):
        world.page("ada", "commons", "lesson", title, {"type": kind, "happened_on": day})
    assert listed(world.browser("ada"), "lesson", sort="-happened_on,type") == ["C", "B", "A"]


def test_the_heads_of_the_columns_sort_and_say_so(lone_world: World) -> None:
    lone_world.page("ada", "commons", "article", "Tides")
    lone_world.page("ada", "commons", "article", "Boats")
    client = lone_world.browser("ada")
    page = client.read("/registers/kind/article")
    page = client.read(page.links()["Title"])
    assert titles(page) == ["Boats", "Tides"]
    assert [head.get("aria-sort") for head in page.all("th") if head.get("aria-sort")] == ["ascending"]
    assert titles(client.read(page.links()["Title"])) == ["Tides", "Boats"]


def test_a_long_list_is_sorted_roughly_and_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "MOST_SPOKEN", 2)
    for title in ("c", "a", "b"):
        world.page("ada", "commons", "article", title)
    page = world.browser("ada").read("/registers/kind/article?sort=title")
    assert titles(page) == ["a", "b", "c"]
    assert "more than 2 pages" in page.main


def test_what_is_worked_out_has_a_limit_and_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "MOST_WORKED_OUT", 2)
    for title in ("c", "a", "b"):
        world.page("ada", "commons", "decision", title, state="accepted")
    page = world.browser("ada").read("/registers/kind/decision?sort=still_stands")
    assert titles(page) == ["a", "b"]
    assert "Only the 2 pages that changed last" in page.main
