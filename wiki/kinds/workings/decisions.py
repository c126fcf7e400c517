"""Decisions: whether one still stands, and why it is late."""

from datetime import date

from wiki.i18n import format_date
from wiki.i18n import gettext as _
from wiki.kinds.record import Record, Value
from wiki.kinds.types.base import Ref
from wiki.kinds.workings.standings import REPLACED


def still_stands(record: Record, today: date) -> Value:
    """Whether a decision still stands: the banner of its page.

    What replaced it is named to those who may see it; for the others it is replaced, whether there is such a page or not.
    """
    if record.state in ("draft", "proposed"):
        return Value("not_decided", _("Not decided yet"), "quiet", 4)
    if record.state == "rejected":
        return Value("rejected", _("Rejected"), "quiet", 7)
    if record.state == "retired":
        return Value("retired", _("Retired: it no longer applies"), "quiet", 6)
    later = record.later()
    if later:
        text = _("Replaced by %(title)s", title=later[-1].name)
        return Value("replaced", text, "warn", 5, about=Ref(later[-1].page))
    if record.state in REPLACED:
        return Value("replaced", _("Replaced"), "warn", 5)
    if condition_met(record):
        return Value("condition_met", _("Stands; the condition for a new look has occurred"), "warn", 1)
    if record.review_due and record.review_due < today:
        return Value("review_overdue", _("Stands; the next look is overdue"), "warn", 2)
    return Value("stands", _("Stands"), "good", 3)


def condition_met(record: Record) -> bool:
    """Whether somebody has reported that it is time to look again, and nobody has answered yet."""
    return record.fields.get("condition_met") == "yes"


def late_decision(record: Record, today: date) -> str | None:
    days = record.days_in_state(today)
    bring_in, decided = record.day("bring_partners_in_by"), record.day("decided_on")
    if record.state == "proposed" and days is not None and days > 30:
        return _("Proposed %(days)s days ago", days=days)
    if record.state == "accepted" and condition_met(record):
        return _("The condition for a new look has occurred")
    if record.state in ("proposed", "accepted") and bring_in and bring_in < today:
        return _("Partners were to be brought in by %(date)s", date=format_date(bring_in))
    if record.state == "accepted" and "check" not in record.fields and decided and (today - decided).days > 30:
        return _("It is not said how we will see that it was done")
    return None
