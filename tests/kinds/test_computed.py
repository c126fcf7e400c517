"""Computed values of pages and rows: what a page's own facts say."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.kinds.definitions import NOTE, write
from wiki.kinds import Record, load
from wiki.kinds.computed import PAGE_FUNCTIONS, ROW_FUNCTIONS, compute_all, compute_row, freshness
from wiki.kinds.record import InChain
from wiki.kinds.types.base import Ref
from wiki.kinds.workings.handovers import handover_gap_list
from wiki.kinds.workings.plans import plan_flag_list
from wiki.kinds.workings.rhythm import working_days

TODAY = date(2026, 11, 21)


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def said(function: str, record: Record) -> str | None:
    value = PAGE_FUNCTIONS[function](record, TODAY)
    return value.key if value else None


def row_said(function: str, row: dict[str, Any], record: Record | None = None) -> str | None:
    value = ROW_FUNCTIONS[function](record or Record("agreement", "in_force", {}), row, TODAY)
    return value.key if value else None


def test_it_works(tmp_path: Path) -> None:
    note = load([write(tmp_path)])["note"]
    rows = [{"id": "a1", "what": "One", "status": "done"}, {"id": "a2", "what": "Two", "status": "open"}]
    values = compute_all(note, Record("note", "draft", {"actions": rows}, owner_state="active"), TODAY)
    assert values["done"].text == "1 of 2"
    assert values["freshness"].key == "not_set"


def test_different_values_of_a_column_are_listed_once(tmp_path: Path) -> None:
    computed = '[[computed]]\nkey = "people"\nlabel = "People"\nvalues = "actions.responsible"\n\n[register]'
    note = load([write(tmp_path, NOTE.replace("[register]", computed))])["note"]
    rows = [{"id": f"a{n}", "what": "x", "responsible": person} for n, person in enumerate((2, 1, 2))]
    assert compute_all(note, Record("note", "draft", {"actions": rows}), TODAY)["people"].refs == (Ref(2), Ref(1))


def test_a_row_says_how_it_stands(tmp_path: Path) -> None:
    table = load([write(tmp_path)])["note"].field("actions")
    assert table is not None
    row = {"id": "a1", "what": "One", "due": ago(3), "status": "open"}
    assert compute_row(table, Record("note", "draft", {}), row, TODAY)["standing"].key == "overdue"


@pytest.mark.parametrize(
    ("owner", "due", "key"),
    [
        ("active", 31, "fresh"),
        ("active", 30, "due_soon"),
        ("active", 0, "due_soon"),
        ("active", -1, "overdue"),
        ("active", None, "not_set"),
        ("", 31, "orphan"),
        ("left", -1, "orphan"),
        ("uncovered", 31, "orphan"),
        ("away", 31, "fresh"),
    ],
)
def test_freshness(owner: str, due: int | None, key: str) -> None:
    day = TODAY + timedelta(days=due) if due is not None else None
    assert freshness(Record("article", "current", {}, review_due=day, owner_state=owner), TODAY).key == key


@pytest.mark.parametrize(
    ("state", "until", "key"),
    [
        ("draft", None, "not_yet"),
        ("in_force", None, "in_force"),
        ("in_force", 91, "in_force"),
        ("in_force", 90, "ends_soon"),
        ("under_review", 0, "ends_soon"),
        ("in_force", -1, "lapsed"),
        ("superseded", -1, "replaced"),
        ("ended", None, "ended"),
    ],
)
def test_the_standing_of_an_agreement(state: str, until: int | None, key: str) -> None:
    term = {"from": ago(400), "until": ago(-until) if until is not None else None}
    assert said("standing", Record("agreement", state, {"term": term})) == key


#: The promises of the demo, and how they show.
PROMISES = {
    "c1": ({"status": "on_track", "receiver_view": "confirmed", "last_checked": ago(40)}, "on_track"),
    "c2": (
        {"status": "delivery_issue", "receiver_view": "disagrees", "due": ago(30), "last_checked": ago(35)},
        "disputed",
    ),
    "c3": (
        {"status": "on_track", "receiver_view": "confirmed", "check_every": "half_yearly", "last_checked": ago(200)},
        "not_checked_lately",
    ),
    "c4": ({"status": "not_yet_triggered"}, "not_yet_triggered"),
    "c5": ({"status": "on_track", "receiver_view": "not_asked", "last_checked": ago(60)}, "on_track"),
    "c6": ({"status": "honoured", "receiver_view": "confirmed", "due": ago(150)}, "honoured_confirmed"),
    "c8": ({"status": "on_track", "check_every": "quarterly", "last_checked": ago(10)}, "on_track"),
    "kept, they say": ({"status": "honoured"}, "reported_honoured_not_yet_confirmed"),
    "late": ({"status": "on_track", "due": ago(1), "last_checked": ago(1)}, "overdue"),
    "in trouble": ({"status": "delivery_issue", "last_checked": ago(1)}, "in_trouble"),
    "released": ({"status": "released", "receiver_view": "disagrees"}, "released"),
}


@pytest.mark.parametrize(("row", "key"), PROMISES.values(), ids=PROMISES)
def test_how_a_promise_stands(row: dict[str, Any], key: str) -> None:
    assert row_said("commitment_standing", row) == key


def test_promises_of_a_replaced_agreement_are_replaced() -> None:
    assert row_said("commitment_standing", {"status": "on_track"}, Record("agreement", "superseded", {})) == "replaced"


def test_promises_are_counted() -> None:
    rows = [{"id": key, **PROMISES[key][0]} for key in ("c1", "c2", "c3", "c4", "c5", "c6")]
    value = PAGE_FUNCTIONS["promises"](Record("agreement", "in_force", {"commitments": rows}), TODAY)
    assert value is not None
    assert value.text == "6: 1 honoured, 4 on track, 1 in trouble"


@pytest.mark.parametrize(
    ("state", "fields", "due", "key"),
    [
        ("draft", {}, None, "not_decided"),
        ("rejected", {}, None, "rejected"),
        ("accepted", {}, 5, "stands"),
        ("accepted", {}, -5, "review_overdue"),
        ("accepted", {"condition_met": "yes"}, -5, "condition_met"),
        ("superseded", {}, None, "replaced"),
        ("retired", {}, None, "retired"),
    ],
)
def test_whether_a_decision_still_stands(state: str, fields: dict[str, Any], due: int | None, key: str) -> None:
    day = TODAY + timedelta(days=due) if due is not None else None
    assert said("still_stands", Record("decision", state, fields, review_due=day)) == key


def test_a_replaced_decision_names_the_last_in_the_chain() -> None:
    facts = {"chain": (InChain(1, "Twenty days", "superseded", 1), InChain(2, "Thirty days", "accepted", 2))}
    value = PAGE_FUNCTIONS["still_stands"](Record("decision", "superseded", {}, facts=facts), TODAY)
    assert value is not None and value.text == "Replaced by Thirty days"


def test_who_has_agreed_is_counted() -> None:
    rows = [{"id": f"e{n}", "org": n, "answer": answer} for n, answer in enumerate(("agreed", "asked", "not_needed"))]
    value = PAGE_FUNCTIONS["endorsed"](Record("agreement", "in_force", {"endorsements": rows}), TODAY)
    assert value is not None and value.text == "Agreed by 1 of 2"


RISK = {
    "type": "risk",
    "likelihood": 4,
    "impact": 4,
    "falls_on": [1, 2],
    "assessed_by": [1, 2, 5],
    "last_looked": ago(30),
}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "high"),
        ({"impact": 5}, "gathering"),
        ({"type": "issue", "likelihood": 1, "impact": 3}, "high"),
        ({"impact": 1}, "low"),
    ],
)
def test_the_score_of_a_risk(changes: dict[str, Any], key: str) -> None:
    assert row_said("risk_score", RISK | changes) == key


def test_a_risk_without_numbers_has_no_score() -> None:
    assert row_said("risk_score", {"likelihood": 3}) is None


def test_a_risk_is_assessed_together_only_with_those_who_would_bear_it() -> None:
    assert row_said("jointly_assessed", RISK) == "yes"
    assert row_said("jointly_assessed", RISK | {"falls_on": [4]}) == "no"
    assert row_said("jointly_assessed", RISK | {"assessed_by": [1], "falls_on": [1]}) == "no"


def test_an_open_risk_goes_stale_after_ninety_days() -> None:
    assert row_said("risk_stale", RISK | {"last_looked": ago(90)}) == "looked_at"
    assert row_said("risk_stale", RISK | {"last_looked": ago(91)}) == "stale"
    assert row_said("risk_stale", RISK | {"last_looked": ago(91), "status": "closed"}) is None


#: The actions of the demo, and how they show.
@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"due": ago(20), "status": "done", "done_on": ago(22)}, "done"),
        ({"due": ago(15), "status": "done", "done_on": ago(14)}, "done_late"),
        ({"due": ago(7), "status": "open"}, "overdue"),
        ({"due": ago(-5), "status": "open"}, "due_in_7_days"),
        ({"due": ago(-25), "status": "open"}, "open"),
        ({"status": "waiting"}, "waiting"),
        ({"due": ago(7), "status": "dropped"}, "dropped"),
    ],
)
def test_how_an_action_stands(row: dict[str, Any], key: str) -> None:
    assert row_said("action_standing", row) == key


def handover(**fields: Any) -> Record:
    """The demo's handover: one item without note and next owner, one relationship without introduction, nothing unwritten."""
    items = [{"id": f"i{n}", "what_to_know": "x", "next_owner": 1, "status": "passed_on"} for n in range(1, 6)]
    values = {
        "last_day": ago(-9),
        "manager": 2,
        "first_week": "Letters",
        "items": [*items, {"id": "i6", "status": "to_pass_on"}],
        "relationships": [{"id": "x1", "introduced": "not_yet"}, {"id": "x2", "introduced": "planned"}],
        "partners_told": [{"id": "t1", "org": 5, "told_on": ago(3)}],
        **fields,
    }
    return Record("handover", "draft", values, facts={"partners": [2, 3, 4, 5]})


