"""Days that are counted from the day on which the demo is loaded."""

from datetime import date

import pytest

from wiki.demo.days import is_day, offset, on_calendar, resolve

DAY0 = date(2026, 11, 21)


def test_it_works() -> None:
    assert resolve({"due": "D-95", "term": {"from": "D-380", "until": "D+715"}}, DAY0) == {
        "due": "2026-08-18",
        "term": {"from": "2025-11-06", "until": "2028-11-05"},
    }


def test_the_day_of_loading_is_d() -> None:
    assert resolve("D", DAY0) == "2026-11-21"
    assert [offset(day) for day in ("D", "D-95", "D+9")] == [0, -95, 9]


def test_the_number_of_a_decision_is_not_a_day() -> None:
    assert resolve("D-0009", DAY0) == "D-0009"
    assert not is_day("D-0009")
    with pytest.raises(ValueError, match="D-0009"):
        offset("D-0009")


def test_days_in_a_text_are_written_out() -> None:
    assert resolve("until {D+9}, since {D-412 month}, as D-0009 says", DAY0) == (
        "until 30 November 2026, since October 2025, as D-0009 says"
    )


def test_what_is_no_text_stays() -> None:
    assert resolve([True, 12, None, 2.5], DAY0) == [True, 12, None, 2.5]


def test_days_go_over_the_end_of_a_year_and_a_leap_day() -> None:
    assert on_calendar("D+100", date(2027, 12, 1)) == date(2028, 3, 10)
