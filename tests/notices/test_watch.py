"""Watching pages, spaces, themes and people; pages that one keeps; who is named as to be told."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.cases import act, entered, ministry_page, send, stored
from tests.moments import Moments
from tests.notices.told import read_log, sentences, watch, whys
from tests.notices.told import stored as told
from tests.world import World
from wiki import clock, eventlog
from wiki.later import actions as later
from wiki.models import Account, LogRead, Notice, Page
from wiki.notices import happenings
from wiki.pages import actions
from wiki.pages.storing import author_of, store_revision


def change(world: World, who: str, page: Page, note: str = "", space: str = "paper-coast", **fields: Any) -> None:
    def save(session: Any, found: Any) -> None:
        content = stored(world, found.page.slug, space)
        content.fields |= fields
        content.body += "More.\n\n"
        actions.save_page(session, world.catalogue, world.viewer(who), found.page, content, found.page.number, note)

    act(world, who, space, page.slug, "edit", save)


def test_it_works(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    client = entered(world, "ben")
    shown = client.read("/paper-coast/tides/watch")
    assert client.send(shown.form("/paper-coast/tides/watch")).form("/paper-coast/tides/watch")
    read_log(world)
    change(world, "dan", page, "High water added")
    read_log(world)
    assert sentences(world, "ben") == ["Tides: Dan Corbel changed it: “High water added”"]
    assert whys(world, "ben") == {"you watch this page"}
    assert sentences(world, "dan") == [], "who changed it is not told"
    assert sentences(world, "ada") == sentences(world, "ben"), "who keeps it is told without asking"
    assert whys(world, "ada") == {"you keep this page"}
    send(client, "/paper-coast/tides/watch", {"do": "stop"})
    change(world, "dan", page, "Low water")
    read_log(world)
    assert sentences(world, "ben") == ["Tides: Dan Corbel changed it: “High water added”"]


def test_small_changes_are_folded(world: World, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    watch(world, "ben", page.id)
    for who, note in (("dan", "One"), ("hal", "Two"), ("dan", "")):
        change(world, who, page, note)
        read_log(world)
        moments.pass_by(hours=2)
    assert sentences(world, "ben") == ["Tides: Dan Corbel and Hal Calibri changed it"]
    change(world, "dan", page, "Four")
    read_log(world)
    assert sentences(world, "ben") == ["Tides: 4 changes, last by Dan Corbel and Hal Calibri: “Four”"]


def test_who_keeps_a_page_can_mute_it_or_all(world: World) -> None:
    one, two = (world.page("ada", "paper-coast", "article", title) for title in ("Tides", "Ebb"))
    client = entered(world, "ada")
    shown = client.read("/paper-coast/tides/watch")
    assert "You keep it" in shown.main
    send(client, "/paper-coast/tides/watch", {"do": "stop"})
    assert "muted" in client.read("/watching").main
    for page in (one, two):
        change(world, "dan", page, "More")
    read_log(world)
    assert sentences(world, "ada") == ["Ebb: Dan Corbel changed it: “More”"]
    form = client.read("/account/notices").form("/account/notices")
    client.send(form, {"watch_kept": []})
    change(world, "dan", two, "Still more", body="x")
    read_log(world)
    assert len(sentences(world, "ada")) == 1
    assert client.get("/paper-coast/ebb").text.count('data-watch="no"') == 1


def test_the_button_on_a_page_says_how_it_is(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    for who, state in (("ada", "yes"), ("ben", "no")):
        client = entered(world, who)
        page = client.get("/paper-coast/tides")
        assert f'data-watch="{state}"' in page.text
        send(client, "/paper-coast/tides/watch", {"do": "stop" if state == "yes" else "watch"})
        again = client.get("/paper-coast/tides", headers={"If-None-Match": page.headers["ETag"]})
        assert again.status_code == 200 and f'data-watch="{"no" if state == "yes" else "yes"}"' in again.text


def test_a_watched_space_tells_of_new_pages_and_states(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = entered(world, "ben")
    assert "You hear of new pages" in client.read("/watching?space=paper-coast").main
    send(client, "/watching", {"space": "paper-coast", "do": "watch"})
    read_log(world)
    monkeypatch.setattr(happenings, "MOST_NEW", 2)
    for title in ("Tides", "Ebb", "Flood"):
        world.page("dan", "paper-coast", "article", title)
    ministry_page(world, title="Ours alone")
    world.page(
        "hal", "paper-coast", "article", "Keel only", {"access": "named_orgs", "access_orgs": [world.org("keel")]}
    )
    read_log(world)
    assert sentences(world, "ben") == [
        "Ours alone: Ada Verdana began this page",
        "Ebb: Dan Corbel began this page",
        "Tides: Dan Corbel began this page",
    ], "of a heap that comes at once the first are told"
    lesson = world.page(
        "dan",
        "paper-coast",
        "lesson",
        "Look",
        {"lesson": "Look before you leap", "type": "surprise", "what_happened": "We leapt"},
    )
    act(
        world, "hal", "paper-coast", lesson.slug, "edit",
        lambda session, found: actions.change_state(session, world.catalogue, world.viewer("hal"), found, "checked"),
    )  # fmt: skip
    read_log(world)
    assert sentences(world, "ben")[0] == "Look: Hal Calibri moved it from “Captured” to “Checked”"
    assert whys(world, "ben") == {"you watch this space"}


def test_a_watched_theme_tells_of_new_pages_in_all_spaces(world: World) -> None:
    client = entered(world, "ben")
    send(client, "/watching", {"theme": "Youth", "do": "watch"})
    read_log(world)
    world.page("dan", "paper-coast", "article", "Tides", {"themes": ["youth", "water"]})
    world.page("zoe", "commons", "article", "Ebb", {"themes": ["youth"]})
    world.page("dan", "paper-coast", "article", "Flood", {"themes": ["water"]})
    read_log(world)
    assert sentences(world, "ben") == [
        "Ebb: Zoe Rockwell began this page, on “youth”",
        "Tides: Dan Corbel began this page, on “youth”",
    ]
    send(client, "/watching", {"theme": "youth", "do": "stop"})


def test_a_watched_person_tells_of_pages_that_they_keep(world: World) -> None:
    ada = world.account("ada")
    assert ada.person_id is not None
    watch(world, "zoe", ada.person_id)
    world.page("ada", "commons", "article", "Tides")
    ministry_page(world, title="Not for Zoe")
    read_log(world)
    assert sentences(world, "zoe") == ["Tides: A new page that Ada Verdana keeps"]


def test_who_is_made_keeper_is_told(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    read_log(world)
    change(world, "ada", page, owner=world.account("dan").person_id)
    read_log(world)
    assert sentences(world, "dan")[0] == "Tides: Ada Verdana made you the keeper of this page"
    assert whys(world, "dan") == {"you keep this page now"}


WAITING = {"question": "Which?", "outcome": "The new ones", "reconsider_when": "The harbour silts up"}


def test_people_who_are_to_be_told_hear_when_a_page_counts(world: World) -> None:
    ben = world.account("ben").person_id
    fields = {**WAITING, "informed": [ben, world.org("council")]}
    page = world.page("hal", "paper-coast", "decision", "Tables", fields)
    watch(world, "ada", page.id)
    read_log(world)
    with world.writing() as session:  # what has to be there for it to be accepted is not looked at here
        mine, viewer = session.get_one(Page, page.id), world.viewer("hal")
        content = stored(world, mine.slug)
        author = author_of(session, viewer, mine, content)
        store_revision(
            session, world.catalogue, mine, content, author=author, note="", time=clock.now(), state="accepted"
        )
        eventlog.record(session, viewer, "page.state", page=mine, revision=2, was="draft", to="accepted")
    read_log(world)
    assert sentences(world, "ben") == sentences(world, "dan") == ["Tables: Hal Calibri settled it: “Accepted”"]
    assert whys(world, "dan") == {"you are named there as somebody to be told"}
    assert sentences(world, "ada") == ["Tables: Hal Calibri moved it from “Draft” to “Accepted”"]


def test_people_who_are_to_be_told_and_watchers_hear_of_a_met_condition(world: World) -> None:
    fields = {**WAITING, "informed": [world.account("ben").person_id]}
    page = world.page("hal", "paper-coast", "decision", "Tables", fields, state="accepted")
    watch(world, "ada", page.id)
    read_log(world)
    assert sentences(world, "ben") == ["Tables: Hal Calibri settled it: “Accepted”"]
    dan = world.viewer("dan")
    act(
        world,
        "dan",
        "paper-coast",
        page.slug,
        "edit",
        lambda session, found: later.report_condition(session, world.catalogue, dan, found.page, "Two feet less"),
    )
    read_log(world)
    said = "Tables: The condition for a new look has occurred: “Two feet less”"
    assert [sentences(world, who)[0] for who in ("ben", "ada", "hal")] == [said] * 3
    assert sentences(world, "dan") == []


def test_the_log_is_read_once_whoever_reads(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    watch(world, "ben", page.id)
    read_log(world)
    change(world, "dan", page, "Once")
    with world.writing() as session:  # another process is at it
        session.scalars(select(LogRead).with_for_update()).one()
        if session.get_bind().dialect.name == "postgresql":
            assert happenings.read_on(world.database, world.catalogue) == 0
    assert happenings.read_on(world.database, world.catalogue) == 1
    assert happenings.read_on(world.database, world.catalogue) == 0
    assert len(told(world, "ben")) == 1


def test_what_happened_long_ago_is_no_news(world: World, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    watch(world, "ben", page.id)
    change(world, "dan", page, "Long ago")
    moments.pass_by(days=15)
    read_log(world)
    assert told(world, "ben") == []


def test_closed_accounts_and_pages_that_are_gone_are_told_nothing(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    watch(world, "ben", page.id)
    change(world, "dan", page, "More")
    with world.writing() as session:
        session.get_one(Account, world.account("ada").id).active = False
        actions.delete_page(session, world.viewer("hal"), session.get_one(Page, page.id), "Not needed")
    read_log(world)
    with world.reading() as session:
        assert session.scalars(select(Notice)).all() == []


def test_what_is_watched_is_nobody_elses(world: World) -> None:
    secret = ministry_page(world, title="Secret tides")
    watch(world, "dan", secret.id)  # who could read it once
    assert "Secret" not in entered(world, "dan").read("/watching").main
    assert "Ben" not in entered(world, "ben").read("/paper-coast/secret-tides/watch").main
    answers = {
        who: entered(world, who).get("/paper-coast/secret-tides/watch").status_code for who in ("zoe", "dan", "ben")
    }
    assert answers == {"zoe": 404, "dan": 404, "ben": 200}
