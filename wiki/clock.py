"""The only place that reads the time, so that tests can move it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def _now() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    """The present moment, in UTC and aware of it."""
    return _now()


def today(time_zone: str = "UTC") -> date:
    """The present day where the site is."""
    return _now().astimezone(ZoneInfo(time_zone)).date()
