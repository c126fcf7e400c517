"""What the page of an event says of it, as sign-ups, calendars and reminders need it."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wiki.i18n import N_, format_date
from wiki.i18n import gettext as _
from wiki.models import Page

KIND = "event"
IDEA, PLANNED, OPEN, HELD, REPORTED, CANCELLED = "idea", "planned", "open", "held", "reported", "cancelled"
#: Parts of an event that stand in people's calendars, as mails call them.
PARTS = {
    "title": N_("title"),
    "day": N_("day"),
    "time": N_("time of day"),
    "place": N_("place"),
    "mode": N_("on site or online"),
}
_CLOCK = re.compile(
    r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-3])\s?(?:[:.]|h)\s?(?P<minute>[0-5]\d)(?!\d)\s*(?P<half>[ap]\.?m\b\.?)?", re.I
)


@dataclass(frozen=True)
class Plan:
    """An event. `begins` and `ends` are times of its first day, if it is one day and says them; `words` are the times as they were written."""

    page_id: int
    title: str
    state: str
    archived: bool = False
    first: date | None = None
    last: date | None = None
    begins: time | None = None
    ends: time | None = None
    words: str = ""
    place: str = ""
    mode: str = ""
    places: int | None = None
    sign_up_by: date | None = None

    @property
    def over_after(self) -> date | None:
        """The last day on which somebody can still join or leave: the first, or the last of what people do at their own pace."""
        return self.last if self.mode == "self_paced" else self.first

    def is_coming(self, today: date) -> bool:
        """Whether it is still to be, as far as anybody knows: people can leave it, and move up for those who left."""
        ends = self.over_after
        return self.state in (PLANNED, OPEN) and not self.archived and (ends is None or today <= ends)

    def is_open(self, today: date) -> bool:
        """Whether people can sign up."""
        return self.state == OPEN and self.is_coming(today) and (self.sign_up_by is None or today <= self.sign_up_by)

    def starts(self, time_zone: str) -> datetime | None:
        """When it begins, if it says a time."""
        return _moment(self.first, self.begins, time_zone)

    def stops(self, time_zone: str) -> datetime | None:
        return _moment(self.first, self.ends, time_zone)

    def entry(self) -> str:
        """What people's calendars were told: changes when any of PARTS does."""
        day = f"{self.first} {self.last}"
        clock = f"{self.begins} {self.ends}" if self.begins else self.words
        return ".".join(_short(part) for part in (self.title, day, clock, self.place, self.mode))


def changed_parts(before: str, after: str) -> list[str]:
    """Which of PARTS two entries of a calendar differ in."""
    then, now = before.split("."), after.split(".")
    return [key for key, old, new in zip(PARTS, then, now, strict=False) if old != new]


def plan_of(page: Page, fields: Mapping[str, Any]) -> Plan:
    """The plan that the present content of a page makes."""
    days = fields.get("dates") or {}
    first, last = _day(days.get("from")), _day(days.get("until"))
    words = str(fields.get("time", ""))
    begins, ends = clock_times(words) if first is not None and last in (None, first) else (None, None)
    places = fields.get("places")
    return Plan(
        page_id=page.id,
        title=page.title,
        state=page.state,
        # a page as its readers get it has no column for that: it is not deleted
        archived=page.archived_at is not None or getattr(page, "deleted_at", None) is not None,
        first=first,
        last=last or first,
        begins=begins,
        ends=ends,
        words=words,
        place=str(fields.get("place", "")),
        mode=str(fields.get("mode", "")),
        places=int(places) if places is not None else None,
        sign_up_by=_day(fields.get("sign_up_by")),
    )


def planned(fields: Mapping[str, Any], state: str) -> Plan:
    """The days that a form holds, of an event that is in some state or not there yet."""
    days = fields.get("dates") or {}
    first, last = _day(days.get("from")), _day(days.get("until"))
    return Plan(0, "", state, first=first, last=last or first)


def clock_times(words: str) -> tuple[time | None, time | None]:
    """From when until when, if words such as "9:00 to 15:00" or "1.30 pm" say so."""
    found = [_time(match) for match in _CLOCK.finditer(words)]
    begins = found[0] if found else None
    ends = found[1] if len(found) == 2 else None
    return begins, ends if begins is not None and ends is not None and ends > begins else None


def why_closed(plan: Plan, today: date) -> str:
    """Why nobody can sign up, in the reader's language; "" while they can."""
    if plan.archived:
        return _("This page is in the archive.")
    if plan.state in (IDEA, PLANNED):
        return _("Sign-up is not open yet.")
    if plan.state == CANCELLED:
        return _("It was cancelled.")
    if plan.state in (HELD, REPORTED):
        return _("It has taken place.")
    if not plan.is_coming(today):
        return _("Its day has passed.")
    if plan.sign_up_by is not None and today > plan.sign_up_by:
        return _("People could sign up until %(date)s.", date=format_date(plan.sign_up_by))
    return ""


def in_words(plan: Plan, style: str = "medium") -> str:
    """Its day or days, and its times as they were written."""
    if plan.first is None:
        return plan.words
    days = format_date(plan.first, style)
    if plan.last is not None and plan.last != plan.first:
        days = _("%(first)s to %(last)s", first=days, last=format_date(plan.last, style))
    return f"{days}, {plan.words}" if plan.words else days


def _moment(day: date | None, at: time | None, time_zone: str) -> datetime | None:
    if day is None or at is None:
        return None
    return datetime.combine(day, at, ZoneInfo(time_zone))


def _time(match: re.Match[str]) -> time:
    hour, half = int(match["hour"]), (match["half"] or "")[:1].lower()
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return time(hour, int(match["minute"]))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]
