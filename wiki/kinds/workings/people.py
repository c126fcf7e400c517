"""Roles, events, organisations: who holds a role, how its time is shared, who is coming, when not to plan."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wiki.i18n import format_date, ngettext
from wiki.i18n import gettext as _
from wiki.kinds.record import Record, Value, day


def vacancy(record: Record, today: date) -> Value:
    """Whether somebody holds the role today."""
    if any(_current(row, today) for row in record.rows("holders") if "person" in row):
        return Value("held", _("Held"), "good", 1)
    return Value("vacant", _("Vacant"), "warn", 0)


def task_shares(record: Record, today: date) -> Value | None:
    """What the shares of the tasks add up to; anything but 100 is worth a look, not more."""
    shares = [row["share"] for row in record.rows("responsibilities") if "share" in row]
    if not shares:
        return None
    total = round(sum(shares), 2)
    whole = total == 100
    return Value(
        "whole" if whole else "not_whole", _("%(number)s %%", number=f"{total:g}"), "good" if whole else "note", total
    )


def collaborative_share(record: Record, today: date) -> Value | None:
    """The share of the tasks that are collaboration, beside the time that was set aside for it."""
    rows = [row for row in record.rows("responsibilities") if row.get("collaborative") == "yes"]
    if not rows:
        return None
    total = round(sum(row.get("share", 0) for row in rows), 2)
    agreed = record.fields.get("time_share")
    if agreed is None:
        return Value("tasks", _("%(number)s %%", number=f"{total:g}"), "quiet", total)
    text = _("%(tasks)s %% in the tasks, %(agreed)s %% agreed", tasks=f"{total:g}", agreed=f"{agreed:g}")
    return Value("more" if total > agreed else "fits", text, "warn" if total > agreed else "good", total)


def taper_late(record: Record, row: Mapping[str, Any], today: date) -> Value | None:
    """Says so if support was to change by a day that has passed, and has not."""
    by = day(row.get("by"))
    if by is None or by >= today or row.get("then") in (None, row.get("now")):
        return None
    return Value("late", _("Was to change by %(date)s", date=format_date(by)), "warn", 0)


def late_tapers(record: Record, today: date) -> Value:
    late = sum(taper_late(record, row, today) is not None for row in record.rows("backbone_support"))
    if not late:
        return Value("none", _("None"), "good", 0)
    return Value(
        "late",
        ngettext("%(count)s support is late to change", "%(count)s supports are late to change", late),
        "warn",
        late,
    )


def signed_up(record: Record, today: date) -> Value | None:
    """How many are coming, and how many wait for a place; once it is ticked, how many came."""
    known = record.facts.get("signups", {})
    if "came" in known or "missed" in known:
        came = known.get("came", 0)
        return Value("came", ngettext("%(count)s came", "%(count)s came", came), "quiet", came)
    coming, waiting = known.get("in", 0), known.get("waiting", 0)
    if not coming and not waiting:
        return None
    if waiting:
        return Value("waiting", _("%(coming)s in, %(waiting)s waiting", coming=coming, waiting=waiting), "note", coming)
    return Value("in", _("%(coming)s in", coming=coming), "quiet", coming)


def places_left(record: Record, today: date) -> Value | None:
    """How many places nobody has yet, while people can sign up."""
    places = record.fields.get("places")
    if record.state != "open" or places is None:
        return None
    left = max(0, int(places) - record.facts.get("signups", {}).get("in", 0))
    if not left:
        return Value("none", _("None"), "warn", 0)
    return Value("some", _("%(left)s of %(places)s", left=left, places=int(places)), "good", left)


def quiet_now(record: Record, today: date) -> Value | None:
    """The quiet period of an organisation that is now, or the next one; None if it has named none to come."""
    periods = [period for row in record.rows("quiet_periods") if (period := _period(row, today))]
    if not periods:
        return None
    start, end = min(periods)
    if start <= today:
        return Value("now", _("Quiet until %(date)s", date=format_date(end)), "warn", 0)
    text = _("Next quiet: %(start)s – %(end)s", start=format_date(start), end=format_date(end))
    return Value("later", text, "quiet", (start - today).days)


def late_role(record: Record, today: date) -> str | None:
    if record.state == "in_use" and vacancy(record, today).key == "vacant":
        return _("Nobody holds the role")
    if any(taper_late(record, row, today) for row in record.rows("backbone_support")):
        return _("Support was to change and has not")
    return None


def late_event(record: Record, today: date) -> str | None:
    days = record.days_in_state(today)
    if record.state == "held" and days is not None and days > 14:
        return _("Held %(days)s days ago and not reported", days=days)
    return None


def _current(row: Mapping[str, Any], today: date) -> bool:
    start, end = day(row.get("from")), day(row.get("to"))
    return (start is None or start <= today) and (end is None or end >= today)


def _period(row: Mapping[str, Any], today: date) -> tuple[date, date] | None:
    """The next time that a quiet period ends today or later."""
    start, end = day(row.get("from")), day(row.get("until"))
    if start is None or end is None or end < start:
        return None
    while row.get("every_year") == "yes" and end < today:
        start, end = _next_year(start), _next_year(end)
    return (start, end) if end >= today else None


def _next_year(one: date) -> date:
    try:
        return one.replace(year=one.year + 1)
    except ValueError:  # 29 February
        return one + timedelta(days=366)
