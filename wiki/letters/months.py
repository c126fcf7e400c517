"""Months, as letters are about them: whole ones of the calendar, by the clock of the site."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wiki.i18n import format_month

_KEY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
#: Before this no letter is thought of; later years have no last day that a program knows.
FIRST_YEAR, LAST_YEAR = 1990, 9000


@dataclass(frozen=True, order=True)
class Month:
    """One month of the calendar."""

    year: int
    number: int

    @property
    def key(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def next(self) -> "Month":
        return month_of(self.first + timedelta(days=31))

    @property
    def before(self) -> "Month":
        return month_of(self.first - timedelta(days=1))

    @property
    def label(self) -> str:
        """Its name with the year, as the reader writes it."""
        return format_month(self.first.isoformat())

    def begin(self, zone: str) -> datetime:
        """The first moment of it, where the site is."""
        return datetime.combine(self.first, time(), ZoneInfo(zone)).astimezone(UTC)


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def read_month(key: str) -> Month | None:
    """The month of "2026-10"; None for anything else."""
    found = _KEY.fullmatch(key) if key.isascii() else None
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    return Month(int(found[1]), int(found[2]))
