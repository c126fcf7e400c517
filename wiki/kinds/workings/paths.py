"""Reading paths: how many are on one, how long it takes, and whether its steps still lead somewhere."""

from datetime import date
from statistics import median

from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds.record import Record, Value


def people_on_path(record: Record, today: date) -> Value | None:
    """People on it now, of those that the reader may know of (`facts["on_path"]`)."""
    count = record.facts.get("on_path", 0)
    if not count:
        return None
    return Value("people", ngettext("%(count)s person", "%(count)s people", count), "note", count)


def days_to_finish(record: Record, today: date) -> Value | None:
    """The middle one of the times that people took (`facts["finished_in"]`, days)."""
    times = record.facts.get("finished_in") or []
    if not times:
        return None
    days = round(median(times))
    return Value("days", ngettext("%(count)s day", "%(count)s days", days), "quiet", days)


def late_path(record: Record, today: date) -> str | None:
    """A step that leads to a page that no longer counts, or that nobody has looked at in time."""
    pages = record.facts.get("step_pages") or []
    if record.state != "current":
        return None
    if any(word == "over" for word, _day in pages):
        return _("A step leads to a page that no longer counts")
    late = sum(1 for _word, day in pages if day is not None and day < today)
    if late:
        return ngettext(
            "A page of a step was to be looked at again", "%(count)s pages of steps were to be looked at again", late
        )
    return None
