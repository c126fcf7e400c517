"""What somebody has done of a path: noted with the revision that they read, taken back, overtaken by changes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cases import entered, send
from tests.paper_coast import NOON, Coast
from tests.paths.walking import PATH, save, statuses, taken, told, walk_of
from tests.registers.named.reading import file_of
from wiki import clock
from wiki.models import Receipt

WALK = f"{PATH}/path/1"


def do(coast: Coast, who: str, row: str, what: str, **more: str) -> int:
    return send(entered(coast, who), f"{WALK}/steps/{row}", {"do": what, **more}).status_code


def test_it_works(coast: Coast) -> None:
    """A step is done: what was read is noted, and a receipt says so; the next page is where one comes to."""
    ada = entered(coast, "ada")
    decision = coast.named("P24")
    answer = send(ada, f"{WALK}/steps/st4", {"do": "done", "then": "next"})
    assert answer.headers["Location"] == coast.url("P10")
    step = taken(coast, "st4")
    assert step is not None
    assert (step.status, step.page_id, step.revision) == ("done", decision.id, decision.number)
    with coast.reading() as session:
        receipt = session.scalars(select(Receipt).where(Receipt.page_id == decision.id)).one()
        assert (receipt.number, receipt.by) == (decision.number, "path:1#st4")
    assert walk_of(coast, "ivy").done == 4
    assert do(coast, "ada", "st4", "undo") == 303
    assert walk_of(coast, "ada").done == 3


def test_a_step_can_be_left_out_with_a_note(lone_coast: Coast) -> None:
    ada = entered(lone_coast, "ada")
    send(ada, f"{WALK}/steps/st5", {"do": "skipped", "note": "Read it in May"})
    shown = ada.read(WALK).main
    assert "Read it in May" in shown
    assert "1 left out" in shown
    walk = walk_of(lone_coast, "ada")
    assert (walk.done, walk.skipped, walk.total) == (3, 1, 8)
    (line,) = file_of(entered(lone_coast, "ivy"), "onboarding")
    assert (line["steps_done"], line["steps_needed"]) == ("3", "8")


@pytest.mark.parametrize(("who", "row", "status"), [("ivy", "st6", 303), ("ivy", "st4", 403), ("ben", "st6", 403)])
def test_only_the_newcomer_says_what_they_have_done_but_the_buddy_may_note_a_meeting(
    lone_coast: Coast, who: str, row: str, status: int
) -> None:
    def receipts() -> int:
        with lone_coast.reading() as session:
            return session.query(Receipt).filter(Receipt.account_id == lone_coast.account(who).id).count()

    before = receipts()
    assert do(lone_coast, "ada", "st6", "undo") == 303
    assert do(lone_coast, who, row, "done") == status
    assert do(lone_coast, "dan", row, "done") == 404
    assert do(lone_coast, "hal", row, "done") == 403
    assert receipts() == before, "nobody is said to have read what somebody else did"


def test_a_material_change_shows_in_the_step_on_the_path_and_in_what_changed(
    coast: Coast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = entered(coast, "ada")
    assert walk_of(coast, "ada").changed == []
    monkeypatch.setattr(clock, "_now", lambda: NOON + timedelta(hours=1))
    before = coast.named("P34").number
    save(coast, "ben", "P34", body=" ")
    assert walk_of(coast, "ada").changed == [], "a blank is nothing to read again"
    save(coast, "ben", "P34", five_lines="We are six now, and the sixth is a school that nobody expected.")
    (step,) = walk_of(coast, "ada").changed
    assert (step.row_id, step.compare) == ("st1", f"{coast.url('P34')}/compare/6/{before + 2}")
    assert "Changed since you read it" in ada.read(WALK).main
    assert "Changed since you read it" in ada.read(PATH).main
    assert "Changed since you read it" in ada.read(coast.url("P34")).main
    assert ada.read(step.compare).heading
    (line,) = [one for one in file_of(ada, "changes") if one["status"] == "on_path"]
    assert (line["what"], line["change"]) == ("Start here: Paper Coast", "Changed since you read it")
    assert not [one for one in file_of(entered(coast, "finn"), "changes") if one["status"] == "on_path"]
    (line,) = file_of(entered(coast, "ivy"), "onboarding", flag="changed_since")
    assert line["person"] == "Ada Verdana"
    assert do(coast, "ada", "st1", "done") == 303
    assert walk_of(coast, "ada").changed == []
    assert not [one for one in file_of(ada, "changes") if one["status"] == "on_path"]


def test_a_first_small_edit_completes_the_step_that_asks_for_it_by_itself(coast: Coast) -> None:
    save(coast, "ada", "P24", later_notes=[], summary="Thirty working days, and time in quiet periods does not count.")
    assert taken(coast, "st7") is None, "another page was asked for"
    save(coast, "ben", "P39", body="\n\nHarbour time: when the tide allows.\n")
    assert taken(coast, "st7") is None, "somebody else wrote"
    save(coast, "ada", "P39", body="\n\nQuiet period: days on which nobody is asked for anything.\n")
    step = taken(coast, "st7")
    assert step is not None
    assert (step.status, step.by_itself) == ("done", True)
    assert told(coast, "ivy") == ["path_tried"]
    assert "noted by itself" in entered(coast, "ada").read(WALK).main


def test_the_last_step_ends_in_what_one_can_do_now_and_the_buddy_is_told(lone_coast: Coast) -> None:
    ada = entered(lone_coast, "ada")
    for row in ("st3", "st4", "st5", "st7"):
        send(ada, f"{WALK}/steps/{row}", {"do": "skipped" if row == "st5" else "done"})
    assert told(lone_coast, "ivy") == []
    answer = send(ada, f"{WALK}/steps/st8", {"do": "done", "then": "next"})
    end = ada.read(answer.headers["Location"])
    assert "You can now say what the Ministry promised" in end.main
    assert told(lone_coast, "ivy") == ["path_finished"]
    (line,) = file_of(ada, "onboarding", live="no")
    assert line["status"] == "finished"
    assert file_of(ada, "onboarding") == []
    assert "Continue your path" not in ada.read("/").main
    send(ada, f"{WALK}/steps/st8", {"do": "undo"})
    assert walk_of(lone_coast, "ada").finished_at is None


def test_a_path_that_changes_keeps_what_was_done(coast: Coast) -> None:
    """Steps are moved, taken away and added: rows keep their ids, and so does what was done of them."""
    steps = coast_steps(coast)
    moved = [one for one in reversed(steps) if one["id"] != "st2"]
    moved.append(
        {
            "id": "new1",
            "kind": "watch",
            "page": "The film about the harbour",
            "why": "Eight minutes",
            "needed": "optional",
        }
    )
    save(coast, "hal", "P35", steps=moved)
    walk = walk_of(coast, "ada")
    assert [step.row_id for step in walk.steps] == ["st8", "st7", "st6", "st5", "st4", "st3", "st1", "new1"]
    assert {key for key, status in statuses(walk).items() if status == "done"} == {"st1", "st6"}
    assert [one.what for one in walk.gone] == ["Paper Coast Partnership Agreement"]
    assert (walk.done, walk.total, walk.without_minutes) == (2, 7, 0)
    page = entered(coast, "ada").read(WALK)
    assert "Done before they were taken from the path" in page.main
    assert "The film about the harbour" in page.main
    save(coast, "hal", "P35", steps=steps)
    assert walk_of(coast, "ada").done == 3


def coast_steps(coast: Coast) -> list[dict[str, object]]:
    walk = walk_of(coast, "hal")
    return [
        {
            "id": step.row_id,
            "kind": step.kind,
            "why": step.why,
            "needed": "yes",
            **({"page": step.page.id} if step.page else {}),
            **({"minutes": step.minutes} if step.minutes is not None else {}),
            **({"check_question": step.question} if step.question else {}),
        }
        for step in walk.steps
    ]


def test_time_left_is_that_of_the_steps_that_are_left_and_guessed_from_words_where_nobody_said(
    lone_coast: Coast,
) -> None:
    steps = coast_steps(lone_coast)
    assert walk_of(lone_coast, "ada").minutes_left == 10 + 15 + 30 + 10 + 10
    for step in steps:
        if step["id"] in ("st3", "st4", "st6", "st7"):
            step.pop("minutes", None)
    save(lone_coast, "hal", "P35", steps=steps)
    walk = walk_of(lone_coast, "ada")
    guessed = [step for step in walk.steps if step.estimated]
    assert [step.row_id for step in guessed] == ["st3", "st4"]
    assert all(step.minutes and 1 <= step.minutes <= 15 for step in guessed)
    assert walk.without_minutes == 1, "nobody can say how long trying takes"
    assert "1 step without a time" in entered(lone_coast, "ada").read(WALK).main


def test_buddy_and_days_are_changed_and_a_path_is_ended_and_taken_up_again(lone_coast: Coast) -> None:
    ada = entered(lone_coast, "ada")
    form = ada.read(f"{WALK}/change").form(having="buddy")
    ada.send(form, {"buddy": "Ben Optima", "due": "2026-12-10"})
    walk = walk_of(lone_coast, "ada")
    assert (walk.buddy.name, str(walk.due)) == ("Ben Optima", "2026-12-10")
    assert told(lone_coast, "ben") == ["path_buddy"]
    assert entered(lone_coast, "gia").get(f"{WALK}/change").status_code == 404
    end = ada.read(f"{WALK}/change").form(having="why")
    ended = ada.send(end, {"why": "A longer leave"})
    assert "A longer leave" in ended.main
    assert do(lone_coast, "ada", "st4", "done") == 422
    again = ada.read(f"{WALK}/change").form(having="afresh")
    page = ada.send(again)
    assert "3 of 8 steps" in page.main
    send(ada, f"{WALK}/change", {"do": "end"})
    assert "0 of 8 steps" in ada.send(ada.read(f"{WALK}/change").form(having="afresh"), {"afresh": "yes"}).main
