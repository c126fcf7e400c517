"""What somebody may not see shows in no named register: not as a line, a count, a name, a file, a feed or a calendar."""

import pytest

from tests.world import PEOPLE, World
from wiki.registers.named.known import REGISTERS

LEVELS = ("members", "partnership", "named_orgs", "steward_only")
FORMS = ("", ".csv", ".atom", ".ics")


def sees(who: str, level: str) -> bool:
    """The rules of docs/access.md for pages of the closed space that name the Ministry, told once more."""
    inside = who in ("hal", "ada", "ben", "dan")
    return inside if level in ("members", "partnership") else who in ("ada", "ben")


def plant(world: World, level: str) -> None:
    """Pages whose every text has the level's token, late and asked of everybody, so that each register would list them."""
    ministry = world.org("ministry")
    access = {
        "access": level,
        "access_orgs": [ministry],
        "steward_org": ministry if level == "steward_only" else None,
        "review_due": "2020-01-01",
        "owner": world.viewer("ada").person_id,
    }
    fields = {key: value for key, value in access.items() if value is not None}
    token = f"zq{level.replace('_', '')}"
    people = [world.viewer(who).person_id for who in ("hal", "ada", "dan")]
    actions = [
        {"id": f"a{n}", "what": f"{token} action", "due": "2020-01-01", "status": "open", "responsible": person}
        for n, person in enumerate(people, 1)
    ]
    orgs = [world.org(key) for key in ("keel", "ministry", "council")]
    promise = {
        "id": "c1",
        "promise": f"{token} promise",
        "made_by": orgs,
        "made_to": orgs,
        "status": "honoured",
        "due": "2020-01-01",
    }
    meeting = {**fields, "date": "2020-01-01", "why_meet": f"{token} why", "actions": actions, "commitments": [promise]}
    world.page("ada", "paper-coast", "meeting", f"{token} meeting", meeting)
    world.page("ada", "paper-coast", "article", f"{token} article", {**fields, "summary": f"{token} summary"})
    decision = {**fields, "question": f"{token} question"}
    world.page("ada", "paper-coast", "decision", f"{token} decision", decision, state="proposed")
    handover = {**fields, "person": people[1], "successor": people[0], "manager": people[2], "last_day": "2020-01-02"}
    world.page("ada", "paper-coast", "handover", f"{token} handover", handover)


@pytest.fixture
def planted(world: World, noon: None) -> World:
    for level in LEVELS:
        plant(world, level)
    return world


def test_nothing_of_what_is_hidden_shows_anywhere(planted: World) -> None:
    shown = 0
    for who in [*PEOPLE, "visitor"]:
        client = planted.browser(None if who == "visitor" else who)
        for key in REGISTERS:
            for form in FORMS:
                asked = "?since=2020-01-01" if key == "changes" else ""
                answer = client.get(f"/registers/{key}{form}{asked}")
                assert answer.status_code in (200, 401, 404), (who, key, form)
                for level in LEVELS:
                    token = f"zq{level.replace('_', '')}"
                    if not sees(who, level):
                        assert token not in answer.text, (who, key, form, level)
                    elif answer.status_code == 200 and token in answer.text:
                        shown += 1
        home = client.get("/").text
        for level in LEVELS:
            assert sees(who, level) or f"zq{level.replace('_', '')}" not in home, (who, level)
    assert shown > 80  # the test would pass on registers that show nothing


def test_how_much_is_hidden_is_told_to_members_and_no_filter_changes_it(planted: World) -> None:
    told = {}
    for who in ("hal", "ada", "dan", "zoe"):
        client = planted.browser(who)
        pages = {client.read(f"/registers/actions{asked}").main for asked in ("", "?status=done", "?responsible=-")}
        told[who] = {"6 are not visible to you." in page for page in pages}
    assert told == {"hal": {True}, "ada": {False}, "dan": {True}, "zoe": {False}}


def test_a_filter_names_no_page_that_is_hidden(planted: World) -> None:
    dan = planted.browser("dan")
    hidden = dan.read("/registers/actions?source=zqnamedorgs+meeting", 422)
    missing = dan.read("/registers/actions?source=There+is+none", 422)
    assert "There is no page “zqnamedorgs meeting”, or you may not see it." in hidden.main
    assert "There is no page “There is none”, or you may not see it." in missing.main
