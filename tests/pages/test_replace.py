"""A page that takes the place of others: the system moves them, nothing goes in a circle, nobody reaches further than they may."""

from threading import Thread
from typing import Any

import pytest

from tests.cases import act, entered, send, shown, stored
from tests.world import World
from wiki.errors import Forbidden, HoldfastError, Invalid
from wiki.models import Event, Page, Revision
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision

DECIDED = {
    "question": "Where to anchor?",
    "outcome": "In the bay.",
    "why": "It is calm.",
    "decided_on": "2026-11-20",
    "time_to_collaborate": "yes",
}


def decision(world: World, title: str, state: str = "accepted", who: str = "ada", **fields: Any) -> Page:
    decided_by = [world.viewer(who).person_id]
    space = fields.pop("space", "paper-coast")
    return world.page(who, space, "decision", title, {**DECIDED, "decided_by": decided_by, **fields}, state=state)


def accept(world: World, who: str, slug: str, space: str = "paper-coast") -> None:
    by = world.viewer(who)
    act(world, who, space, slug, "edit", lambda s, f: actions.change_state(s, world.catalogue, by, f, "accepted"))


def state(world: World, page: Page) -> str:
    with world.reading() as session:
        return session.get_one(Page, page.id).state


def changed(world: World, who: str, page: Page, **fields: Any) -> None:
    """Somebody saves other values for some fields of the page."""
    by = world.viewer(who)
    with world.writing() as session:
        now = session.get_one(Page, page.id)
        content = content_of(current_revision(session, now))
        content.fields |= fields
        actions.save_page(session, world.catalogue, by, now, content, now.number)


def replacing(world: World, who: str, page: Page, *others: Page) -> None:
    changed(world, who, page, supersedes=[one.id for one in others])


def test_it_works(world: World) -> None:
    old = decision(world, "Old")
    new = decision(world, "Fresh", "proposed", supersedes=[old.id])
    assert state(world, old) == "accepted", "a proposal replaces nothing yet"
    accept(world, "ada", "fresh")
    assert (state(world, old), state(world, new)) == ("superseded", "accepted")
    with world.reading() as session:
        newest = session.query(Revision).filter_by(page_id=old.id).order_by(Revision.number.desc()).first()
        event = session.query(Event).filter_by(page_id=old.id, verb="page.state").one()
        count = session.query(Revision).filter_by(page_id=old.id).count()
    assert newest is not None
    assert (count, newest.state, newest.author_name) == (2, "superseded", "Ada Verdana")
    assert "Fresh" not in newest.note and newest.note
    assert (event.detail["was"], event.detail["to"], event.detail["by"]) == ("accepted", "superseded", "system")


def test_several_and_whatever_the_kind_says(world: World) -> None:
    keel = world.org("keel")
    whole = {
        "kind": "mou",
        "purpose": "To try.",
        "commitments": [{"id": "c1", "promise": "To meet", "made_by": [keel], "made_to": [keel]}],
        "endorsements": [{"id": "e1", "org": keel, "answer": "agreed"}],
    }
    old = [world.page("hal", "paper-coast", "agreement", f"Old {n}", whole, state="in_force") for n in range(2)]
    draft = world.page("hal", "paper-coast", "agreement", "Never signed", whole)
    named = [one.id for one in (*old, draft)]
    world.page("hal", "paper-coast", "agreement", "Fresh", {**whole, "supersedes": named}, state="out_for_endorsement")
    hal = world.viewer("hal")
    act(
        world,
        "hal",
        "paper-coast",
        "fresh",
        "edit",
        lambda s, f: actions.change_state(s, world.catalogue, hal, f, "in_force"),
    )
    assert [state(world, one) for one in (*old, draft)] == ["superseded", "superseded", "draft"]


