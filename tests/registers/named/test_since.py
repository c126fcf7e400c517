"""What changed since somebody was last here: until they say that they have seen it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.paper_coast import NOON
from tests.registers.named.reading import file_of
from tests.world import World
from wiki import clock
from wiki.kinds import Content
from wiki.models import Page
from wiki.pages import actions as pages


def saved(world: World, who: str, page: Page, **fields: object) -> None:
    by = world.viewer(who)

    def save(session: object) -> None:
        there = session.get_one(Page, page.id)  # type: ignore[attr-defined]
        content = Content(there.title, "", {**fields})
        pages.save_page(session, world.catalogue, by, there, content, there.number, "Because")  # type: ignore[arg-type]

    world.do(save)


def test_it_works(world: World, noon: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, dan = world.viewer("ada"), world.viewer("dan")
    row = {"id": "a1", "what": "Send the form", "due": "2026-12-01", "status": "open", "responsible": ada.person_id}
    meeting = world.page("hal", "paper-coast", "meeting", "Circle", {"date": "2026-11-01", "actions": [row]})
    client = world.browser("ada")
    assert [(one["what"], one["status"]) for one in file_of(client, "changes")] == [("Send the form", "for_me")]
    client.send(client.read("/registers/changes").form("/registers/changes/seen"))
    assert file_of(client, "changes") == []
    monkeypatch.setattr(clock, "_now", lambda: NOON + timedelta(hours=1))
    handed = {**row, "responsible": dan.person_id}
    saved(world, "hal", meeting, date="2026-11-01", actions=[handed])
    assert [one["status"] for one in file_of(client, "changes")] == ["other"]
    assert [one["status"] for one in file_of(world.browser("dan"), "changes")] == ["for_me"]
    assert [one["what"] for one in file_of(client, "changes", since="2026-11-20")][:1] == ["Circle"]


def test_one_s_own_changes_are_no_news(world: World, noon: None) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    assert file_of(world.browser("ada"), "changes") == []
    assert [one["what"] for one in file_of(world.browser("dan"), "changes")] == ["Tides"]


def test_the_mark_moves_in_the_spaces_that_were_shown_and_not_beyond_what_was_shown(world: World, noon: None) -> None:
    world.page("hal", "paper-coast", "article", "Tides")
    world.page("hal", "commons", "article", "Open sea")
    client = world.browser("ada")
    form = client.read("/registers/changes?space=commons").form("/registers/changes/seen")
    client.send(form, {"until": "2999-01-01T00:00:00+00:00"})
    assert [one["what"] for one in file_of(client, "changes")] == ["Tides"]
    world.page("hal", "commons", "article", "Ebb", time=NOON + timedelta(hours=2))
    assert {one["what"] for one in file_of(client, "changes")} == {"Tides", "Ebb"}


def test_a_promise_is_told_when_its_status_or_the_receivers_view_changes(world: World, noon: None) -> None:
    orgs = {"made_by": [world.org("ministry")], "made_to": [world.org("council")]}
    row = {"id": "c1", "promise": "We will answer", **orgs, "status": "on_track", "last_checked": "2026-11-01"}
    agreement = world.page(
        "hal", "paper-coast", "agreement", "Agreement", {"commitments": [row]}, time=NOON - timedelta(days=30)
    )
    client = world.browser("ada")
    assert file_of(client, "changes") == []
    saved(world, "hal", agreement, commitments=[{**row, "status": "delivery_issue"}])
    (told,) = file_of(client, "changes")
    assert (told["what"], told["status"], told["change"]) == ("We will answer", "agreements", "Promise: In trouble")
    assert told["reason"] == "Because" and told["who"] == "Hal Calibri"
    with world.reading() as session:
        assert session.scalars(select(Page.number).where(Page.id == agreement.id)).one() == 2
