"""Agreements, promises and decisions: what holds, what was kept, what still stands."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wiki.i18n import format_date
from wiki.i18n import gettext as _
from wiki.kinds.record import Record, Value
from wiki.kinds.types.base import Ref
from wiki.kinds.workings.standings import REPLACED, promise_status

NOTICE_DAYS = 90
OVER = frozenset({"ended", "withdrawn", "closed", "wound_up", "cancelled"})
TROUBLE = frozenset({"disputed", "overdue", "in_trouble"})
HONOURED = frozenset({"honoured_confirmed", "reported_honoured_not_yet_confirmed"})


def standing(record: Record, today: date) -> Value:
    """How an agreement stands: not_yet, in_force, ends_soon, lapsed, replaced or ended."""
    if record.state in REPLACED:
        later = record.later()
        text = _("Replaced by %(title)s", title=later[-1].name) if later else _("Replaced")
        return Value("replaced", text, "quiet", about=Ref(later[-1].page) if later else None)
    if record.state in OVER:
        return Value("ended", _("Ended"), "quiet")
    if record.state not in ("in_force", "under_review"):
        return Value("not_yet", _("Not yet in force"), "quiet")
    until = record.ends("term")
    if until and until < today:
        return Value("lapsed", _("Lapsed on %(date)s", date=format_date(until)), "bad")
    if until and (until - today).days <= record.fields.get("notice_days", NOTICE_DAYS):
        return Value("ends_soon", _("Ends on %(date)s", date=format_date(until)), "warn")
    return Value("in_force", _("In force"), "good")


def commitment_standing(record: Record, row: Mapping[str, Any], today: date) -> Value:
    """How a promise stands, in the eyes of those it was made to; the first that is true."""
    key = promise_status(record.state, row, today)
    if key == "overdue":
        return Value(key, _("Overdue since %(date)s", date=format_date(row["due"])), "bad", 1)
    text, tone, place = _promise_words()[key]
    return Value(key, text, tone, place)


def _promise_words() -> dict[str, tuple[str, str, int]]:
    """Key -> words, tone, place in the order of what to look at first."""
    return {
        "disputed": (_("Disputed"), "bad", 0),
        "in_trouble": (_("In trouble"), "bad", 2),
        "not_checked_lately": (_("Not checked lately"), "warn", 3),
        "reported_honoured_not_yet_confirmed": (_("Reported honoured, not yet confirmed"), "note", 4),
        "on_track": (_("On track"), "good", 5),
        "not_yet_triggered": (_("Not yet triggered"), "quiet", 6),
        "honoured_confirmed": (_("Honoured, confirmed"), "good", 7),
        "released": (_("Released"), "quiet", 8),
        "replaced": (_("Replaced"), "quiet", 9),
    }


def promises(record: Record, today: date) -> Value | None:
    """The live promises of a page: how many, honoured, on track, in trouble."""
    keys = [commitment_standing(record, row, today).key for row in record.rows("commitments")]
    live = [key for key in keys if key not in ("released", "replaced")]
    if not live:
        return None
    honoured = sum(key in HONOURED for key in live)
    trouble = sum(key in TROUBLE for key in live)
    counts = {"total": len(live), "honoured": honoured, "track": len(live) - honoured - trouble, "trouble": trouble}
    text = _("%(total)s: %(honoured)s honoured, %(track)s on track, %(trouble)s in trouble", **counts)
    return Value("in_trouble" if trouble else "kept", text, "warn" if trouble else "good", -trouble)


def completeness(record: Record, today: date) -> Value:
    """Which of who, why, what, how and ending an agreement says already."""
    parts = {
        _("who"): ("parties",),
        _("why"): ("purpose",),
        _("what"): ("commitments",),
        _("how"): ("decision_method", "roles", "accountability", "conflict_resolution"),
        _("ending"): ("ending",),
    }
    lacking = [part for part, keys in parts.items() if not any(record.fields.get(key) for key in keys)]
    if not lacking:
        return Value("complete", _("Says who, why, what, how and ending"), "good", 5)
    text = _("Still to write: %(parts)s", parts=", ".join(lacking))
    return Value("incomplete", text, "note", len(parts) - len(lacking))


def late_group(record: Record, today: date) -> str | None:
    end = record.ends("term")
    if record.state == "in_use" and end and end < today:
        return _("The terms ended on %(date)s", date=format_date(end))
    return None


def late_partnership(record: Record, today: date) -> str | None:
    """Why a partnership is late: nobody speaks for a partner, or a stage has been open for half a year."""
    days = record.days_in_state(today)
    if record.state in ("connect", "begin") and days is not None and days > 180:
        return _("In this stage for %(days)s days", days=days)
    here = [row for row in record.rows("partners") if "left" not in row and row.get("part") != "invited"]
    if record.state in ("implement", "monitor") and any("representative" not in row for row in here):
        return _("Nobody is named who speaks for a partner")
    return None
