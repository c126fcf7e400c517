"""Hours that organisations have promised for a time, beside those that they say they can give in it.

What counts as promised are rows of the type `contribution` that say how many hours a year they take, on plans and
agreements by which people work. Only pages that the reader may see are counted, so that nothing tells of the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, String, and_, cast
from sqlalchemy.orm import aliased

from wiki.facts.parts import Seen, part
from wiki.i18n import format_date, format_number
from wiki.i18n import gettext as _
from wiki.models import FieldValue, Link, Page, Row
from wiki.text import tidy

CAPACITY, PROMISED = "capacity", "promised"
#: States of plans and agreements by which people work: what drafts propose is promised by nobody, what was replaced or ended no longer.
PROMISING = ("current", "in_force", "under_review")
#: What an organisation says it cannot promise.
UNSURE = "cannot_promise"
YEAR = 365

Days = tuple[date, date]


@dataclass(frozen=True)
class Promise:
    """What an organisation brings: so many hours a year for a time."""

    what: str
    hours_per_year: float
    days: Days

    def within(self, days: Days) -> float:
        """How many of its hours fall into a time."""
        first, last = max(self.days[0], days[0]), min(self.days[1], days[1])
        return self.hours_per_year * max(0, (last - first).days + 1) / YEAR


def promised_part(orgs: Sequence[int], seen: Seen) -> Select[Any]:
    """Part of a statement: what these organisations bring, with the time of the page that says so."""
    period = aliased(FieldValue)
    here = and_(Row.page_id == Link.page_id, Row.row_id == Link.row_id, Row.table + ".org" == Link.name)
    counts = and_(Page.id == Row.page_id, Page.state.in_(PROMISING), Page.archived_at.is_(None), seen())
    query = part(
        PROMISED,
        Link.target_id,
        data=Row.data,
        text=cast(period.date, String),
        word=cast(period.date_end, String),
    )
    query = query.select_from(Link).join(Row, here).join(Page, counts)
    query = query.outerjoin(period, and_(period.page_id == Page.id, period.key.in_(("period", "term"))))
    return query.where(Link.target_id.in_(orgs), Row.row_type == "contribution")


def promises(rows: Iterable[Any]) -> dict[int, list[Promise]]:
    """By organisation what it has promised. The same words in an agreement and in its plan are one promise."""
    found: dict[tuple[int, str], Promise] = {}
    for row in rows:
        said = _promise(row) if row.what == PROMISED else None
        if said is None:
            continue
        key = (row.page, said.what.casefold())
        if key not in found or found[key].hours_per_year < said.hours_per_year:
            found[key] = said
    by_org: dict[int, list[Promise]] = {}
    for (org, _what), said in found.items():
        by_org.setdefault(org, []).append(said)
    return by_org


def too_much(given: Mapping[str, Any], promised: Sequence[Promise], days: Days) -> str:
    """What is said when more is promised than an organisation can give in a time that these days fall into; "" if not."""
    time, hours = _days(given.get("period")), given.get("hours")
    if time is None or hours is None or time[0] > days[1] or time[1] < days[0]:
        return ""
    taken = round(sum(one.within(time) for one in promised))
    if taken <= hours:
        return ""
    return _(
        "has promised %(promised)s hours from %(first)s to %(last)s, and can give %(hours)s",
        promised=format_number(taken),
        first=format_date(time[0]),
        last=format_date(time[1]),
        hours=format_number(hours),
    )


def _promise(row: Any) -> Promise | None:
    hours = row.data.get("hours_per_year")
    if not hours or row.data.get("certainty") == UNSURE:
        return None
    days = row.data.get("period") or {"from": row.text, "until": row.word}
    first, last = _day(days.get("from")) or date.min, _day(days.get("until")) or date.max
    return Promise(tidy(str(row.data.get("what", ""))), float(hours), (first, last))


def _days(value: Any) -> Days | None:
    first, last = (_day(value.get(key)) for key in ("from", "until")) if isinstance(value, dict) else (None, None)
    return (first, last) if first is not None and last is not None else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
