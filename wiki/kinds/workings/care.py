"""Whether a page is looked after, and whether everybody has agreed to it."""

from datetime import date

from wiki.i18n import format_date, ngettext
from wiki.i18n import gettext as _
from wiki.kinds.record import Record, Value

SOON = 30
ANSWERED = frozenset({"agreed", "agreed_with_conditions", "not_needed"})
#: States of an owner in which nobody looks after the page.
GONE = frozenset({"", "left", "uncovered"})


def freshness(record: Record, today: date) -> Value:
    """fresh, due_soon (30 days or less), overdue, not_set, or orphan: nobody is there to look."""
    if record.owner_state in GONE:
        return Value("orphan", _("Nobody keeps this right"), "bad", -10_000)
    due = record.review_due
    if due is None:
        return Value("not_set", _("No next look set"), "quiet", 10_000)
    left = (due - today).days
    if left < 0:
        return Value("overdue", _("Look was due %(date)s", date=format_date(due)), "warn", left)
    if left <= SOON:
        return Value("due_soon", _("Next look by %(date)s", date=format_date(due)), "note", left)
    return Value("fresh", _("Looked at, still right"), "good", left)


def endorsed(record: Record, today: date) -> Value | None:
    """How many of those who were asked have agreed; answers that are not needed do not count."""
    asked = [row for row in record.rows("endorsements") if row.get("answer") != "not_needed"]
    if not asked:
        return None
    agreed = sum(row.get("answer") in ANSWERED for row in asked)
    text = _("Agreed by %(agreed)s of %(asked)s", agreed=agreed, asked=len(asked))
    if agreed == len(asked):
        return Value("all", text, "good", 1.0)
    return Value("some" if agreed else "none", text, "note", agreed / len(asked))


def waiting_for_answers(record: Record, today: date) -> str | None:
    """Why a joint page is late: it was sent for endorsement more than 30 days ago and answers are missing."""
    days = record.days_in_state(today) if record.state == "out_for_endorsement" else None
    if days is None or days <= SOON:
        return None
    waiting = sum(row.get("answer", "asked") == "asked" for row in record.rows("endorsements"))
    if not waiting:
        return None
    return ngettext(
        "%(count)s answer has been awaited for %(days)s days",
        "%(count)s answers have been awaited for %(days)s days",
        waiting,
        days=days,
    )
