"""Since when a page is late: what the rules of the kinds do not say, because they only know whether it is late on a day."""

from datetime import date, timedelta

from wiki.kinds.computed import late
from wiki.kinds.record import Record

#: How far back it is looked for, in days.
FAR_BACK = 3660
_DAY = timedelta(days=1)
_ENTERED = ""
#: Where the day on which a page was due usually lies: so many days after a day or the end of a range, or after it came into
#: its state. Nothing is wrong if it lies elsewhere, or if a rule changes: then it is searched for, which takes longer.
USUAL = {
    ("agreement", "in_force"): ("term", 0),
    ("agreement", "under_review"): ("term", 0),
    ("decision", "accepted"): ("decided_on", 30),
    ("decision", "proposed"): (_ENTERED, 30),
    ("evaluation", "agreed"): (_ENTERED, 60),
    ("evaluation", "planned"): ("period", 0),
    ("event", "held"): (_ENTERED, 14),
    ("handover", "accepted"): (_ENTERED, 30),
    ("handover", "ready"): ("last_day", 0),
    ("handover", "with_successor"): ("last_day", 0),
    ("howto", "current"): ("last_tested", 366),
    ("lesson", "shared"): (_ENTERED, 90),
    ("meeting", "held"): ("date", 7),
    ("meeting", "planned"): ("date", 0),
    ("needs_assessment", "under_way"): (_ENTERED, 90),
    ("partnership", "begin"): (_ENTERED, 180),
    ("partnership", "connect"): (_ENTERED, 180),
    ("practice", "shared"): (_ENTERED, 180),
    ("progress_report", "draft"): ("period", 14),
    ("progress_report", "shared"): (_ENTERED, 14),
    ("terms_of_reference", "in_use"): ("term", 0),
    **{
        (f"{plan}_plan", state): ("period", 0)
        for plan in ("action", "communication", "financial", "strategic")
        for state in ("current", "under_review")
    },
}
#: Of every kind that partners agree to together.
_WAITS = (_ENTERED, 30)


def late_since(record: Record, today: date) -> str | None:
    """The day on which a page that is late was due, its last good day; None if it was late ten years ago: then something is
    missing rather than past."""
    due = _usual(record)
    if (
        due is not None
        and 0 < (today - due).days <= FAR_BACK
        and late(record, due) is None
        and late(record, due + _DAY)
    ):
        return due.isoformat()
    return _searched(record, today)


def _usual(record: Record) -> date | None:
    if record.state == "out_for_endorsement":
        key, days = _WAITS
    else:
        key, days = USUAL.get((record.kind, record.state), (_ENTERED, -1))
    if days < 0:
        return None
    since = record.entered.get(record.state) if key == _ENTERED else _last_day(record, key)
    return since + timedelta(days=days) if since is not None and since.year < date.max.year else None


def _last_day(record: Record, key: str) -> date | None:
    return record.ends(key) if isinstance(record.fields.get(key), dict) else record.day(key)


def _searched(record: Record, today: date) -> str | None:
    """By halves: some twelve questions."""
    low, high = 0, FAR_BACK
    if late(record, today - timedelta(days=high)) is not None:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if late(record, today - timedelta(days=middle)) is not None:
            low = middle
        else:
            high = middle
    return (today - timedelta(days=high)).isoformat()
