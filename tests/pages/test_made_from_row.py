"""A line of a meeting's record becomes a decision record; the two ends of the relation stay equal."""

from typing import Any

import pytest

from tests.cases import act, entered, stored
from tests.world import World
from wiki.errors import Invalid
from wiki.models import Page
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision

LINE = {"id": "d1", "question": "Where to anchor?", "outcome": "In the *bay*.", "why": "It is calm."}


def meeting(world: World, title: str = "Spring talk", **fields: Any) -> Page:
    return world.page("hal", "paper-coast", "meeting", title, {"date": "2026-10-07", "decided": [LINE], **fields})


def save(world: World, who: str, page: Page, **fields: Any) -> None:
    by = world.viewer(who)
    with world.writing() as session:
        now = session.get_one(Page, page.id)
        content = content_of(current_revision(session, now))
        content.fields = {key: value for key, value in (content.fields | fields).items() if value is not None}
        actions.save_page(session, world.catalogue, by, now, content, now.number)


def fields(world: World, slug: str) -> dict[str, Any]:
    return stored(world, slug).fields


def test_it_works(world: World) -> None:
    group = world.page("hal", "paper-coast", "terms_of_reference", "Steering circle")
    page = meeting(world, group=group.id)
    client = entered(world, "ada")
    address = client.read("/paper-coast/spring-talk").links()["Make it a page: Decision record"]
    form = client.read(address).form(having="body")
    assert (form.values["title"], form.values["f.question"]) == ("Where to anchor?", "Where to anchor?")
    assert (form.values["f.outcome"], form.values["f.decided_on"]) == ("In the *bay*.", "2026-10-07")
    assert (form.values["f.made_at"], form.values["f.decided_by"]) == ("Spring talk", "Steering circle")
    client.send(form, {"title": ""}, status=422)
    made = client.send(form)
    decision = world.found("ada", "paper-coast", "where-to-anchor").page
    assert fields(world, "where-to-anchor")["made_at"] == page.id and made.heading == "Where to anchor?"
    there = fields(world, "spring-talk")
    assert (there["decided"][0]["record"], there["decisions_made"]) == (decision.id, [decision.id])
    assert world.found("ada", "paper-coast", "spring-talk").page.number == 2, "one revision for both"
    read = client.read("/paper-coast/spring-talk")
    assert "Make it a page: Decision record" not in read.links()
    assert read.links()["Where to anchor?"] == "/paper-coast/where-to-anchor"


def test_who_may_not_write_is_not_offered_to(world: World) -> None:
    meeting(world)
    assert "Make it a page" not in entered(world, "ben").read("/paper-coast/spring-talk").main
    assert "data-makes" not in entered(world, "ben").read("/paper-coast/spring-talk").html


def test_two_who_make_a_page_of_one_line_make_one(world: World) -> None:
    meeting(world)
    address = "/paper-coast/new?kind=decision&from=paper-coast/spring-talk&row=d1"
    ada, dan = entered(world, "ada"), entered(world, "dan")
    forms = [client.read(address).form(having="body") for client in (ada, dan)]
    ada.send(forms[0])
    late = dan.send(forms[1], status=422)
    assert "made a page from this line already" in late.main


def test_both_ends_follow_each_other(world: World) -> None:
    spring, autumn = meeting(world), meeting(world, "Autumn talk")
    one = world.page("ada", "paper-coast", "decision", "One", {"made_at": spring.id})
    assert fields(world, "spring-talk")["decisions_made"] == [one.id]
    save(world, "ada", one, made_at=autumn.id)
    assert "decisions_made" not in fields(world, "spring-talk")
    assert fields(world, "autumn-talk")["decisions_made"] == [one.id]
    two = world.page("ada", "paper-coast", "decision", "Two")
    save(world, "dan", autumn, decisions_made=[two.id])
    assert "made_at" not in fields(world, "one") and fields(world, "two")["made_at"] == autumn.id
    with pytest.raises(Invalid, match="“Two” is tied to “Autumn talk” already"):
        save(world, "dan", spring, decisions_made=[two.id])


def test_only_pages_that_the_person_may_change_follow(world: World) -> None:
    spring = meeting(world)
    there = world.page("ben", "commons", "decision", "Elsewhere", {"made_at": spring.id})
    assert "decisions_made" not in fields(world, "spring-talk")
    assert "Elsewhere" in entered(world, "ben").read("/paper-coast/spring-talk").html, "what points here is shown"
    assert stored(world, "elsewhere", "commons").fields["made_at"] == spring.id and there


def test_a_page_for_few_is_not_named_on_one_for_many(world: World) -> None:
    spring = meeting(world)
    few = {"access": "named_orgs", "access_orgs": [world.org("council")], "made_at": spring.id}
    world.page("dan", "paper-coast", "decision", "Quiet", few)
    assert "decisions_made" not in fields(world, "spring-talk")
    assert "not visible to you" not in entered(world, "ada").read("/paper-coast/spring-talk").main


def test_a_copy_of_a_record_is_tied_to_nothing(world: World) -> None:
    spring = meeting(world)
    world.page("ada", "paper-coast", "decision", "One", {"made_at": spring.id})
    client = entered(world, "ada")
    form = client.read("/paper-coast/new?kind=meeting&copy=1&from=paper-coast/spring-talk").form(having="body")
    client.send(form)
    assert "decisions_made" not in fields(world, "copy-of-spring-talk")
    hal = world.viewer("hal")
    act(world, "hal", "paper-coast", "one", "delete", lambda s, f: actions.delete_page(s, hal, f.page, "Wrong"))
