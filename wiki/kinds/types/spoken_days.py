"""Days as people say them, in the reader's language: "tomorrow", "friday", "next friday", "in 2 weeks", "3 days ago"."""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from wiki import i18n
from wiki.i18n import gettext as _

_UNITS = ("day", "week", "month", "year")


def spoken_day(text: str, today: date) -> date | None:
    """The day that the words mean, or None if they mean none."""
    words = " ".join(text.casefold().replace("’", "'").split()).strip(" .,!")
    near = {_("today"): 0, _("tomorrow"): 1, _("yesterday"): -1}
    for said, days in near.items():
        if words == said.casefold():
            return today + timedelta(days=days)
    return _weekday(words, today) or _distance(words, today)


def nearest_year(month: int, day: int, today: date) -> date | None:
    """The day of that name that is nearest to today; None if no such day is near."""
    found = [made for year in range(today.year - 1, today.year + 2) if (made := _date(year, month, day))]
    return min(found, key=lambda one: abs(one - today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(words: str, today: date) -> date | None:
    """ "friday" and "next friday" are the one that comes, after today; "last friday" the one before today."""
    names = _weekday_names(i18n.language())
    forms = (("%s", 1), (_("next %(day)s"), 1), (_("this %(day)s"), 1), (_("on %(day)s"), 1), (_("last %(day)s"), -1))
    for form, direction in forms:
        shape = re.escape(form.replace("%(day)s", "%s").casefold()).replace("%s", r"(?P<day>[^\W\d_]+)\.?")
        found = re.fullmatch(shape, words)
        if found and found["day"] in names:
            ahead = (names[found["day"]] - today.weekday()) % 7
            return today + timedelta(days=(ahead or 7) if direction > 0 else (ahead - 7))
    return None


def _distance(words: str, today: date) -> date | None:
    """ "in 2 weeks", "2 weeks ago", as the language says them."""
    for shape, unit, sign in _shapes(i18n.language()):
        found = re.fullmatch(shape, words)
        if found and len(found["n"]) < 5:
            return _moved(today, unit, sign * int(found["n"]))
    return None


def _moved(today: date, unit: str, count: int) -> date | None:
    try:
        if unit in ("day", "week"):
            return today + timedelta(days=count * (7 if unit == "week" else 1))
        months = today.year * 12 + today.month - 1 + count * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


@lru_cache
def _weekday_names(language: str) -> dict[str, int]:
    days = i18n.locale().days
    named = [
        (name.casefold().strip("."), number)
        for use in days.values()
        for width in ("wide", "abbreviated")
        for number, name in use.get(width, {}).items()
    ]
    return dict(named)


@lru_cache
def _shapes(language: str) -> tuple[tuple[str, str, int], ...]:
    """Patterns such as "in (number) weeks" for every unit, way and number, from the language's own data."""
    fields = i18n.locale()._data["date_fields"]
    shapes = [
        (_shape(pattern), unit, 1 if way == "future" else -1)
        for unit in _UNITS
        for way in ("future", "past")
        for pattern in fields[unit].get(way, {}).values()
        if isinstance(pattern, str) and "{0}" in pattern
    ]
    return tuple(dict.fromkeys(shapes))


def _shape(pattern: str) -> str:
    return re.escape(pattern.casefold()).replace(r"\{0\}", r"(?P<n>\d+)").replace(r"\ ", r"\s")
