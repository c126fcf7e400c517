"""Since when a page is late: what is usual is tried first, and gives what a search day by day gives."""

from datetime import date, timedelta
from typing import Any

import pytest

from wiki.kinds.computed import late
from wiki.kinds.record import Record
from wiki.registers.named.lateness import USUAL, late_since

TODAY = date(2027, 5, 3)
ENDED = {"from": "2026-01-01", "until": "2026-12-31"}
#: What makes a page late by the rule of its kind and state, where its state alone does not.
FIELDS: dict[str, dict[str, Any]] = {
    "agreement": {"term": ENDED},
    "decision": {"decided_on": "2026-10-05"},
    "evaluation": {"period": ENDED},
    "handover": {"last_day": "2027-02-28", "items": [{"id": "a1", "status": "open"}]},
    "howto": {"last_tested": "2025-03-01"},
    "meeting": {"date": "2026-12-24"},
    "progress_report": {"period": ENDED, "needs_adjustment": "yes"},
    "terms_of_reference": {"term": ENDED},
    **{f"{plan}_plan": {"period": ENDED} for plan in ("action", "communication", "financial", "strategic")},
}


def _record(kind: str, state: str, fields: dict[str, Any], entered: date = date(2026, 9, 1)) -> Record:
    return Record(kind, state, fields, entered={state: entered})


def _by_hand(record: Record) -> str | None:
    """The last day, from today back, on which the page was not late."""
    day = TODAY
    while late(record, day) is not None:
        day -= timedelta(days=1)
        if (TODAY - day).days >= 3660:
            return None
    return day.isoformat()


@pytest.mark.parametrize(("kind", "state"), sorted(USUAL))
def test_what_is_usual_is_the_day_that_a_search_finds(kind: str, state: str) -> None:
    record = _record(kind, state, FIELDS.get(kind, {}))
    assert late(record, TODAY) is not None
    assert late_since(record, TODAY) == _by_hand(record) is not None


def test_a_page_that_waits_for_answers_is_late_since_the_thirtieth_day() -> None:
    record = _record("agreement", "out_for_endorsement", {"endorsements": [{"id": "a1", "answer": "asked"}]})
    assert late_since(record, TODAY) == _by_hand(record) == "2026-10-01"


def test_another_reason_that_came_earlier_counts() -> None:
    late_promise = [{"id": "a1", "text": "Bring the boats", "status": "on_track", "due": "2026-03-04"}]
    record = _record("agreement", "in_force", {"term": ENDED, "commitments": late_promise})
    assert late_since(record, TODAY) == _by_hand(record) == "2026-03-04"


def test_a_reason_that_came_later_than_is_usual_is_searched_for() -> None:
    late_promise = [{"id": "a1", "text": "Bring the boats", "status": "on_track", "due": "2027-03-04"}]
    record = _record("agreement", "in_force", {"term": {"until": "2030-01-01"}, "commitments": late_promise})
    assert late_since(record, TODAY) == _by_hand(record) == "2027-03-04"


def test_what_is_missing_has_no_day() -> None:
    trouble = [{"id": "a1", "text": "Bring the boats", "status": "delivery_issue"}]
    record = _record("agreement", "in_force", {"term": {"until": "9999-12-31"}, "commitments": trouble})
    assert late(record, TODAY) is not None
    assert late_since(record, TODAY) is None


def test_what_was_late_ten_years_ago_has_no_day() -> None:
    record = _record("meeting", "planned", {"date": "2016-01-04"})
    assert late(record, TODAY) is not None
    assert late_since(record, TODAY) is None
