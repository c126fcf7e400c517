"""Risks: how large, whether those who would bear them have looked, whether anybody looked lately."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wiki.i18n import gettext as _
from wiki.kinds.record import Record, Value, day, number

HIGH = 15
GATHERING = 20
STALE = 90
OPEN = frozenset({"open", "being_handled"})


def risk_score(record: Record, row: Mapping[str, Any], today: date) -> Value | None:
    """Likelihood times impact; an issue is here already, so its likelihood is 5. `escalation` says what is a gathering's."""
    likelihood = 5.0 if row.get("type") == "issue" else number(row.get("likelihood"))
    impact = number(row.get("impact"))
    if likelihood is None or impact is None:
        return None
    score = int(likelihood * impact)
    if score >= record.fields.get("escalation", GATHERING):
        return Value("gathering", _("%(score)s, calls a gathering", score=score), "bad", score)
    key, tone = ("high", "warn") if score >= HIGH else ("middle", "note") if score >= 8 else ("low", "quiet")
    return Value(key, str(score), tone, score)


def jointly_assessed(record: Record, row: Mapping[str, Any], today: date) -> Value:
    """Yes if two organisations have assessed it, and every one that would bear it is among them."""
    assessed, bearing = set(row.get("assessed_by", [])), set(row.get("falls_on", []))
    if len(assessed) >= 2 and bearing <= assessed:
        return Value("yes", _("Assessed together"), "good", 1)
    return Value("no", _("Not assessed together"), "warn", 0)


def risk_stale(record: Record, row: Mapping[str, Any], today: date) -> Value | None:
    """Says so if an open row has not been looked at for 90 days."""
    if row.get("status", "open") not in OPEN:
        return None
    looked = day(row.get("last_looked"))
    if looked is None or (today - looked).days > STALE:
        return Value("stale", _("Not looked at for %(days)s days", days=STALE), "warn", 0)
    return Value("looked_at", _("Looked at lately"), "good", 1)


def highest_risk(record: Record, today: date) -> Value | None:
    """The score of the largest open row."""
    open_rows = [row for row in record.rows("risks") if row.get("status", "open") in OPEN]
    scores = [score for row in open_rows if (score := risk_score(record, row, today))]
    return max(scores, key=lambda value: float(value.sort or 0), default=None)


def late_risks(record: Record, today: date) -> str | None:
    for row in record.rows("risks"):
        if row.get("status", "open") in OPEN:
            due = day(row.get("due"))
            if "owner" not in row:
                return _("An open risk is watched by nobody")
            if due and due < today:
                return _("What was to be done about a risk is overdue")
    return None
