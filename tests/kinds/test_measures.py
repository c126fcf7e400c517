"""Where measures stand: the readings of the demo's four measures, and the edges of the rule."""

from datetime import date, timedelta
from typing import Any

import pytest

from wiki.kinds import Record
from wiki.kinds.workings.measures import (
    last_reading,
    measure_line,
    measure_status,
    measure_trend,
    next_reading,
    readings,
)

TODAY = date(2026, 11, 21)


def measure(start: float | None, target: float, taken: dict[int, float], **fields: Any) -> Record:
    """Baseline 400 days ago, target in 330 days, readings by days from today."""
    values = {
        "nature": "number",
        "target": target,
        "baseline_on": (TODAY - timedelta(days=400)).isoformat(),
        "target_on": (TODAY + timedelta(days=330)).isoformat(),
        "tolerance": 10,
        "readings": [
            {"id": f"r{n}", "on": (TODAY + timedelta(days=day)).isoformat(), "value": value}
            for n, (day, value) in enumerate(taken.items())
        ],
        **fields,
    }
    if start is not None:
        values["baseline"] = start
    return Record("measure", "jointly_agreed", values)


WATER = measure(58, 85, {-300: 61, -200: 66, -100: 69, -15: 71})
PLACES = measure(6, 40, {-300: 8, -210: 10, -110: 13, -20: 12})
PERMITS = measure(10, 75, {-280: 18, -180: 25, -90: 30, -30: 33})
KEPT = measure(2.9, 4.0, {-315: 3.0, -225: 3.3, -135: 3.4, -45: 3.6})
DOWN = measure(30, 10, {-15: 18}, direction="down")


def test_it_works() -> None:
    assert measure_status(WATER, TODAY).text == "On track"


@pytest.mark.parametrize(
    ("record", "expected", "shortfall", "status"),
    [
        (WATER, 72.24, 0.046, "on_track"),
        (PLACES, 23.70, 0.344, "off_track"),
        (PERMITS, 42.95, 0.153, "watch"),
        (KEPT, 3.43, -0.150, "on_track"),
        (DOWN, 19.45, -0.073, "on_track"),
    ],
)
def test_the_last_reading_is_held_against_the_line(
    record: Record, expected: float, shortfall: float, status: str
) -> None:
    line, last = measure_line(record), readings(record)[-1]
    assert line is not None
    assert line.expected(last.on) == pytest.approx(expected, abs=0.005)
    assert line.shortfall(last) == pytest.approx(shortfall, abs=0.0005)
    assert measure_status(record, TODAY).key == status


@pytest.mark.parametrize("record", [WATER, PLACES, PERMITS, KEPT])
def test_all_four_are_getting_better_even_the_one_off_track(record: Record) -> None:
    trend = measure_trend(record, TODAY)
    assert trend is not None and trend.key == "better"


def test_down_is_better_where_less_is_wanted() -> None:
    falling = measure_trend(measure(30, 10, {-60: 25, -30: 20}, direction="down"), TODAY)
    rising = measure_trend(measure(30, 10, {-60: 20, -30: 25}, direction="down"), TODAY)
    assert falling is not None and falling.key == "better"
    assert rising is not None and rising.key == "worse"


def test_a_change_of_less_than_two_in_a_hundred_is_flat() -> None:
    trend = measure_trend(measure(0, 100, {-60: 50, -30: 51}), TODAY)
    assert trend is not None and trend.key == "flat"


def test_one_reading_has_no_trend() -> None:
    assert measure_trend(DOWN, TODAY) is None


def test_a_reading_that_equals_the_target_has_reached_it() -> None:
    assert measure_status(measure(58, 85, {-10: 85}), TODAY).key == "reached"
    assert measure_status(measure(30, 10, {-10: 10}), TODAY).key == "reached"


def test_without_a_reading_or_a_starting_point_the_status_says_so() -> None:
    assert measure_status(measure(58, 85, {}), TODAY).key == "no_reading"
    assert measure_status(measure(None, 85, {-10: 60}), TODAY).key == "no_baseline"
    assert measure_status(Record("measure", "proposed", {"baseline": 1, "readings": []}), TODAY).key == "no_reading"


def test_a_measure_without_a_target_day_has_no_line() -> None:
    record = measure(58, 85, {-10: 60})
    fields = {key: value for key, value in record.fields.items() if key != "target_on"}
    assert measure_status(Record("measure", "proposed", fields), TODAY).key == "no_target"


def test_words_are_judged_by_people() -> None:
    assert measure_status(measure(None, 5, {}, nature="words"), TODAY).key == "words"


@pytest.mark.parametrize(("value", "status"), [(7, "on_track"), (6.5, "on_track"), (8.1, "watch"), (8.3, "off_track")])
def test_to_hold_is_to_stay_in_the_band(value: float, status: str) -> None:
    assert measure_status(measure(6, 8, {-10: value}, direction="hold"), TODAY).key == status


def test_a_late_reading_is_said_beside_the_status() -> None:
    status = measure_status(measure(58, 85, {-60: 75}, every="monthly"), TODAY)
    assert (status.key, status.text) == ("on_track", "On track, reading late")
    assert "late" not in measure_status(measure(58, 85, {-40: 75}, every="monthly"), TODAY).text


def test_the_last_and_the_next_reading_are_told() -> None:
    record = measure(58, 85, {-60: 71}, every="monthly", unit="%")
    last, following = last_reading(record, TODAY), next_reading(record, TODAY)
    assert last is not None and last.text == "71 % on Sep 22, 2026"
    assert following is not None and following.key == "late"