def test_what_counts_already_replaces_more_only_by_those_who_could_let_it_count(world: World) -> None:
    old, new = decision(world, "Old"), decision(world, "Fresh")
    with pytest.raises(Invalid, match="can say that it replaces another"):
        replacing(world, "dan", new, old)
    assert state(world, old) == "accepted"
    replacing(world, "ada", new, old)
    assert state(world, old) == "superseded"


def test_a_circle_cannot_be_saved(world: World) -> None:
    one = decision(world, "One", "draft")
    two = decision(world, "Two", "draft", supersedes=[one.id])
    three = decision(world, "Three", "draft", supersedes=[two.id])
    for other, name in ((one, "itself"), (two, "“Two”"), (three, "“Three”")):
        with pytest.raises(Invalid) as caught:
            replacing(world, "ada", one, other)
        (problem,) = caught.value.problems
        assert problem.field == "f.supersedes" and name in problem.message
    page = shown(
        send(entered(world, "ada"), "/paper-coast/one/edit", {"f.supersedes": "Three", "title": "One", "base": "1"})
    )
    assert page.status == 422 and "replaces this page already" in page.main
    replacing(world, "ada", three, two, one)


def test_the_error_names_nothing_hidden(lone_world: World) -> None:
    one = decision(lone_world, "One", "draft")
    council = {"access": "named_orgs", "access_orgs": [lone_world.org("council")]}
    two = decision(lone_world, "Quiet two", "draft", "dan", supersedes=[one.id], **council)
    with pytest.raises(Invalid) as caught:
        replacing(lone_world, "ada", one, two)
    assert "Quiet" not in str(caught.value)


def test_two_who_save_at_once_make_no_circle(world: World) -> None:
    one, two = decision(world, "One", "draft"), decision(world, "Two", "draft")
    refused: list[HoldfastError] = []

    def save(who: str, page: Page, other: Page) -> None:
        try:
            replacing(world, who, page, other)
        except Invalid as error:
            refused.append(error)

    both = [Thread(target=save, args=("ada", one, two)), Thread(target=save, args=("dan", two, one))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(refused) == 1
    named = [stored(world, slug).fields.get("supersedes") for slug in ("one", "two")]
    assert sorted(named, key=bool) in ([None, [one.id]], [None, [two.id]])


def test_in_another_space_only_what_one_may_change_there(world: World) -> None:
    old = decision(world, "Old", who="hal")
    new = world.page("ben", "commons", "decision", "Fresh", decided(world, old), state="proposed")
    with pytest.raises(Invalid, match="in another space"):
        accept(world, "ben", "fresh", "commons")
    assert (state(world, old), state(world, new)) == ("accepted", "proposed")
    by_ada = world.page("ada", "commons", "decision", "Fresher", decided(world, old), state="proposed")
    accept(world, "ada", "fresher", "commons")
    assert (state(world, old), state(world, by_ada)) == ("superseded", "accepted")


def decided(world: World, old: Page) -> dict[str, Any]:
    return {**DECIDED, "decided_by": [world.viewer("ben").person_id], "supersedes": [old.id]}


def test_in_the_same_space_the_system_moves_what_the_person_does_not_see(world: World) -> None:
    council = {"access": "named_orgs", "access_orgs": [world.org("council")]}
    old = decision(world, "Quiet old", who="dan", **council)
    decision(world, "Fresh", "proposed", "dan", supersedes=[old.id])
    with pytest.raises(Forbidden):
        accept(world, "ada", "fresh")
    accept(world, "hal", "fresh")
    assert state(world, old) == "superseded"


def test_a_refused_replacement_stores_nothing(lone_world: World) -> None:
    old = decision(lone_world, "Old", who="hal")
    lone_world.page("ben", "commons", "decision", "Fresh", decided(lone_world, old), state="proposed")
    answer = send(entered(lone_world, "ben"), "/commons/fresh/state", {"to": "accepted"})
    assert answer.status_code == 422 and "Proposed" in shown(answer).main
    assert lone_world.found("ben", "commons", "fresh").page.number == 1
