"""Days of a rhythm, counted generously, so that nothing is late on the day it is due."""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import islice

DAYS = {"weekly": 7, "monthly": 31, "quarterly": 92, "half_yearly": 183, "yearly": 366, "two_yearly": 731}
#: Nothing waits longer, whatever somebody calls a holiday.
MOST_DAYS = 60


def working_days(start: date, end: date) -> int:
    """Days from Monday to Friday after `start`, up to and with `end`; negative if `end` is before."""
    if end < start:
        return -working_days(end, start)
    weeks, rest = divmod((end - start).days, 7)
    return weeks * 5 + sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))


def is_working_day(day: date, holidays: Collection[str] = ()) -> bool:
    """Whether it is a day from Monday to Friday and no holiday; holidays are "2026-12-25", or "12-25" in every year."""
    return day.weekday() < 5 and day.isoformat() not in holidays and f"{day:%m-%d}" not in holidays


def after_working_days(start: date, count: int, holidays: Collection[str] = ()) -> date:
    """The day that comes when `count` working days after `start` have come."""
    coming = (start + timedelta(days=n) for n in range(1, MOST_DAYS))
    working = (day for day in coming if is_working_day(day, holidays))
    return next(islice(working, count - 1, None), start + timedelta(days=MOST_DAYS))
