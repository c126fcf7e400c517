"""Days and stretches of time, read as ISO and as people write them in their language."""

import re
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, NoReturn

from wiki import clock, i18n
from wiki.i18n import gettext as _
from wiki.kinds.definition import Column
from wiki.kinds.types.base import BadValue, BadValues, FieldType, Form, Indexed, Namer, Resolver
from wiki.kinds.types.spoken_days import nearest_year, spoken_day
from wiki.kinds.types.texts import a_string

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_EXAMPLE = date(2026, 11, 21)


class Day(FieldType):
    """A day: "2026-11-21"."""

    def read_text(self, field: Column, text: str, resolver: Resolver) -> str | None:
        return read_day(text).isoformat() if text.strip() else None

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> str | None:
        text = a_string(value)
        return iso_day(text) if text else None

    def to_form(self, field: Column, value: Any, namer: Namer) -> dict[str, str | list[str]]:
        return {"": value}

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        return i18n.format_date(value)

    def index(self, field: Column, value: Any) -> list[Indexed]:
        return [Indexed(text=value, date=date.fromisoformat(value))]


class Range(FieldType):
    """From a day until another, or with an open end: {"from": day, "until": day or None}."""

    parts: ClassVar[tuple[str, ...]] = ("from", "until")

    def read_form(self, field: Column, form: Form, name: str, resolver: Resolver) -> dict[str, str | None] | None:
        return self._read({part: form.get(f"{name}.{part}") or "" for part in self.parts}, read_day)

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> dict[str, str | None] | None:
        if value is None or value == {}:
            return None
        if not isinstance(value, dict) or set(value) - set(self.parts):
            raise BadValue(_('Give two days, such as {"from": "2026-11-21", "until": null}.'))
        texts = {part: a_string(value.get(part)) for part in self.parts}
        return self._read(texts, lambda text: date.fromisoformat(iso_day(text)))

    def to_form(self, field: Column, value: Any, namer: Namer) -> dict[str, str | list[str]]:
        return {"from": value["from"], "until": value["until"] or ""}

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        if value["until"] is None:
            return _("from %(day)s", day=i18n.format_date(value["from"]))
        if value["until"] == value["from"]:
            return i18n.format_date(value["from"])
        return f"{i18n.format_date(value['from'])} – {i18n.format_date(value['until'])}"

    def index(self, field: Column, value: Any) -> list[Indexed]:
        until = date.fromisoformat(value["until"]) if value["until"] else None
        return [Indexed(text=value["from"], date=date.fromisoformat(value["from"]), date_end=until)]

    def _read(self, texts: dict[str, str], read: Any) -> dict[str, str | None] | None:
        days: dict[str, date | None] = {}
        problems: list[BadValue] = []
        for part, text in texts.items():
            try:
                days[part] = read(text) if text.strip() else None
            except BadValue as problem:
                problems.append(BadValue(problem.message, part))
        if problems:
            raise BadValues(problems)
        return self._ordered(days["from"], days["until"])

    def _ordered(self, start: date | None, end: date | None) -> dict[str, str | None] | None:
        if start is None and end is None:
            return None
        if start is None:
            raise BadValue(_("Give the first day as well."), "from")
        if end is not None and end < start:
            raise BadValue(_("The last day is before the first; change one of them."), "until")
        return {"from": start.isoformat(), "until": end.isoformat() if end else None}


def iso_day(text: str) -> str:
    """The day in its one stored form. Raises BadValue."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        _refuse()
    return _day(*map(int, text.split("-"))).isoformat()


def read_day(text: str) -> date:
    """A day as ISO, with the language's order of numbers (21.11.2026), with a month's name (then the year may be left
    out: the nearest is meant), or as people say it (in 2 weeks). Raises BadValue."""
    if iso := _ISO.fullmatch(text.strip()):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    tokens = re.findall(r"\d+|[^\W\d_]+", text.casefold())
    numbers = [token for token in tokens if token.isdigit()]
    words = [token for token in tokens if not token.isdigit()]
    months = [month for word in words if (month := _month_names(i18n.language()).get(word))]
    if len(numbers) == 2 and len(months) == 1:
        return _with_month_name(numbers, months[0])
    if len(numbers) == 3 and not words:
        return _by_order("yMd" if len(numbers[0]) == 4 else _order(i18n.language()), numbers)
    today = clock.today(i18n.time_zone())
    if len(numbers) == 1 and len(numbers[0]) <= 2 and len(months) == 1:
        return nearest_year(months[0], int(numbers[0]), today) or _refuse()
    return spoken_day(text, today) or _refuse()


def _with_month_name(numbers: list[str], month: int) -> date:
    day, year = numbers if len(numbers[0]) <= 2 else reversed(numbers)
    return _day(_year(year), month, int(day))


def _by_order(order: str, numbers: list[str]) -> date:
    found = dict(zip(order, numbers, strict=True))
    return _day(_year(found["y"]), int(found["M"]), int(found["d"]))


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        _refuse()


def _refuse() -> NoReturn:
    short = i18n.format_date(_EXAMPLE, "short")
    raise BadValue(_("Write a day that exists, like %(iso)s or %(short)s.", iso=_EXAMPLE.isoformat(), short=short))


@lru_cache
def _order(language: str) -> str:
    pattern = i18n.locale().date_formats["short"].pattern
    return "".join(dict.fromkeys(letter for letter in pattern.replace("L", "M") if letter in "yMd"))


@lru_cache
def _month_names(language: str) -> dict[str, int]:
    months = i18n.locale().months
    named = [
        (name, number)
        for use in months.values()
        for width in ("wide", "abbreviated")
        for number, name in use[width].items()
    ]
    return {name.casefold().strip("."): number for name, number in named}
