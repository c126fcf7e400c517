"""What a first look at the demo must show, counted from its data: promises, actions, risks, measures and the rest."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.demo.conftest import Pages
from wiki.demo.days import offset

Row = dict[str, Any]

HALF_A_YEAR = 182


def rows_of(pages: Pages, table: str, *kinds: str) -> Iterator[tuple[str, Row]]:
    """(page id, row) of every table of that name."""
    for page in pages.values():
        if not kinds or page.kind in kinds:
            yield from ((page.id, row) for row in page.rows(table))


def standing(row: Row) -> str:
    """How a promise stands, by the first rule that fits."""
    if row["receiver_view"] == "disagrees":
        return "disputed"
    if row["status"] == "honoured":
        return "confirmed" if row["receiver_view"] == "confirmed" else "reported"
    if "due" in row and offset(row["due"]) < 0:
        return "overdue"
    if row["status"] == "not_yet_triggered":
        return "not yet triggered"
    if offset(row["last_checked"]) < -HALF_A_YEAR:
        return "not checked lately"
    return "on track"


def test_it_works(pages: Pages) -> None:
    promises = {row["id"]: page for page, row in rows_of(pages, "commitments")}
    assert promises == {"c0": "P04", **{f"c{n}": "P05" for n in range(1, 7)}, "c7": "P06", "c8": "P20"}


def test_eight_promises_live(pages: Pages) -> None:
    live = [row for page, row in rows_of(pages, "commitments") if pages[page].state != "superseded"]
    assert Counter(map(standing, live)) == {
        "on track": 4,
        "confirmed": 1,
        "not checked lately": 1,
        "disputed": 1,
        "not yet triggered": 1,
    }
    assert "note" not in pages["P05"].row("commitments", "c2")


def test_every_task_that_was_promised_has_something_that_keeps_it(pages: Pages) -> None:
    keeps = {
        row[key]
        for page in pages.values()
        for row in all_rows(page.fields)
        for key in ("fulfils", "supports_commitment")
        if key in row
    }
    assert keeps >= {"P05#c1", "P05#c2", "P05#c3", "P05#c4", "P20#c8"}
    assert pages["P37"].fields["honours"] == ["P05#c1"]


def test_eight_actions(pages: Pages) -> None:
    actions = [row for table in ("actions", "follow_up") for _page, row in rows_of(pages, table)]
    assert sorted(row["id"] for row in actions) == [f"a{n}" for n in range(1, 9)]
    still_open = [row for row in actions if row["status"] == "open"]
    assert len(still_open) == 5
    assert [row["id"] for row in still_open if offset(row["due"]) < 0] == ["a3", "a7"]
    assert [row["id"] for row in still_open if 0 <= offset(row["due"]) <= 7] == ["a4"]
    done = [row for row in actions if row["status"] == "done"]
    assert [row["id"] for row in done if offset(row["done_on"]) > offset(row["due"])] == ["a2"]


def test_one_of_three_decisions_on_notice_days_stands(pages: Pages) -> None:
    decisions = {page.fields["number"]: page for page in pages.values() if page.kind == "decision"}
    assert {number: page.state for number, page in decisions.items()} == {
        "D-0001": "superseded",
        "D-0004": "superseded",
        "D-0009": "accepted",
        "D-0010": "proposed",
    }
    assert [decisions[number].fields.get("supersedes") for number in ("D-0001", "D-0004", "D-0009")] == [
        None,
        ["P22"],
        ["P23"],
    ]
    assert decisions["D-0010"].last.day < -30


def test_four_risks_are_open(pages: Pages) -> None:
    risks = {row["id"]: row for _page, row in rows_of(pages, "risks") if row["status"] == "open"}
    scores = {name: row["likelihood"] * row["impact"] for name, row in risks.items()}
    assert scores == {"r1": 16, "r2": 20, "r3": 15, "r4": 10}
    assert pages["P13"].fields["escalation"] == 20
    alone = [name for name, row in risks.items() if len(row["assessed_by"]) < 2 or not jointly(row)]
    assert alone == ["r4"] == [name for name, row in risks.items() if offset(row["last_looked"]) < -90]


def jointly(row: Row) -> bool:
    return set(row["falls_on"]) <= set(row["assessed_by"])


def test_two_agreements_are_in_force_and_one_ends_soon(pages: Pages) -> None:
    agreements = [page for page in pages.values() if page.kind == "agreement"]
    assert Counter(page.state for page in agreements) == {"in_force": 2, "superseded": 1}
    ending = [
        page.id
        for page in agreements
        if page.state == "in_force" and offset(page.fields["term"]["until"]) <= page.fields["notice_days"]
    ]
    assert ending == ["P06"]


def test_what_is_due_for_a_look(pages: Pages) -> None:
    due = {page.id: offset(page.fields["review_due"]) for page in pages.values() if "review_due" in page.fields}
    assert {name for name, day in due.items() if day < 0} == {"P06", "P37"}
    assert {name for name, day in due.items() if 0 <= day <= 30} == {"P34"}
    assert [page.id for page in pages.values() if "owner" not in page.fields] == ["P39"]


def test_the_gap_that_can_stop_us_and_the_shaky_contribution(pages: Pages) -> None:
    gaps = {row["id"]: row for _page, row in rows_of(pages, "gaps")}
    assert [name for name, row in gaps.items() if row["without_it"] == "cannot_reach" and row["status"] == "open"] == [
        "g1"
    ]
    shaky = [row["outcome"] for row in pages["P10"].rows("contributions") if row["certainty"] != "sure"]
    assert shaky == ["P10#oc2"]


def test_hours_are_shared_as_the_plan_says(pages: Pages) -> None:
    hours: Counter[str] = Counter()
    newness: Counter[str] = Counter()
    for row in pages["P10"].rows("contributions"):
        hours[row["org"]] += row.get("hours_per_year", 0)
        newness[row["newness"]] += row.get("hours_per_year", 0)
    assert hours.total() == 4100
    assert {org: round(100 * count / 4100) for org, count in hours.items()} == {
        "O1": 22,
        "O2": 20,
        "O3": 12,
        "O4": 17,
        "O5": 29,
    }
    assert newness == {"new_because_of_us": 2000, "changed_because_of_us": 1600, "already_doing": 500}
    only_already = {org for org in hours if all(one["newness"] == "already_doing" for one in brought_by(pages, org))}
    assert only_already == set()
    open_activities = [row for row in pages["P10"].rows("activities") if row["status"] != "done"]
    assert [row["id"] for row in open_activities if row["lead_org"] == "O5"] == ["v5"]
    assert len(open_activities) == 5


def brought_by(pages: Pages, org: str) -> list[Row]:
    return [row for row in pages["P10"].rows("contributions") if row["org"] == org]


def test_measures_stand_where_their_readings_say(pages: Pages) -> None:
    found = {page.id: status(page.fields) for page in pages.values() if page.kind == "measure"}
    assert found == {"P14": "on_track", "P15": "off_track", "P16": "watch", "P17": "on_track"}
    said = {row["outcome"]: row["status"] for row in pages["P19"].rows("outcome_status")}
    assert said == {"P10#oc1": "on_track", "P10#oc2": "off_track", "P10#oc3": "watch"}


def status(fields: Row) -> str:
    """What the figures say: how far the last reading is behind the straight line from baseline to target."""
    last = fields["readings"][-1]
    start, end = offset(fields["baseline_on"]), offset(fields["target_on"])
    span = fields["target"] - fields["baseline"]
    expected = fields["baseline"] + span * (offset(last["on"]) - start) / (end - start)
    shortfall = (expected - last["value"]) / span
    return "on_track" if shortfall <= 0.1 else "watch" if shortfall <= 0.25 else "off_track"


def test_a_date_falls_into_a_quiet_period(pages: Pages) -> None:
    quiet = pages["O2"].rows("quiet_periods")[0]
    assert (
        offset(quiet["from"])
        <= offset(pages["P10"].row("activities", "v3")["dates"]["until"])
        <= offset(quiet["until"])
    )
    assert offset(pages["P21"].fields["date"]) > offset(quiet["until"])
    assert offset(quiet["from"]) <= offset(pages["P21"].revisions[0].fields["date"]) <= offset(quiet["until"])


def test_one_practice_is_recommended_and_one_untried(pages: Pages) -> None:
    worked = {row["org"] for row in pages["P30"].rows("adaptations") if row["result"] == "worked"}
    assert worked == {"O3", "O4"}
    assert {one["org"] for one in pages["P30"].later["thanks"]} == {"O1", "O3", "O4"}
    assert len(pages["P30"].later["thanks"]) == 4
    assert "adaptations" not in pages["P31"].fields


def test_only_the_communication_plan_waits_for_a_partner(pages: Pages) -> None:
    waiting = {page: row["org"] for page, row in rows_of(pages, "endorsements") if row["answer"] != "agreed"}
    assert waiting == {"P11": "O2"}
    assert pages["P11"].fields["override_reason"]
    assert pages["P11"].fields["bring_in_by"] == "D+30"


def test_the_capacity_support_is_late(pages: Pages) -> None:
    late = [
        row["id"]
        for _page, row in rows_of(pages, "lines")
        if row["capacity_support"] == "yes" and row["status"] == "promised" and offset(row["period"]["from"]) < -30
    ]
    assert late == ["bl3"]


def test_ben_s_handover_has_the_gaps_that_are_expected(pages: Pages) -> None:
    note = pages["P27"]
    items = note.rows("items")
    assert [row["id"] for row in items] == [f"i{n}" for n in range(1, 13)]
    assert [row["id"] for row in items if row["status"] == "passed_on"] == ["i1", "i2", "i5", "i7", "i8"]
    assert [row["id"] for row in items if not row.get("what_to_know")] == ["i6"]
    assert [row["id"] for row in items if not row.get("next_owner")] == ["i6"]
    assert [row["who"] for row in note.rows("relationships") if row["introduced"] == "not_yet"] == ["U4"]
    assert {row["org"] for row in note.rows("partners_told")} == {"O5"}
    assert "unwritten" not in note.fields
    assert note.fields["first_week"] and note.fields["manager"] == "U9"


def test_ben_holds_what_his_handover_lists(pages: Pages) -> None:
    assert {page.id for page in pages.values() if page.fields.get("owner") == "U2"} == {"P05", "P34", "P37"}
    held = {
        "actions": [row["id"] for _page, row in rows_of(pages, "actions") if holds(row, "responsible", "done")],
        "promises": [
            row["id"] for _page, row in rows_of(pages, "commitments") if holds(row, "responsible", "honoured")
        ],
        "activities": [row["id"] for _page, row in rows_of(pages, "activities") if holds(row, "lead", "done")],
        "risks": [row["id"] for _page, row in rows_of(pages, "risks") if holds(row, "owner", "closed")],
    }
    assert held == {"actions": ["a7"], "promises": ["c1", "c2"], "activities": ["v4"], "risks": ["r4"]}


def holds(row: Row, column: str, over: str) -> bool:
    return row.get(column) == "U2" and row["status"] != over


def test_only_ben_has_changed_the_how_to_in_a_year(pages: Pages) -> None:
    last_year = {page.id: {one.by for one in page.revisions if one.day >= -365} for page in pages.values()}
    kept = [page.id for page in pages.values() if page.fields.get("owner") == "U2"]
    assert [name for name in kept if last_year[name] == {"U2"}] == ["P37"]


def test_ada_sees_what_changed_since_she_came(pages: Pages) -> None:
    recent = {(page.id, one.state) for page in pages.values() for one in page.revisions if one.day >= -12}
    assert {("P19", "shared"), ("P27", "draft"), ("P20", "confirmed")} <= recent
    assert ("P05", "in_force") not in recent
    assert pages["U1"].later["enrolment"]["done"] == ["st1", "st2", "st6"]
    assert len(pages["P35"].rows("steps")) == 8
    assert pages["P01"].later["update"]["on"] == "D-4"


def test_the_words_page_has_twelve_words(pages: Pages) -> None:
    assert sum(line.startswith(": ") for line in pages["P39"].body.splitlines()) == 12


def test_tables_have_the_length_that_the_story_tells(pages: Pages) -> None:
    lengths = {
        ("P02", "asked"): 14,
        ("P02", "needs"): 5,
        ("P01", "history"): 9,
        ("P01", "stage_checks"): 2,
        ("P09", "goals"): 4,
        ("P11", "audiences"): 4,
        ("P26", "items"): 9,
        ("P38", "questions"): 6,
        ("P38", "findings"): 4,
        ("P38", "refinements"): 3,
        ("P40", "asked"): 9,
    }
    assert {key: len(pages[key[0]].rows(key[1])) for key in lengths} == lengths


def all_rows(fields: Row) -> Iterator[Row]:
    for value in fields.values():
        if isinstance(value, list):
            yield from (row for row in value if isinstance(row, dict))