def test_a_handover_shows_its_gaps() -> None:
    gaps = [(gap.code, gap.row or gap.field) for gap in handover_gap_list(handover(), TODAY)]
    assert gaps == [
        ("G1", "i6"),
        ("G2", "i6"),
        ("G4", "x1"),
        ("G9", "partners_told"),
        ("G9", "partners_told"),
        ("G9", "partners_told"),
        ("G10", "unwritten"),
    ]
    assert said("handover_gaps", handover()) == "some"


def test_an_item_that_is_not_needed_is_no_gap() -> None:
    record = handover(items=[{"id": "i6", "status": "not_needed"}], relationships=[], unwritten="Much")
    assert {gap.code for gap in handover_gap_list(record, TODAY)} == {"G9", "G10"}


def test_a_handover_is_late_when_the_last_day_is_near() -> None:
    assert said("late", handover()) == "late"
    assert said("late", handover(last_day=ago(-60))) is None


def test_working_days_skip_the_weekend() -> None:
    saturday = date(2026, 11, 21)
    assert working_days(saturday, date(2026, 11, 23)) == 1
    assert working_days(date(2026, 11, 20), date(2026, 11, 27)) == 5
    assert working_days(date(2026, 11, 27), date(2026, 11, 20)) == -5


def test_a_plan_shows_what_does_not_hang_together() -> None:
    plan = Record(
        "action_plan",
        "current",
        {
            "outcomes": [{"id": "oc1"}, {"id": "oc2"}],
            "measures": [14],
            "activities": [{"id": "v1", "outcome": {"page": 9, "row": "oc1"}, "came_from": [5]}],
            "contributions": [{"id": "k1", "org": 3, "newness": "already_doing"}],
            "gaps": [{"id": "g1", "without_it": "cannot_reach", "status": "open"}],
        },
    )
    assert [(flag.table, flag.row) for flag in plan_flag_list(plan)] == [
        ("outcomes", "oc2"),
        ("contributions", ""),
        ("gaps", "g1"),
    ]
    assert said("plan_flags", plan) == "can_stop_us"


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"dates": {"from": ago(30), "until": ago(3)}, "status": "not_started"}, "late"),
        ({"dates": {"from": ago(30), "until": ago(-3)}, "status": "not_started"}, "not_begun"),
        ({"dates": {"from": ago(30), "until": ago(-3)}, "status": "doing"}, None),
        ({"dates": {"from": ago(30), "until": ago(3)}, "status": "done"}, None),
    ],
)
def test_an_activity_is_late(row: dict[str, Any], key: str | None) -> None:
    assert row_said("activity_late", row) == key


