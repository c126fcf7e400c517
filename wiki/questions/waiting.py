"""How long people inside have before a question is carried to a partner."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from wiki.kinds.workings.rhythm import after_working_days

#: Working days without an answer from inside.
PATIENCE = 2


def goes_at(asked: datetime, time_zone: str, holidays: Collection[str]) -> datetime:
    """The same time of day, when so many working days have come where the site is."""
    local = asked.astimezone(ZoneInfo(time_zone))
    day = after_working_days(local.date(), PATIENCE, holidays)
    return datetime.combine(day, local.time(), ZoneInfo(time_zone)).astimezone(asked.tzinfo)
