"""What somebody holds: each thing once, nothing that is over, nothing that the reader may not see; and how it is handed over."""

import random
from collections import Counter
from typing import Any

import pytest

from tests.holdings.oracle import TODAY, Holding, Made, held_by, make
from tests.paper_coast import DAY0, Coast
from tests.statements import Statements
from tests.world import World
from wiki.access import Viewer
from wiki.errors import Forbidden
from wiki.holdings import Held, footprint, hand_over
from wiki.models import Page, Revision
from wiki.pages.actions import save_page
from wiki.pages.storing import content_of, current_revision

#: Handover P27 of the demo: what Ben holds.
BEN = [
    ("page", "P05", ""),
    ("page", "P37", ""),
    ("page", "P34", ""),
    ("action", "P24", "a7"),
    ("promise", "P05", "c1"),
    ("promise", "P05", "c2"),
    ("activity", "P10", "v4"),
    ("risk", "P13", "r4"),
    ("group", "P07", "m2"),
    ("role", "P32", "ho2"),
    ("relationship", "P27", "rl1"),
    ("relationship", "P27", "rl2"),
]


def footprint_of(world: World, person: int, viewer: Viewer | None = None) -> list[Held]:
    with world.reading() as session:
        return footprint(session, world.catalogue, viewer, person, TODAY)


def plain(held: list[Held]) -> list[Holding]:
    return [(one.what, one.page_id, one.row_id, one.field) for one in held]


def people_of(world: World) -> dict[str, int]:
    return {who: world.viewer(who).person_id or 0 for who in ("hal", "ada", "ben", "dan")}


def test_it_works(still_coast: Coast) -> None:
    """Ben of the demo holds twelve things, and what he is only asked about or was once part of is none of them."""
    with still_coast.reading() as session:
        held = footprint(session, still_coast.catalogue, None, still_coast.named("U2").id, DAY0)
    expected = {(what, still_coast.named(page).id, row) for what, page, row in BEN}
    assert {(one.what, one.page_id, one.row_id) for one in held} == expected
    assert len(held) == len(BEN)
    role = next(one for one in held if one.what == "role")
    assert (role.text, str(role.since)) == ("Partnership officer", "2025-10-07")
    assert [one.text for one in held if one.what == "relationship"] == ["Dan Corbel", "Finn Futura"]
    assert [one.moves for one in held if one.what in ("role", "relationship")] == [True, False, False]


def test_random_content_is_held_as_a_plain_reading_says(world: World) -> None:
    """Over every kind with a person in it, for everybody, in one statement each."""
    people = people_of(world)
    made = make(world, random.Random(4), list(people.values()), 76)
    heard = Statements(world.database)
    for person in people.values():
        held: list[Held] = []
        assert len(heard.during(lambda person=person, held=held: held.extend(footprint_of(world, person)))) == 1
        found = plain(held)
        assert Counter(found) == Counter(held_by(person, made))
        assert len(found) > 30


def test_who_may_not_read_a_page_is_not_told_what_is_held_on_it(lone_world: World) -> None:
    people = people_of(lone_world)
    org = lone_world.org("council")
    secret = {"access": "named_orgs", "access_orgs": [org]}
    shut = make(lone_world, random.Random(1), list(people.values()), 20, **secret)
    seen = make(lone_world, random.Random(2), list(people.values()), 20)
    for person in people.values():
        assert set(plain(footprint_of(lone_world, person))) == held_by(person, shut + seen)
        assert set(plain(footprint_of(lone_world, person, lone_world.viewer("ada")))) == held_by(person, seen)
        assert footprint_of(lone_world, person, lone_world.viewer("zoe")) == []


def contents(world: World, made: list[Made]) -> dict[int, tuple[int, dict[str, Any]]]:
    """Page -> (its revision, its fields)."""
    with world.reading() as session:
        found = {}
        for one in made:
            page = session.get_one(Page, one.id)
            found[one.id] = page.number, content_of(current_revision(session, page)).fields
        return found


def test_all_of_it_passes_on_in_one_revision_for_each_page(world: World) -> None:
    people = people_of(world)
    leaver, comer = people["ben"], people["ada"]
    made = [one for one in make(world, random.Random(11), list(people.values()), 76) if one.kind != "handover"]
    before, theirs = contents(world, made), held_by(comer, made)
    there = {one.id for one in made}  # a note of somebody who leaves grows with what they hold: that is another story
    held = [one for one in footprint_of(world, leaver) if one.page_id in there]
    with world.writing() as session:
        done = hand_over(session, world.catalogue, world.viewer("hal"), held, comer, "passed on", TODAY)
        notes = {revision.note for revision in done}
    after = contents(world, made)
    changed = {page for page in after if after[page] != before[page]}
    assert changed == {one.page_id for one in held}
    assert len(done) == len(changed) and notes == {"passed on"}
    assert all(after[page][0] == before[page][0] + 1 for page in changed)
    now = [Made(one.id, one.kind, one.state, after[one.id][1]) for one in made]
    assert held_by(leaver, now) == set()
    assert {one for one in plain(footprint_of(world, leaver)) if one[1] in there} == set()
    assert held_by(comer, now) == {one for one in plain(footprint_of(world, comer)) if one[1] in there}
    assert {one for one in theirs if one[3] != "members.person"} <= held_by(comer, now)
    assert _names_no_more(leaver, comer, before, after)
    with world.writing() as session:
        assert hand_over(session, world.catalogue, world.viewer("hal"), held, comer, "again", TODAY) == []


