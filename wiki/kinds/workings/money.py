"""Money of a plan: sums by currency, what is for taking part, what is behind."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel import numbers

from wiki.i18n import format_date, locale, ngettext
from wiki.i18n import gettext as _
from wiki.kinds.record import Record, Value, day

PROMISED = frozenset({"promised", "received", "spent"})
RECEIVED = frozenset({"received", "spent"})


def promised_total(record: Record, today: date) -> Value | None:
    """Everything that was promised, whether it has come or not."""
    return _total(record, PROMISED)


def received_total(record: Record, today: date) -> Value | None:
    return _total(record, RECEIVED)


def capacity_share(record: Record, today: date) -> Value | None:
    """The part of what was promised that helps partners to take part, in the currency of most of it."""
    lines = [row for row in _lines(record, PROMISED)]
    sums = _sums(lines)
    if not sums:
        return None
    currency = max(sums, key=lambda code: sums[code])
    share = (
        _sums(row for row in lines if row.get("capacity_support") == "yes").get(currency, Decimal()) / sums[currency]
    )
    percent = round(float(share) * 100)
    return Value("share", _("%(number)s %%", number=percent), "quiet", percent)


def line_late(record: Record, row: Mapping[str, Any], today: date) -> Value | None:
    """Says so if money was promised for a period that has begun and has not come."""
    start = day((row.get("period") or record.fields.get("period") or {}).get("from"))
    if row.get("status") != "promised" or start is None or start > today:
        return None
    late = (today - start).days
    return Value("late", _("Promised from %(date)s, not received", date=format_date(start)), "warn", -late)


def late_lines(record: Record, today: date) -> Value:
    late = sum(line_late(record, row, today) is not None for row in record.rows("lines"))
    if not late:
        return Value("none", _("None"), "good", 0)
    return Value("late", ngettext("%(count)s line is behind", "%(count)s lines are behind", late), "warn", late)


def late_money(record: Record, today: date) -> str | None:
    """Why a financial plan is late: something promised is 30 days behind."""
    late = [line_late(record, row, today) for row in record.rows("lines")]
    behind = [value for value in late if value and float(value.sort or 0) < -30]
    return _("Promised money is more than 30 days behind") if behind and record.state == "current" else None


def _lines(record: Record, statuses: frozenset[str]) -> list[dict[str, Any]]:
    return [row for row in record.rows("lines") if row.get("status") in statuses and "amount" in row]


def _total(record: Record, statuses: frozenset[str]) -> Value | None:
    sums = _sums(_lines(record, statuses))
    if not sums:
        return None
    said = [numbers.format_currency(amount, code, locale=locale()) for code, amount in sorted(sums.items())]
    return Value("total", " + ".join(said), "quiet", float(max(sums.values())))


def _sums(lines: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Currency -> the sum of the amounts above nothing."""
    sums: dict[str, Decimal] = {}
    for row in lines:
        code = row["amount"]["currency"]
        sums[code] = sums.get(code, Decimal()) + Decimal(row["amount"]["amount"])
    return {code: amount for code, amount in sums.items() if amount > 0}