def test_sums_of_money_keep_their_currencies_apart() -> None:
    lines = [
        {
            "id": "b1",
            "amount": {"amount": "1000.00", "currency": "CAD"},
            "status": "received",
            "capacity_support": "yes",
        },
        {"id": "b2", "amount": {"amount": "3000.00", "currency": "CAD"}, "status": "promised"},
        {"id": "b3", "amount": {"amount": "50.00", "currency": "EUR"}, "status": "spent"},
        {"id": "b4", "amount": {"amount": "99.00", "currency": "CAD"}, "status": "lost"},
    ]
    record = Record("financial_plan", "current", {"lines": lines, "period": {"from": ago(40), "until": None}})
    texts = {
        name: PAGE_FUNCTIONS[name](record, TODAY)
        for name in ("promised_total", "received_total", "capacity_share", "late_lines")
    }
    assert {name: value.text if value else None for name, value in texts.items()} == {
        "promised_total": "CA$4,000.00 + €50.00",
        "received_total": "CA$1,000.00 + €50.00",
        "capacity_share": "25 %",
        "late_lines": "1 line is behind",
    }
    assert said("late", record) == "late"


@pytest.mark.parametrize(
    ("uses", "facts", "key"),
    [
        ([], {}, "not_tried"),
        ([{"org": 1, "result": "worked"}], {"org": 1}, "tried"),
        ([{"org": 2, "result": "partly"}], {"org": 1}, "adapted"),
        ([{"org": 2, "result": "worked"}, {"org": 3, "result": "worked"}], {"org": 1}, "adapted"),
        (
            [{"org": 2, "result": "worked"}, {"org": 3, "result": "worked"}],
            {"org": 1, "thanked": [(2, 21), (2, 22), (3, 31)]},
            "recommended",
        ),
        (
            [{"org": 2, "result": "worked"}, {"org": 3, "result": "worked"}],
            {"org": 1, "thanked": [(2, 21), (3, 31), (1, 11), (None, 5)]},
            "adapted",
        ),
        (
            [{"org": 2, "result": "worked"}, {"org": 3, "result": "worked"}],
            {"org": 1, "thanked": [(2, 21), (2, 22), (2, 23)]},
            "adapted",
        ),
    ],
)
def test_a_practice_ripens(uses: list[dict[str, Any]], facts: dict[str, Any], key: str) -> None:
    assert said("maturity", Record("practice", "shared", {"adaptations": uses}, facts=facts)) == key


