"""How a promise and an action stand on a day: the key of the first rule that is true.

Stored days are ISO texts, so that they are compared as texts: a register asks this of thousands of rows.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from wiki.kinds.workings.rhythm import DAYS

REPLACED = frozenset({"superseded", "replaced"})
#: An action is due soon for that many days, and waits too long after that many.
SOON, WAITING = 7, 14


def promise_status(state: str, row: Mapping[str, Any], today: date) -> str:
    """`state` is that of the page on which the promise stands."""
    status, view, due = row.get("status"), row.get("receiver_view"), row.get("due")
    if state in REPLACED:
        return "replaced"
    if status == "released":
        return "released"
    if view == "disagrees":
        return "disputed"
    if status == "honoured":
        return "honoured_confirmed" if view == "confirmed" else "reported_honoured_not_yet_confirmed"
    if due and due < today.isoformat():
        return "overdue"
    if status == "delivery_issue":
        return "in_trouble"
    if status == "not_yet_triggered":
        return "not_yet_triggered"
    return "not_checked_lately" if not_checked(row, today) else "on_track"


def not_checked(row: Mapping[str, Any], today: date) -> bool:
    """Whether nobody looked at the promise within its rhythm, half a year if none is said."""
    checked = row.get("last_checked")
    return not checked or checked < _oldest(today).get(row.get("check_every", ""), _oldest(today)["half_yearly"])


@lru_cache(maxsize=64)
def _oldest(today: date) -> dict[str, str]:
    """The earliest day that is still within a rhythm."""
    return {rhythm: (today - timedelta(days=days)).isoformat() for rhythm, days in DAYS.items()}


def action_status(row: Mapping[str, Any], today: date, touched: date | None = None, holder_gone: bool = False) -> str:
    """`touched` is the day on which its page last changed: what waits has waited at least since then."""
    status, due = row.get("status", "open"), row.get("due")
    if status == "done":
        done = row.get("done_on")
        return "done_late" if due and done and done > due else "done"
    if status == "dropped":
        return "dropped"
    if due and due < today.isoformat():
        return "overdue"
    if due and due <= (today + timedelta(days=SOON)).isoformat():
        return "due_in_7_days"
    if status == "waiting" and touched is not None and (today - touched).days > WAITING:
        return "waiting_14_days"
    if holder_gone:
        return "holder_left"
    return str(status)
