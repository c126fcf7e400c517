"""Measures: where the last reading stands against the line from the starting point to the target, and where it is going."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wiki.i18n import format_date, format_number
from wiki.i18n import gettext as _
from wiki.kinds.record import Record, Value, day, number
from wiki.kinds.workings.rhythm import DAYS

TOLERANCE = 10
WATCH = 0.25
FLAT = 0.02
LATE = 1.5


@dataclass(frozen=True)
class Reading:
    on: date
    value: float


@dataclass(frozen=True)
class Line:
    """The way from the starting point to the target. Raises nothing; start and target differ."""

    start: float
    start_on: date
    target: float
    target_on: date

    def expected(self, on: date) -> float:
        """Where the value would be on that day if it moved evenly."""
        whole = (self.target_on - self.start_on).days
        part = (on - self.start_on).days / whole if whole > 0 else 1.0
        return self.start + (self.target - self.start) * min(max(part, 0.0), 1.0)

    def shortfall(self, reading: Reading) -> float:
        """How far behind the line, as a part of the whole way; negative is ahead."""
        way = self.target - self.start
        return (self.expected(reading.on) - reading.value) * (1 if way > 0 else -1) / abs(way)

    def reached(self, value: float) -> bool:
        return value >= self.target if self.target > self.start else value <= self.target


def readings(record: Record) -> list[Reading]:
    """The readings with a day and a number, oldest first."""
    found = [(day(row.get("on")), number(row.get("value"))) for row in record.rows("readings")]
    return sorted((Reading(on, value) for on, value in found if on and value is not None), key=lambda one: one.on)


def measure_line(record: Record) -> Line | None:
    """The line of a measure; None if its numbers or days are not all there."""
    start, target = number(record.fields.get("baseline")), number(record.fields.get("target"))
    start_on, target_on = record.day("baseline_on"), record.day("target_on")
    taken = readings(record)
    if start_on is None and taken:
        start_on = taken[0].on
    if start is None or target is None or start_on is None or target_on is None or start == target:
        return None
    return Line(start, start_on, target, target_on)


def measure_status(record: Record, today: date) -> Value:
    """reached, on_track, watch, off_track; words, no_reading, no_baseline, no_target where it cannot be worked out."""
    if record.fields.get("nature") == "words":
        return Value("words", _("Told in words; see the reports"), "quiet", 5)
    taken = readings(record)
    if not taken:
        return Value("no_reading", _("No reading yet"), "quiet", 4)
    if number(record.fields.get("baseline")) is None:
        return Value("no_baseline", _("No starting point; the first reading could serve"), "note", 4)
    key = (
        _hold_status(record, taken[-1]) if record.fields.get("direction") == "hold" else _way_status(record, taken[-1])
    )
    value = _STATUS[key]()
    if key != "reached" and _late(record, today):
        return Value(value.key, _("%(status)s, reading late", status=value.text), "warn", value.sort)
    return value


def measure_trend(record: Record, today: date) -> Value | None:
    """better, worse or flat, by the last three readings; None if there are not two."""
    taken = readings(record)[-3:]
    if len(taken) < 2 or taken[0].on == taken[-1].on:
        return None
    change = _slope(taken) * (taken[-1].on - taken[0].on).days
    start, target = number(record.fields.get("baseline")), number(record.fields.get("target"))
    way = abs(target - start) if target is not None and start is not None else 0.0
    if abs(change) < FLAT * way or change == 0:
        return Value("flat", _("Flat"), "quiet", 1)
    if (change > 0) == _up_is_better(record, taken, start, target):
        return Value("better", _("Getting better"), "good", 2)
    return Value("worse", _("Getting worse"), "bad", 0)


def last_reading(record: Record, today: date) -> Value | None:
    taken = readings(record)
    if not taken:
        return None
    said = " ".join(part for part in (format_number(_whole(taken[-1].value)), record.fields.get("unit", "")) if part)
    text = _("%(value)s on %(date)s", value=said, date=format_date(taken[-1].on))
    return Value("reading", text, "quiet", taken[-1].value)


def next_reading(record: Record, today: date) -> Value | None:
    """The day of the next reading; None if there is no rhythm or no reading to count from."""
    every, taken = DAYS.get(record.fields.get("every", "")), readings(record)
    since = taken[-1].on if taken else record.day("baseline_on")
    if every is None or since is None:
        return None
    due = since + timedelta(days=every)
    tone = "warn" if _late(record, today) else "quiet"
    return Value("late" if tone == "warn" else "due", format_date(due), tone, due.toordinal())


def late_reading(record: Record, today: date) -> str | None:
    return _("A reading is late") if record.state == "jointly_agreed" and _late(record, today) else None


_STATUS = {
    "reached": lambda: Value("reached", _("Reached"), "good", 3),
    "on_track": lambda: Value("on_track", _("On track"), "good", 2),
    "watch": lambda: Value("watch", _("To watch"), "warn", 1),
    "off_track": lambda: Value("off_track", _("Off track"), "bad", 0),
    "no_target": lambda: Value("no_target", _("No target with a day yet"), "note", 4),
}


def _way_status(record: Record, last: Reading) -> str:
    line = measure_line(record)
    if line is None:
        return "no_target"
    if line.reached(last.value):
        return "reached"
    shortfall = line.shortfall(last)
    if shortfall <= _tolerance(record):
        return "on_track"
    return "watch" if shortfall <= WATCH else "off_track"


def _hold_status(record: Record, last: Reading) -> str:
    """To hold is to stay in the band between starting point and target."""
    start, target = number(record.fields.get("baseline")), number(record.fields.get("target"))
    if start is None or target is None:
        return "no_target"
    low, high = min(start, target), max(start, target)
    outside = max(low - last.value, last.value - high, 0.0)
    if outside == 0:
        return "on_track"
    return "watch" if outside <= _tolerance(record) * (high - low) else "off_track"


def _up_is_better(record: Record, taken: Sequence[Reading], start: float | None, target: float | None) -> bool:
    direction = record.fields.get("direction")
    if direction == "hold" and start is not None and target is not None:
        return taken[-1].value < (start + target) / 2
    if direction in ("up", "down"):
        return bool(direction == "up")
    return start is None or target is None or target >= start


def _slope(taken: Sequence[Reading]) -> float:
    """Change a day, by least squares."""
    days = [(one.on - taken[0].on).days for one in taken]
    middle = sum(days) / len(days)
    mean = sum(one.value for one in taken) / len(taken)
    spread = sum((each - middle) ** 2 for each in days)
    return sum((each - middle) * (one.value - mean) for each, one in zip(days, taken, strict=True)) / spread


def _tolerance(record: Record) -> float:
    given: Any = record.fields.get("tolerance", TOLERANCE)
    return float(given) / 100


def _late(record: Record, today: date) -> bool:
    every, taken = DAYS.get(record.fields.get("every", "")), readings(record)
    since = taken[-1].on if taken else record.day("baseline_on")
    return every is not None and since is not None and (today - since).days > LATE * every


def _whole(value: float) -> float | int:
    return int(value) if value.is_integer() else value