def test_a_role_is_vacant_after_the_last_day_of_its_holder() -> None:
    assert said("vacancy", Record("role", "in_use", {"holders": [{"person": 1, "to": ago(0)}]})) == "held"
    assert said("vacancy", Record("role", "in_use", {"holders": [{"person": 1, "to": ago(1)}]})) == "vacant"


def test_a_quiet_period_comes_again_every_year() -> None:
    row = {"from": "2020-11-15", "until": "2020-12-01", "every_year": "yes"}
    assert said("quiet_now", Record("organisation", "active", {"quiet_periods": [row]})) == "now"
    once = row | {"every_year": "no"}
    assert said("quiet_now", Record("organisation", "active", {"quiet_periods": [once]})) is None


def test_a_meeting_without_a_shared_record_is_late_after_a_week() -> None:
    assert said("late", Record("meeting", "held", {"date": ago(7)})) is None
    assert said("late", Record("meeting", "held", {"date": ago(8)})) == "late"
    assert said("late", Record("meeting", "planned", {"date": ago(1)})) == "late"
    shared = Record("meeting", "record_shared", {"date": ago(8)}, entered={"record_shared": TODAY - timedelta(days=2)})
    value = PAGE_FUNCTIONS["meeting_cycle"](shared, TODAY)
    assert value is not None and value.text == "6 days"


@pytest.mark.parametrize("function", PAGE_FUNCTIONS)
def test_every_function_can_say_something_about_an_empty_page(function: str) -> None:
    for kind in ("agreement", "measure", "handover", "role", "organisation", "article"):
        value = PAGE_FUNCTIONS[function](Record(kind, "draft", {}), TODAY)
        assert value is None or (value.text and value.tone in ("quiet", "note", "good", "warn", "bad"))


@pytest.mark.parametrize("function", ROW_FUNCTIONS)
def test_every_row_function_can_say_something_about_an_empty_row(function: str) -> None:
    value = ROW_FUNCTIONS[function](Record("agreement", "draft", {}), {"id": "r1"}, TODAY)
    assert value is None or value.text
