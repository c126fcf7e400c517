"""Days of a rhythm, counted generously, so that nothing is late on the day it is due."""

from datetime import date, timedelta

DAYS = {"weekly": 7, "monthly": 31, "quarterly": 92, "half_yearly": 183, "yearly": 366, "two_yearly": 731}


def working_days(start: date, end: date) -> int:
    """Days from Monday to Friday after `start`, up to and with `end`; negative if `end` is before."""
    if end < start:
        return -working_days(end, start)
    weeks, rest = divmod((end - start).days, 7)
    return weeks * 5 + sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
