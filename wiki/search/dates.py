"""Days and months in texts, in whatever language they are written: "12 March 2024", "le 1er mars 2024", "2024-03-12".

The index holds them as one number as well (`20240312`, `202403`), so that each way to write a day finds all the others.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.dates import get_month_names

from wiki.search.letters import fold

#: Languages whose names of months are known.
LANGUAGES = tuple("en fr es pt de it nl sv nb da fi ru ca pl cs ro hu tr el uk et lt lv sl hr id eu ga cy".split())

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?![\d])")
_NAME = r"(?P<name>[^\W\d_]{3,12})"
_DAY = r"(?P<day>[0-3]?\d)"
#: What stands before the year, each up to its end.
_BEFORE = (
    re.compile(
        rf"(?<!\d){_DAY}(?:\.|er|st|nd|rd|th|º|ª|:e|o)?\s+(?:de\s+|d['’]\s*|of\s+)?{_NAME}\.?,?\s+(?:del?\s+)?$"
    ),
    re.compile(rf"{_NAME}\.?\s+{_DAY}(?:\.|st|nd|rd|th)?,?\s+$"),
    re.compile(rf"(?<![\d.]){_DAY}\.\s?(?P<month>[01]?\d)\.\s?$"),
    re.compile(rf"(?<![\d/-]){_DAY}(?P<sign>[/-])(?P<month>[0-3]?\d)(?P=sign)$"),
    re.compile(rf"{_NAME}\.?,?\s+(?:del?\s+)?$"),
)
#: What stands behind the year.
_BEHIND = (
    re.compile(r"-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(r"-(?P<month>\d\d)(?![\d-])"),
    re.compile(r"\s?年\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?"),
    re.compile(r"\s?년\s?(?P<month>\d{1,2})\s?월(?:\s?(?P<day>\d{1,2})\s?일)?"),
)
#: Characters before a year that are looked at.
_LOOKED_AT = 32


class Found(NamedTuple):
    """A day, or a month if there is no `day`, and where it stands."""

    year: int
    month: int
    day: int | None
    start: int
    end: int

    @property
    def terms(self) -> tuple[str, ...]:
        """What the index holds of it: the day, and the month it is in."""
        month = f"{self.year}{self.month:02}"
        return (f"{month}{self.day:02}", month) if self.day else (month,)

    @property
    def iso(self) -> str:
        return f"{self.year}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


def found(text: str) -> Iterator[Found]:
    """The days and months in a text, in their order."""
    for year in _YEAR.finditer(text):
        one = _behind(text, year) or _before(text, year)
        if one:
            yield one


def in_one_way(text: str) -> str:
    """The text with all its days and months as "2024-03-12" and "2024-03"."""
    pieces, end = [], 0
    for one in found(text):
        if one.start >= end:
            pieces += [text[end : one.start], one.iso]
            end = one.end
    return "".join([*pieces, text[end:]])


def _behind(text: str, year: re.Match[str]) -> Found | None:
    for pattern in _BEHIND:
        match = pattern.match(text, year.end())
        if match:
            day = match.groupdict().get("day")
            return _real(int(year[0]), int(match["month"]), int(day) if day else None, year.start(), match.end())
    return None


def _before(text: str, year: re.Match[str]) -> Found | None:
    start = max(0, year.start() - _LOOKED_AT)
    before = text[start : year.start()]
    for pattern in _BEFORE:
        match = pattern.search(before)
        if not match:
            continue
        parts = match.groupdict()
        month = int(parts["month"]) if parts.get("month") else months().get(fold(parts["name"]))
        if month:
            day = int(parts["day"]) if parts.get("day") else None
            one = _real(int(year[0]), month, day, start + match.start(), year.end())
            if one:
                return one
    return None


def _real(year: int, month: int, day: int | None, start: int, end: int) -> Found | None:
    """None for a day that is in no calendar; "3/28/2024" can only be the 28th of March."""
    if day is not None and month > 12 >= day:
        month, day = day, month
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return Found(year, month, day, start, end)


@cache
def months() -> dict[str, int]:
    """Names and short names of months, folded. Where two languages disagree, the one that stands first in LANGUAGES is right."""
    known: dict[str, int] = {}
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    known.setdefault(fold(name).strip(". "), number)
    return {name: number for name, number in known.items() if len(name) >= 3 and name.isalpha()}
