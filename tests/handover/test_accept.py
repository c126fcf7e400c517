"""Things are taken on item by item: the name of the holder changes, in one revision for each page."""

import pytest

from tests.handover.leaving import accept, change, content, explain, leave, move, state
from tests.paper_coast import DAY0, Coast
from wiki.access import page_by_id
from wiki.errors import Forbidden, Invalid
from wiki.handover import passing
from wiki.models import Page
from wiki.pages.storing import current_revision


def revisions(coast: Coast) -> dict[int, int]:
    with coast.reading() as session:
        return {page.id: page.number for page in session.query(Page)}


def last_note(coast: Coast, page: int) -> str:
    """What the newest revision of a page says of itself."""
    with coast.reading() as session:
        return current_revision(session, session.get_one(Page, page)).note


def status(coast: Coast, page: int) -> dict[str, str]:
    return {row["id"]: row["status"] for row in content(coast, page).rows("items")}


def test_it_works(coast: Coast) -> None:
    """Ada takes on what Ben has passed on to her: a page, a promise on the same page, an activity."""
    note, before = coast.named("P27"), revisions(coast)
    agreement, plan, ada = coast.named("P05"), coast.named("P10"), coast.named("U1")
    taken = accept(coast, note.id, "ada", ["i1", "i5", "i7"])
    assert (taken.things, taken.pages, taken.closed) == (3, 2, False)
    changed = {page for page, number in revisions(coast).items() if number != before.get(page)}
    assert changed == {note.id, agreement.id, plan.id}
    assert all(revisions(coast)[page] == before[page] + 1 for page in changed)
    now = content(coast, agreement.id)
    assert now.fields["owner"] == ada.id
    assert {row["id"]: row["responsible"] for row in now.rows("commitments")}["c1"] == ada.id
    assert {row["id"]: row["lead"] for row in content(coast, plan.id).rows("activities")}["v4"] == ada.id
    assert last_note(coast, plan.id) == f"Passed on from Ben Optima to Ada Verdana in handover /p/{note.id}"
    assert status(coast, note.id)["i1"] == "accepted"
    row = next(row for row in content(coast, note.id).rows("items") if row["id"] == "i1")
    assert (row["accepted_by"], row["accepted_on"], "caretaker" in row) == (ada.id, DAY0.isoformat(), False)


def test_what_is_not_offered_is_not_taken(lone_coast: Coast) -> None:
    """Nothing changes: neither for what Ben has not passed on, nor for what goes to somebody else, nor for a stranger to the note."""
    note, before = lone_coast.named("P27"), revisions(lone_coast)
    for who, rows in (
        ("ada", ["i1", "i4"]),
        ("ada", ["i8"]),
        ("ivy", ["i1"]),
        ("ben", ["i1"]),
        ("ada", []),
        ("ada", ["zz"]),
    ):
        with pytest.raises(Invalid):
            accept(lone_coast, note.id, who, rows)
    assert revisions(lone_coast) == before


def test_an_item_goes_to_whom_it_is_offered(lone_coast: Coast) -> None:
    note, register = lone_coast.named("P27"), lone_coast.named("P13")
    accept(lone_coast, note.id, "hal", ["i8"])
    assert {row["id"]: row["owner"] for row in content(lone_coast, register.id).rows("risks")}[
        "r4"
    ] == lone_coast.named("U8").id


def test_an_item_is_sent_back_with_a_word_and_passed_on_again(lone_coast: Coast) -> None:
    note = lone_coast.named("P27")
    ada, ben = lone_coast.viewer("ada"), lone_coast.viewer("ben")
    with lone_coast.writing() as session:
        found = page_by_id(session, ada, note.id, "view")
        with pytest.raises(Invalid):
            passing.send_back(session, lone_coast.catalogue, ada, found, ["i1"], " ")
        passing.send_back(session, lone_coast.catalogue, ada, found, ["i1"], "Which notes?")
    row = content(lone_coast, note.id).rows("items")[0]
    assert (row["status"], row["sent_back"], row["what_to_know"][:9]) == ("to_pass_on", "Which notes?", "Next look")
    with lone_coast.writing() as session:
        found = page_by_id(session, ben, note.id, "view")
        assert passing.offer(session, lone_coast.catalogue, ben, found, ["i1"]) == 1
        with pytest.raises(Invalid):
            passing.offer(session, lone_coast.catalogue, ben, found, ["i6"])
        with pytest.raises(Forbidden):
            passing.offer(session, lone_coast.catalogue, ada, page_by_id(session, ada, note.id, "view"), ["i9"])
    row = content(lone_coast, note.id).rows("items")[0]
    assert (row["status"], "sent_back" in row) == ("passed_on", False)


def test_without_a_successor_the_manager_is_the_caretaker_and_the_note_closes_by_itself(coast: Coast) -> None:
    """Eva leaves; nobody is named. Ready, with the successor, accepted, closed: the last two ways the system goes alone."""
    eva, dan = coast.named("U5"), coast.named("U4")
    note = leave(coast, "U5", "hal")
    change(coast, note.id, "hal", manager=dan.id, access_orgs=[*content(coast, note.id).fields["access_orgs"]])
    with pytest.raises(Invalid) as refused:
        move(coast, note.id, "dan", "ready")
    assert any(problem.anchor.startswith("r.items.0.") for problem in refused.value.problems)
    explain(coast, note.id, "dan", partners_not_told_why="They heard it from Eva")
    rows = [
        {key: value for key, value in row.items() if key != "next_owner"}
        for row in content(coast, note.id).rows("items")
    ]
    change(coast, note.id, "dan", items=rows)
    move(coast, note.id, "dan", "ready")
    assert state(coast, note.id) == "with_successor"
    change(coast, note.id, "dan", accepted_note="All clear")
    move(coast, note.id, "dan", "accepted")
    assert state(coast, note.id) == "accepted"
    rows = content(coast, note.id).rows("items")
    taken = accept(coast, note.id, "dan", [row["id"] for row in rows])
    assert (taken.closed, state(coast, note.id)) == (True, "closed")
    assert {row.get("caretaker") for row in content(coast, note.id).rows("items")} == {"yes"}
    with coast.reading() as session:
        assert session.get_one(Page, coast.named("P16").id).owner_id == dan.id
    assert eva.id not in {
        row.get("person") for row in content(coast, coast.named("P08").id).rows("members") if "to" not in row
    }
