"""How it was: without a name nothing is kept that tells who; nothing is shown before three have answered."""

import re

import pytest
from sqlalchemy import func, select

from tests.cases import entered, send
from tests.events.gathering import change, event, guest, own_path, sign_up
from tests.moments import Moments, moments
from tests.world import World
from wiki.errors import Forbidden
from wiki.events import feedback
from wiki.models import Event, EventFeedback, Notice, Page

__all__ = ["moments"]


def held(world: World, moments: Moments) -> Page:
    """An event of yesterday, to which four came."""
    page = event(world)
    for who in ("ben", "dan", "hal"):
        sign_up(world, who, page)
    guest(world, page, "Gus Gill")
    change(world, page, state="held")
    moments.pass_by(days=18)
    return page


def said(world: World, page: Page) -> list[EventFeedback]:
    with world.reading() as session:
        return list(session.scalars(select(EventFeedback).where(EventFeedback.page_id == page.id)))


def test_it_works(world: World, moments: Moments) -> None:
    page = held(world, moments)
    url = f"/paper-coast/{page.slug}/feedback"
    for who, useful, worry in (("ben", "5", "the cold"), ("dan", "4", "all the knots")):
        send(entered(world, who), url, {"useful": useful, "worry": worry})
    client = entered(world, "ada")
    assert "the cold" not in client.read(url).main and "2 answers" not in client.read(url).main
    send(entered(world, "hal"), url, {"useful": "3", "will_try": "a bowline"})
    main = client.read(url).main
    assert "3 answers" in main and "How useful: 4 of 5" in main
    assert main.index("all the knots") < main.index("the cold")  # by the alphabet
    assert "Ben Optima" not in main and "Dan Corbel" not in main
    for who, hosts in (("ada", True), ("ben", False)):  # who holds it is led to what follows
        leads = [one.get("href") for one in entered(world, who).read(url).all("a")]
        assert (f"/paper-coast/{page.slug}/edit#f.follow_up" in leads) is hosts


def test_an_answer_without_a_name_leaves_no_trace_of_who(world: World, moments: Moments) -> None:
    page, ben = held(world, moments), entered(world, "ben")
    with world.reading() as session:
        before = [session.scalar(select(func.count()).select_from(table)) for table in (Event, Notice)]
    send(ben, f"/paper-coast/{page.slug}/feedback", {"worry": "the cold"})
    (answer,) = said(world, page)
    assert (answer.account_id, answer.name, answer.useful) == (None, "", None)
    assert re.fullmatch(r"[\w-]{24}", answer.id)  # random: it says nothing of the order
    columns = {column.name for column in EventFeedback.__table__.columns}
    assert columns == {"id", "page_id", "account_id", "name", "useful", "will_try", "worry"}
    with world.reading() as session:
        assert before == [session.scalar(select(func.count()).select_from(table)) for table in (Event, Notice)]


def test_words_without_a_name_wait_for_three_without_one(lone_world: World, moments: Moments) -> None:
    page = held(lone_world, moments)
    url = f"/paper-coast/{page.slug}/feedback"
    for who in ("ben", "dan", "hal"):
        send(entered(lone_world, who), url, {"useful": "4", "worry": f"{who} is cold", "with_name": "yes"})
    with lone_world.writing() as session:
        stored = session.get_one(Page, page.id)
        feedback.give(session, stored, {}, {"worry": "alone without a name"})
    main = entered(lone_world, "ada").read(url).main
    assert "ben is cold" in main and "Ben Optima" in main and "alone without a name" not in main


def test_somebody_with_a_name_has_one_answer(lone_world: World, moments: Moments) -> None:
    page = held(lone_world, moments)
    ben, url = entered(lone_world, "ben"), f"/paper-coast/{page.slug}/feedback"
    for worry in ("the cold", "the rain"):
        send(ben, url, {"worry": worry, "with_name": "yes"})
    assert [one.worry for one in said(lone_world, page)] == ["the rain"]
    assert "the rain" in ben.get(url).text


def test_a_browser_answers_once_and_all_together_no_more_than_came(lone_world: World, moments: Moments) -> None:
    page = held(lone_world, moments)
    ben, url = entered(lone_world, "ben"), f"/paper-coast/{page.slug}/feedback"
    assert [send(ben, url, {"useful": "5"}).status_code for _each in range(2)] == [303, 403]
    again = [send(entered(lone_world, "ben"), url, {"useful": "5"}).status_code for _each in range(4)]
    assert again == [303, 303, 303, 403]
    with lone_world.writing() as session, pytest.raises(Forbidden):
        feedback.give(session, session.get_one(Page, page.id), {}, {"useful": "1"})


def test_only_those_who_came_are_asked_and_only_afterwards(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    sign_up(lone_world, "ben", page)
    url = f"/paper-coast/{page.slug}/feedback"
    assert send(entered(lone_world, "ben"), url, {"useful": "5"}).status_code == 403
    moments.pass_by(days=18)
    assert send(entered(lone_world, "dan"), url, {"useful": "5"}).status_code == 403
    assert send(entered(lone_world, "zoe"), url, {"useful": "5"}).status_code == 404
    assert send(entered(lone_world, "ben"), url, {}).status_code == 422
    assert send(entered(lone_world, "ben"), url, {"useful": "5"}).status_code == 303


def test_guests_answer_from_their_own_page(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    mine = own_path(lone_world, guest(lone_world, page, "Gus Gill"))
    change(lone_world, page, state="held")
    moments.pass_by(days=18)
    client = entered(lone_world, "visitor")
    assert f"{mine}/feedback" in client.get(mine).text
    assert send(client, f"{mine}/feedback", {"useful": "4"}).status_code == 303
    assert [one.useful for one in said(lone_world, page)] == [4]
