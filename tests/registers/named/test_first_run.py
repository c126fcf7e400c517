"""What the named registers show of the demo on its first day."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.client import Browser
from tests.paper_coast import DAY0, Coast
from tests.registers.named.reading import file_of, listed, statuses, summary, tabs


@pytest.fixture(scope="module")
def hal(still_coast: Coast) -> Browser:
    return still_coast.browser("hal")


def test_it_works(hal: Browser) -> None:
    assert hal.read("/registers/commitments").heading == "Promises"
    assert hal.read("/registers/actions").heading == "Actions"


def test_eight_promises_are_live_and_one_was_replaced(hal: Browser) -> None:
    page = hal.read("/registers/commitments")
    assert summary(page) == (
        "8 live promises: 1 confirmed honoured, 4 on track, 1 not checked lately, 1 disputed, 1 not yet triggered."
    )
    assert statuses(hal, "commitments") == {
        "c0": "replaced",
        "c1": "on_track",
        "c2": "disputed",
        "c3": "not_checked_lately",
        "c4": "not_yet_triggered",
        "c5": "on_track",
        "c6": "honoured_confirmed",
        "c7": "on_track",
        "c8": "on_track",
    }
    assert listed(page)[0] == "Pay capacity support to the Council each year"
    assert list(statuses(hal, "commitments", status="replaced")) == ["c0"]
    assert "c0" not in statuses(hal, "commitments", live="yes")


def test_five_of_eight_actions_are_open_and_two_of_them_overdue(hal: Browser) -> None:
    page = hal.read("/registers/actions")
    assert summary(page) == "8 actions: 5 open, of which 2 overdue, 1 due in 7 days; 3 done, 1 of them late."
    assert Counter(statuses(hal, "actions").values()) == {
        "overdue": 2,
        "due_in_7_days": 1,
        "open": 2,
        "done": 2,
        "done_late": 1,
    }
    assert tabs(page) == {
        "All": 8,
        "Not done yet": 5,
        "Overdue": 2,
        "Due in 7 days": 1,
        "Open": 2,
        "Done": 2,
        "Done late": 1,
    }
    assert file_of(hal, "actions", status="overdue")[0]["what"] == "Update the permit how-to to thirty days"


def test_what_may_no_longer_be_true(hal: Browser) -> None:
    page = hal.read("/registers/reviews")
    found = {line["page"]: line for line in file_of(hal, "reviews")}
    stands = {title: line["status"] for title, line in found.items()}
    for name in (
        "Protocol on shared shoreline information",
        "Send a permit notice so that partners have time",
        "Handover: Ben Optima to Ada Verdana",
        "D-0010 Keel hands the dashboard to partners in turn",
        "The Council's data post stays funded",
    ):
        assert stands[name] == "overdue", (name, stands)
    assert stands["Words we use"] == "orphan"
    assert stands["Start here: Paper Coast"] == "due_soon"
    assert [line["row"] for line in found.values() if line["row"]] == ["r4"]
    assert len(listed(page)) == len(found)


def test_what_changed_for_somebody_who_came_twelve_days_ago(still_coast: Coast) -> None:
    ada = still_coast.browser("ada")
    since = (DAY0 - timedelta(days=12)).isoformat()
    page = ada.read(f"/registers/changes?since={since}")
    found = {(line["what"], line["row"]): line for line in file_of(ada, "changes", since=since)}
    told = {what: line["status"] for (what, _row), line in found.items()}
    assert told["Progress report, quarter 2"] in ("adjustments", "records")
    assert ("Publish the dashboard in the first week of each quarter", "c8") in found
    assert told["Handover: Ben Optima to Ada Verdana"] == "people"
    assert "c2" not in {row for _what, row in found}
    assert page.heading == "What changed"


def test_the_home_of_somebody_says_what_is_theirs_to_do(still_coast: Coast) -> None:
    gia = still_coast.browser("gia")
    page = gia.read("/")
    assert page.heading == "Good to see you, Gia"
    assert "Draft the letter to the wage fund" in page.links()
    assert {line["row"]: (line["status"], line["type"]) for line in file_of(gia, "mine") if line["row"] == "a3"} == {
        "a3": ("overdue", "Action")
    }
    asked = [line["row"] for line in file_of(gia, "mine") if line["status"] == "asked"]
    assert set(asked) == {"c5", "c8"}
    assert "2 actions overdue" in page.links() and "1 promise in trouble" in page.links()
    assert "by Nov 30, 2026" in still_coast.browser("ada").read("/registers/mine").main
