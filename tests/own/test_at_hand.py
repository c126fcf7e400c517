"""Pages at hand: with a star, and seen lately. Only their person is shown them, and only as long as they may open them."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cases import READABLE, count, entered, ministry_page, plain_answers, plainly_entered, send
from tests.world import World
from wiki import clock
from wiki.models import Page, Seen, Star
from wiki.own import actions


def groups(client: FlaskClient, **about: Any) -> dict[str, list[str]]:
    answer = client.get("/palette", query_string=about)
    assert answer.status_code == 200
    return {group["label"]: [item["title"] for item in group["items"]] for group in answer.get_json()["groups"]}


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    client = entered(world, "ada")
    page = client.read("/paper-coast/tides/star")
    shown = client.send(page.form("/paper-coast/tides/star"), {"do": "add"})
    assert "The page has your star" in shown.text("body")
    assert groups(client)["With your star"] == ["Tides"]
    assert client.read("/").links()["Tides"] == "/paper-coast/tides"
    assert 'data-star="yes"' in client.get("/paper-coast/tides").text
    send(client, "/paper-coast/tides/star", {"do": "remove"})
    assert "With your star" not in groups(client)
    assert count(world, Star) == 0


def test_who_may_read_a_page_may_give_it_a_star(world: World) -> None:
    ministry_page(world)
    sent = {who: 303 if status == 200 else status for who, status in READABLE.items()}
    assert plain_answers(world, lambda client: send(client, "/paper-coast/tides/star")) == sent
    assert plain_answers(world, lambda client: client.get("/paper-coast/tides/star")) == READABLE


def test_a_star_shows_at_once_on_a_page_that_the_browser_keeps(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    client = plainly_entered(lone_world, "ada")
    tag = client.get("/paper-coast/tides").headers["ETag"]
    answer = send(client, "/paper-coast/tides/star", headers={"Accept": "application/json"})
    assert answer.status_code == 204
    again = client.get("/paper-coast/tides", headers={"If-None-Match": tag})
    assert again.status_code == 200 and 'data-star="yes"' in again.text


def test_a_star_is_nobody_elses_business(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    send(plainly_entered(lone_world, "ada"), "/paper-coast/tides/star")
    ben = plainly_entered(lone_world, "ben")
    assert 'data-star="no"' in ben.get("/paper-coast/tides").text
    assert "With your star" not in groups(ben)


def test_what_may_no_longer_be_read_is_at_hand_no_more(world: World) -> None:
    page = ministry_page(world)
    with world.writing() as session:
        mine = session.get_one(Page, page.id)
        for who in ("ada", "dan", "ben"):  # dan as if he had been allowed once
            actions.add_star(session, world.viewer(who), mine)
            session.add(Seen(account_id=world.account(who).id, page_id=page.id, time=clock.now()))
    for who, knows in (("ada", True), ("ben", True), ("dan", False), ("visitor", False)):
        client = plainly_entered(world, who)
        for url in ("/palette", f"/palette?seen={page.id}", "/"):
            assert ("Tides" in client.get(url).text) == knows, (who, url)


def test_there_is_an_end_to_stars(lone_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_STARS", 1)
    for title in ("Tides", "Ebb"):
        lone_world.page("ada", "paper-coast", "article", title)
    client = plainly_entered(lone_world, "ada")
    assert send(client, "/paper-coast/tides/star").status_code == 303
    assert send(client, "/paper-coast/tides/star").status_code == 303
    assert send(client, "/paper-coast/ebb/star").status_code == 422


def test_pages_that_were_open_come_back_newest_first(world: World) -> None:
    tides, ebb, flood = (world.page("ada", "paper-coast", "article", title) for title in ("Tides", "Ebb", "Flood"))
    client = plainly_entered(world, "ada")
    assert send(client, "/account/seen", {"pages": f"{tides.id},{ebb.id},0,x,{tides.id}"}).status_code == 204
    assert groups(client)["Seen lately"] == ["Tides", "Ebb"]
    told = groups(client, seen=f"{flood.id},{ebb.id}")["Seen lately"]
    assert told == ["Flood", "Ebb", "Tides"], "those of which the browser has not told yet stand first"


def test_only_so_many_are_remembered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "REMEMBERED", 3)
    pages = [world.page("ada", "paper-coast", "article", f"Tide {n}").id for n in range(5)]
    with world.writing() as session:
        actions.note_seen(session, world.viewer("ada"), pages[:3])
    later = clock.now() + timedelta(minutes=1)
    monkeypatch.setattr(clock, "_now", lambda: later)
    with world.writing() as session:
        actions.note_seen(session, world.viewer("ada"), pages[3:])
    with world.reading() as session:
        kept = list(session.scalars(select(Seen.page_id).order_by(Seen.time.desc())))
    assert kept == [pages[4], pages[3], pages[2]]


def test_a_page_that_one_may_not_read_is_not_remembered(lone_world: World) -> None:
    page = ministry_page(lone_world)
    send(plainly_entered(lone_world, "dan"), "/account/seen", {"pages": str(page.id)})
    assert count(lone_world, Seen) == 0
    assert send(plainly_entered(lone_world, "visitor"), "/account/seen", {"pages": "1"}).status_code == 401


def test_one_can_have_it_all_forgotten(lone_world: World) -> None:
    page = lone_world.page("ada", "paper-coast", "article", "Tides")
    client = entered(lone_world, "ada")
    send(client, "/account/seen", {"pages": str(page.id)})
    client.send(client.read("/account").form("/account/seen/forgetting"))
    assert count(lone_world, Seen) == 0


def test_the_tour_is_shown_until_it_is_ended_and_again_when_asked_for(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    home = client.read("/")
    assert "Three things to know" in home.main
    client.send(home.form("/account/tour"), {"do": "end"})
    assert "Three things to know" not in client.read("/").main
    assert "Three things to know" not in entered(lone_world, "ada").read("/").main
    assert "Three things to know" in entered(lone_world, "ben").read("/").main
    client.send(client.read("/account").form("/account/tour"), {"do": "again"})
    assert "Three things to know" in client.read("/").main