def _names_no_more(
    leaver: int, comer: int, before: dict[int, tuple[int, Any]], after: dict[int, tuple[int, Any]]
) -> bool:
    """Whatever differs is the leaver's name that has become the comer's, or a row with its end and one that begins."""
    for page in before:
        for key, was in before[page][1].items():
            now = after[page][1].get(key)
            if was == now:
                continue
            if isinstance(was, list) and was and isinstance(was[0], dict):
                rows = {row["id"]: row for row in now}
                assert [row["id"] for row in was] == [
                    row["id"] for row in now if row["id"] in {one["id"] for one in was}
                ]
                for row in was:
                    for column, value in row.items():
                        assert rows[row["id"]][column] in (
                            value,
                            comer if value == leaver else value,
                            TODAY.isoformat(),
                        )
            else:
                assert now == (
                    [comer if one == leaver else one for one in was] if isinstance(was, list) else comer
                ) or (isinstance(was, list) and set(now) == set(was) - {leaver} | {comer})
    return True


def test_who_held_a_role_until_when_stays_known(world: World) -> None:
    people = people_of(world)
    rows = [{"id": "ho1", "person": people["ben"], "from": "2025-01-01"}]
    page = world.page("ada", "paper-coast", "role", "Tide keeper", {"holders": rows}, state="in_use")
    held = [one for one in footprint_of(world, people["ben"]) if one.what == "role"]
    with world.writing() as session:
        hand_over(session, world.catalogue, world.viewer("hal"), held, people["dan"], "", TODAY)
    with world.reading() as session:
        now = content_of(current_revision(session, session.get_one(Page, page.id))).rows("holders")
    assert now[0] == {**rows[0], "to": TODAY.isoformat()}
    assert {key: value for key, value in now[1].items() if key != "id"} == {
        "person": people["dan"],
        "from": "2026-11-21",
    }
    assert len(now) == 2


def test_several_things_of_a_page_are_one_revision_and_nobody_is_twice_in_a_list(world: World) -> None:
    people = people_of(world)
    fields = {
        "owner": people["ben"],
        "chair": [people["ben"], people["ada"]],
        "members": [{"id": "m1", "person": people["ben"], "org": world.org("ministry"), "alternate": people["ben"]}],
    }
    page = world.page("ada", "paper-coast", "terms_of_reference", "Circle", fields)
    held = footprint_of(world, people["ben"])
    assert len(held) == 4
    with world.writing() as session:
        assert len(hand_over(session, world.catalogue, world.viewer("ada"), held, people["ada"], "", TODAY)) == 1
    with world.reading() as session:
        now = content_of(current_revision(session, session.get_one(Page, page.id))).fields
    assert now["owner"] == people["ada"] and now["chair"] == [people["ada"]]
    assert [(row["person"], row["alternate"], row.get("to")) for row in now["members"]] == [
        (people["ben"], people["ada"], TODAY.isoformat()),
        (people["ada"], people["ada"], None),
    ]


def test_nothing_moves_where_the_viewer_may_not_write(world: World) -> None:
    people = people_of(world)
    page = world.page("ada", "paper-coast", "article", "One", {"owner": people["ada"]})
    held = footprint_of(world, people["ada"])
    with pytest.raises(Forbidden), world.writing() as session:
        hand_over(session, world.catalogue, world.viewer("ben"), held, people["ben"], "", TODAY)
    with world.reading() as session:
        assert session.query(Revision).filter_by(page_id=page.id).count() == 1


def test_what_was_done_meanwhile_stays_as_it_is(world: World) -> None:
    people = people_of(world)
    rows = [{"id": "a1", "what": "Ring the bell", "responsible": people["ben"]}]
    page = world.page("ada", "paper-coast", "meeting", "Meeting", {"owner": people["ada"], "actions": rows})
    held = footprint_of(world, people["ben"])
    edit(world, page, {"actions": [{**rows[0], "responsible": people["dan"]}]})
    with world.writing() as session:
        assert hand_over(session, world.catalogue, world.viewer("hal"), held, people["ada"], "", TODAY) == []


def edit(world: World, page: Page, fields: dict[str, Any]) -> None:
    with world.writing() as session:
        there = session.get_one(Page, page.id)
        content = content_of(current_revision(session, there))
        content.fields |= fields
        save_page(session, world.catalogue, world.viewer("ada"), there, content, there.number)
