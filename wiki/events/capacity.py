"""Whether the day suits those whom it concerns: their quiet periods, the days that they need to reply, the hours that they
have left. It warns and forbids nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, union_all
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.events.hours import CAPACITY, Days, promised_part, promises, too_much
from wiki.events.plan import IDEA, Plan
from wiki.facts.parts import Seen, address, part
from wiki.i18n import format_date, ngettext
from wiki.i18n import gettext as _
from wiki.models import FieldValue, Page, Row, Space

QUIET, REPLY = "quiet_periods", "reply_days"
#: A day that suits is looked for so many days ahead.
AHEAD = 183


@dataclass(frozen=True)
class Clash:
    """A day that does not suit an organisation, in words; `href` leads to what it says of itself."""

    org: str
    href: str
    text: str


def concerned(fields: Mapping[str, Any]) -> set[int]:
    """The organisations whom an event concerns: its hosts, those with which it was prepared, those needed for a part of its
    programme. The last may be people too: they say nothing of their time, and it is not asked which is which."""
    needed = {one for row in fields.get("agenda", []) for one in row.get("needed_people", [])}
    return {*fields.get("hosts", []), *fields.get("contributing_orgs", []), *needed}


def capacity_parts(orgs: Sequence[int], seen: Seen) -> list[Select[Any]]:
    """Parts of a statement: what organisations that the reader may know of say about their time, and what they promised."""
    days = part(REPLY, Page.id, text=Page.title, address=address(), number=FieldValue.number)
    days = days.select_from(FieldValue).join(Page, and_(Page.id == FieldValue.page_id, seen()))
    days = days.join(Space, Space.id == Page.space_id)
    return [
        *(_said(table, orgs, seen) for table in (QUIET, CAPACITY)),
        days.where(FieldValue.page_id.in_(orgs), FieldValue.key == REPLY),
        promised_part(orgs, seen),
    ]


def _said(table: str, orgs: Sequence[int], seen: Seen) -> Select[Any]:
    """The rows of a table on the pages of organisations."""
    query = part(table, Page.id, text=Page.title, address=address(), data=Row.data)
    query = query.select_from(Row).join(Page, and_(Page.id == Row.page_id, seen()))
    return query.join(Space, Space.id == Page.space_id).where(Row.page_id.in_(orgs), Row.table == table)


def time_said(session: Session, viewer: Viewer, orgs: Iterable[int]) -> list[Any]:
    """What these organisations say of their time, as far as the viewer may know; one statement."""
    wanted = sorted(orgs)
    if not wanted:
        return []
    return list(session.execute(union_all(*capacity_parts(wanted, lambda: visible_pages(viewer)))))


def clashes(session: Session, viewer: Viewer, plan: Plan, orgs: Iterable[int], today: date) -> list[Clash]:
    """How a plan clashes with what these organisations say of themselves."""
    return read_clashes(time_said(session, viewer, orgs), plan, today) if plan.first is not None else []


def read_clashes(rows: Iterable[Any], plan: Plan, today: date) -> list[Clash]:
    """What the rows of `capacity_parts` mean for a plan that is still to come."""
    if plan.first is None or plan.last is None or (not plan.is_coming(today) and plan.state != IDEA):
        return []
    found = set(_clashes(list(rows), (plan.first, plan.last), today))
    return sorted(found, key=lambda one: (one.org, one.text))


def later_day(rows: Sequence[Any], plan: Plan, today: date) -> date | None:
    """The first later day on which an event as long as this one clashes with nothing; a working day, if the planned one is.

    None if there is none within half a year.
    """
    if plan.first is None or plan.last is None:
        return None
    for distance in range(1, AHEAD):
        first, last = (day + timedelta(days=distance) for day in (plan.first, plan.last))
        at_work = first.weekday() < 5 or plan.first.weekday() >= 5
        if at_work and not read_clashes(rows, replace(plan, first=first, last=last), today):
            return first
    return None


def _clashes(rows: Sequence[Any], days: Days, today: date) -> Iterator[Clash]:
    promised = promises(rows)
    for row in rows:
        said = ""
        if row.what == QUIET:
            said = _quiet(row.data, days)
        elif row.what == REPLY and row.number:
            said = _too_short(int(row.number), days[0], today)
        elif row.what == CAPACITY:
            said = too_much(row.data, promised.get(row.page, []), days)
        if said:
            yield Clash(row.text, f"/{row.address}" if row.address else "", said)


def _quiet(data: Mapping[str, Any], planned: Days) -> str:
    for first, last in _times(data, planned[0].year):
        if first <= planned[1] and last >= planned[0]:
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


def _too_short(needed: int, first: date, today: date) -> str:
    left = working_days(today, first)
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
