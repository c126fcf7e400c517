"""Who else writes on a page is told to those who write on it, and to nobody who may not know of either."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.cases import answers, count, entered, ministry_page, send
from tests.client import Browser
from tests.world import World
from wiki import clock
from wiki.models import Account, Presence
from wiki.models import Page as StoredPage
from wiki.writing.presence import ALIVE

BODY = "# One\n\nFirst.\n\n## Part *two*\n\nSecond.\n"


def beat(client: Browser, slug: str = "tides", **told: str) -> dict[str, Any]:
    answer = send(client, f"/paper-coast/{slug}/presence", {"base": "1", **told})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json
    return found


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", body=BODY)
    ada, dan = entered(world, "ada"), entered(world, "dan")
    assert beat(ada, place="body", heading="Part two") == {"others": [], "newer": ""}
    told = beat(dan, place="actions")["others"]
    assert len(told) == 1 and told[0].startswith("Ada Verdana is editing “Part two”, since ")
    assert beat(ada)["others"][0].startswith("Dan Corbel is editing “Actions”")
    assert beat(dan)["others"][0].startswith("Ada Verdana is editing this page")
    beat(ada, do="leave")
    assert beat(dan)["others"] == []


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    expected = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 403, "ada": 200}
    assert answers(world, lambda client: send(client, "/paper-coast/tides/presence", {"place": "body"})) == expected
    assert answers(world, lambda client: client.get("/paper-coast/tides/presence")) == expected
    assert count(world, Presence) == 1


def test_whoever_is_not_heard_of_is_gone_and_one_account_counts_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    ada, dan = entered(world, "ada"), entered(world, "dan")
    began = clock.now()
    monkeypatch.setattr(clock, "_now", lambda: began)
    beat(ada)
    monkeypatch.setattr(clock, "_now", lambda: began + timedelta(seconds=40))
    beat(ada, place="title")
    monkeypatch.setattr(clock, "_now", lambda: began + ALIVE + timedelta(seconds=20))
    assert "Title" in beat(dan)["others"][0]
    with world.reading() as session:
        assert session.scalars(select(Presence.since).order_by(Presence.since)).first() == began
    monkeypatch.setattr(clock, "_now", lambda: began + timedelta(seconds=40) + 2 * ALIVE)
    assert beat(dan)["others"] == []
    assert count(world, Presence) == 1, "those who left without a word are still kept"


def test_nothing_is_told_that_is_not_saved_or_not_for_all(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", body=BODY)
    ada, dan = entered(world, "ada"), entered(world, "dan")
    beat(ada, place="body", heading="Secret plans")
    assert "Secret" not in beat(dan)["others"][0]
    beat(ada, place="<b>nonsense</b>", heading="x" * 5000)
    assert "is editing this page" in beat(dan)["others"][0]
    hidden = [
        (kind.key, field.key)
        for kind in world.catalogue.values()
        for field in kind.every_field
        if field.visible_to and kind.field("anonymous") is None
    ]
    assert hidden
    kind, key = hidden[0]
    world.page("ada", "paper-coast", kind, "Low water")
    beat(ada, "low-water", place=key)
    assert "is editing this page" in beat(dan, "low-water")["others"][0]


def test_a_person_whose_page_is_hidden_is_not_told_of(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    with world.writing() as session:
        account = session.get_one(Account, world.account("ada").id)
        session.get_one(StoredPage, account.person_id).access = "steward_only"
    ada, dan = entered(world, "ada"), entered(world, "dan")
    beat(ada)
    assert beat(dan)["others"] == []
    assert dan.get("/paper-coast/tides/presence").json == {"others": []}
    with world.writing() as session:
        account = session.get_one(Account, world.account("ada").id)
        session.get_one(StoredPage, account.person_id).access = "members"
    assert len(beat(dan)["others"]) == 1


def test_where_a_name_may_be_left_off_nobody_is_named(world: World) -> None:
    world.page("ada", "paper-coast", "lesson", "Tides")
    beat(entered(world, "ada"), place="lesson")
    assert beat(entered(world, "dan"))["others"] == []
    assert count(world, Presence) == 0


def test_a_save_meanwhile_is_told_with_what_follows_from_it(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="One.")
    dan = entered(world, "dan")
    dan.send(dan.read("/paper-coast/tides/edit").form(having="body"), {"body": "Two."})
    assert beat(entered(world, "ada"))["newer"].startswith("Dan Corbel saved this page on ")
    assert beat(dan)["newer"].startswith("You saved this page on ")
    assert beat(dan, base="2")["newer"] == ""
    assert beat(dan, base="nonsense")["newer"] == ""
