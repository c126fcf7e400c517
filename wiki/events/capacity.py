"""Whether the day suits those whom it concerns: their quiet periods, and the days that they need to reply. It warns and forbids nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.events.plan import Plan
from wiki.facts.parts import Seen, address, part
from wiki.i18n import format_date, ngettext
from wiki.i18n import gettext as _
from wiki.models import FieldValue, Page, Row, Space

QUIET, REPLY = "quiet_periods", "reply_days"


@dataclass(frozen=True)
class Clash:
    """A day that does not suit an organisation, in words; `href` leads to what it says of itself."""

    org: str
    href: str
    text: str


def concerned(fields: Mapping[str, Any]) -> set[int]:
    """The organisations whom an event concerns: its hosts, and those with which it was prepared."""
    return {*fields.get("hosts", []), *fields.get("contributing_orgs", [])}


def capacity_parts(orgs: Sequence[int], seen: Seen) -> list[Select[Any]]:
    """Parts of a statement: what organisations that the reader may know of say about their time."""
    quiet = part(QUIET, Page.id, text=Page.title, address=address(), data=Row.data)
    quiet = (
        quiet.select_from(Row).join(Page, and_(Page.id == Row.page_id, seen())).join(Space, Space.id == Page.space_id)
    )
    days = part(REPLY, Page.id, text=Page.title, address=address(), number=FieldValue.number)
    days = days.select_from(FieldValue).join(Page, and_(Page.id == FieldValue.page_id, seen()))
    days = days.join(Space, Space.id == Page.space_id)
    return [
        quiet.where(Row.page_id.in_(orgs), Row.table == QUIET),
        days.where(FieldValue.page_id.in_(orgs), FieldValue.key == REPLY),
    ]


def clashes(session: Session, viewer: Viewer, plan: Plan, orgs: Iterable[int], today: date) -> list[Clash]:
    """How a plan clashes with what these organisations say of themselves."""
    wanted = sorted(orgs)
    if plan.first is None or not wanted:
        return []
    quiet, days = capacity_parts(wanted, lambda: visible_pages(viewer))
    return read_clashes([*session.execute(quiet.union_all(days))], plan, today)


def read_clashes(rows: Iterable[Any], plan: Plan, today: date) -> list[Clash]:
    """What the rows of `capacity_parts` mean for a plan that is still to come."""
    if plan.first is None or not plan.is_coming(today) and plan.state != "idea":
        return []
    found = []
    for row in rows:
        href = f"/{row.address}" if row.address else ""
        if row.what == QUIET:
            said = _quiet(row.data, plan)
        elif row.what == REPLY and row.number:
            said = _too_short(int(row.number), plan, today)
        else:
            continue
        if said:
            found.append(Clash(row.text, href, said))
    return sorted(found, key=lambda one: (one.org, one.text))


def _quiet(data: Mapping[str, Any], plan: Plan) -> str:
    assert plan.first is not None and plan.last is not None
    for first, last in _times(data, plan.first.year):
        if first <= plan.last and last >= plan.first:
            days = _("%(first)s to %(last)s", first=format_date(first), last=format_date(last))
            why = str(data.get("why", ""))
            return (
                _("quiet from %(days)s (%(why)s)", days=days, why=why) if why else _("quiet from %(days)s", days=days)
            )
    return ""


def _times(data: Mapping[str, Any], year: int) -> list[tuple[date, date]]:
    """A quiet period; one that comes back every year as it is around that year."""
    try:
        first, last = date.fromisoformat(data["from"]), date.fromisoformat(data["until"])
    except (KeyError, TypeError, ValueError):
        return []
    if data.get("every_year") != "yes":
        return [(first, last)]
    longer = last.year - first.year
    around = [one for one in (year - 1 - longer, year - 1, year, year + 1) if one >= first.year and one < date.max.year]
    return [(_in_year(first, one), _in_year(last, one + longer)) for one in around]


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)


def _too_short(needed: int, plan: Plan, today: date) -> str:
    assert plan.first is not None
    left = working_days(today, plan.first)
    if left >= needed:
        return ""
    return ngettext(
        "needs %(needed)s working days to reply, and %(count)s is left",
        "needs %(needed)s working days to reply, and %(count)s are left",
        left,
        needed=needed,
    )


def working_days(today: date, until: date) -> int:
    """From tomorrow to the day before; Monday to Friday."""
    days = max(0, (until - today).days - 1)
    return sum((today + timedelta(days=one + 1)).weekday() < 5 for one in range(min(days, 400)))
