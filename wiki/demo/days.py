"""Days of the demo: "D-95" is 95 days before the day on which it is loaded, "D+9" nine days after, "D" that day."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wiki import clock

_DAY = re.compile(r"D(?:[+-][1-9]\d*)?")
_IN_TEXT = re.compile(r"\{(D(?:[+-][1-9]\d*)?)( month)?\}")


def is_day(value: Any) -> bool:
    """Whether a value is a day, and not text that only looks a little like one ("D-0009" is a decision's number)."""
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


def offset(day: str) -> int:
    """How many days after the day of loading: -95 for "D-95". Raises ValueError for anything else."""
    if not is_day(day):
        raise ValueError(f"“{day}” is no day of the demo; write D, D-95 or D+9")
    return int(day[1:] or 0)


def on_calendar(day: str, day0: date) -> date:
    """The date of a day, counted from `day0`, on which the demo is loaded."""
    return day0 + timedelta(days=offset(day))


def moment(day: str, at: time, day0: date, time_zone: str) -> datetime:
    """When it was that hour of that day there, in UTC; now, where that is still to come."""
    local = datetime.combine(on_calendar(day, day0), at, ZoneInfo(time_zone))
    return min(local.astimezone(UTC), clock.now())


def resolve(value: Any, day0: date) -> Any:
    """The same value with dates in place of days, in lists and objects too.

    A string that is a day becomes its ISO date; `{D-95}` inside a text becomes "18 August 2026", `{D-95 month}`
    "August 2026".
    """
    if isinstance(value, dict):
        return {key: resolve(part, day0) for key, part in value.items()}
    if isinstance(value, list):
        return [resolve(part, day0) for part in value]
    if not isinstance(value, str):
        return value
    return on_calendar(value, day0).isoformat() if is_day(value) else in_words(value, day0)


def in_words(text: str, day0: date) -> str:
    """The text with every `{D-95}` written out."""

    def written(found: re.Match[str]) -> str:
        day = on_calendar(found[1], day0)
        return f"{day:%B %Y}" if found[2] else f"{day.day} {day:%B %Y}"

    return _IN_TEXT.sub(written, text)
