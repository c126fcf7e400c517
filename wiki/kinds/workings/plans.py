"""Plans: what is late, what does not hang together, what still keeps a goal from being a good one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wiki.i18n import format_date, ngettext
from wiki.i18n import gettext as _
from wiki.kinds.record import Record, Value, day
from wiki.kinds.workings.rhythm import DAYS
from wiki.kinds.workings.standings import action_status


@dataclass(frozen=True)
class Flag:
    """Something to look at: in which table, in which row ("" = the table), what."""

    table: str
    row: str
    text: str


def action_standing(record: Record, row: Mapping[str, Any], today: date) -> Value:
    """How an action stands: done, done_late, dropped, overdue, due_in_7_days, waiting, doing or open."""
    key = action_status(row, today)
    if key == "overdue":
        return Value(key, _("Overdue since %(date)s", date=format_date(row["due"])), "bad", 0)
    if key == "due_in_7_days":
        return Value(key, _("Due by %(date)s", date=format_date(row["due"])), "warn", 1)
    words = {
        "waiting": (_("Waiting"), "note", 2),
        "doing": (_("Doing"), "note", 3),
        "done_late": (_("Done late"), "note", 5),
        "done": (_("Done"), "good", 6),
        "dropped": (_("Dropped"), "quiet", 7),
    }
    text, tone, place = words.get(key, (_("Open"), "quiet", 4))
    return Value(key, text, tone, place)


def activity_late(record: Record, row: Mapping[str, Any], today: date) -> Value | None:
    """Says so if an activity should have ended, or begun."""
    if row.get("status", "not_started") in ("done", "stopped"):
        return None
    dates = row.get("dates") or {}
    until, start = day(dates.get("until")), day(dates.get("from"))
    if until and until < today:
        return Value("late", _("Should have ended on %(date)s", date=format_date(until)), "bad", 0)
    if start and start < today and row.get("status", "not_started") == "not_started":
        return Value("not_begun", _("Should have begun on %(date)s", date=format_date(start)), "warn", 1)
    return None


def plan_flag_list(record: Record) -> list[Flag]:
    """What does not hang together in an action plan, as far as the plan itself shows it."""
    return [*_outcome_flags(record), *_source_flags(record), *_contribution_flags(record), *_gap_flags(record)]


def plan_flags(record: Record, today: date) -> Value:
    flags = plan_flag_list(record)
    if not flags:
        return Value("none", _("Hangs together"), "good", 0)
    stop = any(flag.table == "gaps" for flag in flags)
    text = ngettext("%(count)s thing to look at", "%(count)s things to look at", len(flags))
    return Value("can_stop_us" if stop else "some", text, "bad" if stop else "warn", len(flags))


def goal_smart(record: Record, row: Mapping[str, Any], today: date) -> Value:
    """Which of the five parts of a good goal are still empty."""
    parts = {
        _("specific"): "specific",
        _("measurable"): "measure",
        _("ambitious"): "ambition",
        _("realistic"): "realistic_because",
        _("dated"): "by",
    }
    lacking = [part for part, column in parts.items() if column not in row]
    if not lacking:
        return Value("smart", _("All five parts"), "good", 5)
    return Value("parts_missing", _("Still open: %(parts)s", parts=", ".join(lacking)), "note", 5 - len(lacking))


def smart_goals(record: Record, today: date) -> Value | None:
    goals = record.rows("goals")
    if not goals:
        return None
    whole = sum(goal_smart(record, row, today).key == "smart" for row in goals)
    text = _("%(count)s of %(total)s", count=whole, total=len(goals))
    return Value("all" if whole == len(goals) else "some", text, "good" if whole == len(goals) else "note", whole)


def audience_late(record: Record, row: Mapping[str, Any], today: date) -> Value | None:
    """Says so if an audience has heard nothing for one and a half times its rhythm."""
    every, last = DAYS.get(row.get("how_often", "")), day(row.get("last_done"))
    if every is None or last is None or today <= last + timedelta(days=every * 3 // 2):
        return None
    return Value("late", _("Nothing since %(date)s", date=format_date(last)), "warn", 0)


def late_audiences(record: Record, today: date) -> Value:
    late = sum(audience_late(record, row, today) is not None for row in record.rows("audiences"))
    if not late:
        return Value("none", _("None"), "good", 0)
    return Value("late", ngettext("%(count)s audience waits", "%(count)s audiences wait", late), "warn", late)


def late_plan(record: Record, today: date) -> str | None:
    """Why a plan is late: it ended and is still current, an activity is overdue, an audience waits."""
    if record.state not in ("current", "under_review"):
        return None
    end = record.ends("period")
    if end and end < today:
        return _("The period ended on %(date)s", date=format_date(end))
    if any((late := activity_late(record, row, today)) and late.key == "late" for row in record.rows("activities")):
        return _("An activity should have ended")
    if any(audience_late(record, row, today) for row in record.rows("audiences")):
        return _("An audience has waited too long")
    return None


def _outcome_flags(record: Record) -> Iterator[Flag]:
    served = {(row.get("outcome") or {}).get("row") for row in record.rows("activities")}
    if record.rows("outcomes") and not record.fields.get("measures"):
        yield Flag("outcomes", "", _("No measure says whether the outcomes are moving"))
    for row in record.rows("outcomes"):
        if row["id"] not in served:
            yield Flag("outcomes", row["id"], _("No activity serves this outcome"))


def _source_flags(record: Record) -> Iterator[Flag]:
    for row in record.rows("activities"):
        if not row.get("came_from"):
            yield Flag("activities", row["id"], _("It is not said what this activity came from"))


def _contribution_flags(record: Record) -> Iterator[Flag]:
    ways: dict[Any, set[str]] = {}
    for row in record.rows("contributions"):
        ways.setdefault(row.get("org"), set()).add(row.get("newness", ""))
        if row.get("certainty") == "cannot_promise":
            yield Flag("contributions", row["id"], _("Nobody can promise this"))
    if any(org and seen == {"already_doing"} for org, seen in ways.items()):
        yield Flag("contributions", "", _("A partner brings only what it does anyway"))


def _gap_flags(record: Record) -> Iterator[Flag]:
    for row in record.rows("gaps"):
        if row.get("without_it") == "cannot_reach" and row.get("status", "open") == "open":
            yield Flag("gaps", row["id"], _("This can stop us"))
