"""Meetings: what is planned, and were records shared?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Float, Select, and_, cast, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from wiki.access import visible_pages
from wiki.i18n import format_number, ngettext
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.kinds.types.choices import choice_label
from wiki.models import FieldValue, Link, Page, Revision, Row
from wiki.models.base import Moment
from wiki.registers.listing import Place
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status
from wiki.registers.named.rows import extra, facts_of_pages, hidden_here, own_spaces, page_facts, within

KIND = "meeting"
#: Days after which the record of a meeting is late.
LATE = 7
_OPEN = ("open", "doing", "waiting")


@dataclass
class Around:
    """What the rows and links of one meeting add up to."""

    orgs: dict[int, None] = field(default_factory=dict)
    people: int = 0
    minutes: float = 0
    actions: int = 0
    open_actions: int = 0
    decisions: list[int] = field(default_factory=list)
    has_page: bool = False


class Meetings(Register):
    key = "meetings"
    icon = "messages-square"
    views = ("calendar",)
    held = False

    def label(self) -> str:
        return _("Meetings")

    def question(self) -> str:
        return _("What is planned, and were records shared?")

    def empty(self) -> Empty:
        return Empty(
            _("No meetings yet"),
            _("Meetings that are planned and records of those that were held stand in this list."),
            _("Write down what a meeting decided"),
            KIND,
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "late_record": Status(_("Late record"), "bad"),
            "held": Status(_("Held"), "note"),
            "planned": Status(_("Planned"), "note"),
            "record_shared": Status(_("Record shared"), "good"),
            "confirmed": Status(_("Confirmed"), "good"),
            "a_page_did_it": Status(_("A page did it"), "good", live=False),
            "cancelled": Status(_("Cancelled"), live=False),
        }

    def live_label(self) -> str:
        return _("Not cancelled")

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("title", _("Meeting"), "title", lambda line: line.text),
            Column("date", _("Date"), "day", lambda line: line.due),
            Column("status", _("Status"), "status", lambda line: line.status),
            Column("group", _("Group"), "pages", lambda line: line.page.group_id),
            Column("kind", _("Kind"), "choice", lambda line: line.data["kind"], _kinds(catalogue)),
            Column("why", _("Why"), "words", lambda line: line.data["why"]),
            Column("organisations", _("Organisations there"), "pages", lambda line: line.orgs),
            Column("decisions", _("Decisions"), "pages", lambda line: line.found.decisions),
            Column("actions_open", _("Actions open"), "words", _actions),
            Column("cycle", _("Shared after days"), "number", lambda line: line.data["cycle"]),
            Column("hours", _("Hours of people’s time"), "number", _hours),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        return [
            Filter("group", _("Group"), "page", lambda line: _some(line.page.group_id), kinds=("terms_of_reference",)),
            Filter("organisation", _("Organisation"), "page", lambda line: line.orgs, kinds=("organisation",)),
            Filter("kind", _("Kind"), "choice", lambda line: _some(line.data["kind"]), choices=_kinds(catalogue)),
            Filter("date", _("Date"), "days", lambda line: _some(line.due)),
        ]

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        around, hidden = _around(session, place, spaces)
        pages = session.connection().execute(_meetings(place, spaces))
        return Found([_line(row, around.get(row.id, Around()), place) for row in pages], hidden)

    def summary(self, lines: Sequence[Line]) -> str:
        counts = self.counted(lines)
        parts = [
            ngettext("%(count)s planned", "%(count)s planned", counts.get("planned", 0)),
            ngettext(
                "%(count)s record shared",
                "%(count)s records shared",
                counts.get("record_shared", 0) + counts.get("confirmed", 0),
            ),
        ]
        if counts.get("late_record"):
            parts.append(ngettext("%(count)s record late", "%(count)s records late", counts["late_record"]))
        if counts.get("a_page_did_it"):
            spared = counts["a_page_did_it"]
            parts.append(ngettext("%(count)s done by a page instead", "%(count)s done by a page instead", spared))
        total = ngettext("%(count)s meeting", "%(count)s meetings", len(lines))
        return _("%(total)s: %(parts)s.", total=total, parts=", ".join(parts))


def _meetings(place: Place, spaces: Sequence[int]) -> Select[Any]:
    day, kind, why = (_field(key) for key in ("date", "kind", "why_meet"))
    shared = (
        select(func.min(Revision.time, type_=Moment))
        .where(Revision.page_id == Page.id, Revision.state.in_(("record_shared", "confirmed")))
        .correlate(Page)
        .scalar_subquery()
    )
    query: Select[Any] = (
        facts_of_pages()
        .add_columns(
            day.date.label("day"), kind.text.label("meeting_kind"), why.text.label("why"), shared.label("shared")
        )
        .where(Page.kind == KIND, Page.archived_at.is_(None), visible_pages(place.viewer), within(spaces))
    )
    for one, key in ((day, "date"), (kind, "kind"), (why, "why_meet")):
        query = query.outerjoin(one, and_(one.page_id == Page.id, one.key == key, one.position == 0))
    return query


def _field(key: str) -> Any:
    return aliased(FieldValue, name=f"field_{key}")


def _line(row: Any, around: Around, place: Place) -> Line:
    status = _status(row.state, row.day, around, place.today)
    shared = row.shared.astimezone(ZoneInfo(place.time_zone)).date() if row.shared else None
    cycle = (shared - row.day).days if shared and row.day and shared >= row.day else None
    due = row.day.isoformat() if row.day else None
    ahead = status == "planned"
    return Line(
        page_facts(row, place),
        status,
        row.title,
        data={"kind": row.meeting_kind, "why": row.why, "cycle": cycle},
        due=due,
        orgs=tuple(around.orgs),
        order=(0 if ahead else 1, _forwards(row.day) if ahead else -_forwards(row.day), row.title),
        found=around,
    )


def _forwards(day: date | None) -> int:
    return day.toordinal() if day else 0


def _status(state: str, day: date | None, around: Around, today: date) -> str:
    if state == "planned" and day is not None and day < today:
        return "late_record"
    if state == "held" and day is not None and (today - day) > timedelta(days=LATE):
        return "late_record"
    if state == "cancelled" and around.has_page:
        return "a_page_did_it"
    return state


def _around(session: Session, place: Place, spaces: Sequence[int]) -> tuple[dict[int, Around], int]:
    found: dict[int, Around] = {}
    hidden = 0
    for row in session.connection().execute(union_all(*_parts(place, spaces))):
        if row.what == "hidden":
            hidden = row.a
            continue
        one = found.setdefault(row.a, Around())
        if row.what == "there":
            one.people += 1
            if row.b:
                one.orgs[row.b] = None
        elif row.what == "minutes":
            one.minutes += float(row.text)
        elif row.what == "action":
            one.actions += 1
            one.open_actions += (row.text or "open") in _OPEN
        else:
            one.has_page = True
            if row.what == "decided":
                one.decisions.append(row.b)
    return found, hidden


def _parts(place: Place, spaces: Sequence[int]) -> Iterable[Any]:
    meetings = and_(Page.kind == KIND, Page.archived_at.is_(None), visible_pages(place.viewer), within(spaces))
    org, presence = Row.data["org"].as_integer(), Row.data["presence"].as_string()
    minutes = Row.data["minutes"].as_float()
    yield (
        select(*extra("there", Row.page_id, org))
        .join(Page, Page.id == Row.page_id)
        .where(Row.table == "attendance", meetings, or_(presence.is_(None), presence.in_(("there", "online"))))
    )
    yield (
        select(*extra("minutes", Row.page_id, text=cast(minutes, Float)))
        .join(Page, Page.id == Row.page_id)
        .where(Row.table == "agenda", meetings, minutes.is_not(None))
    )
    yield (
        select(*extra("action", Row.page_id, text=Row.status))
        .join(Page, Page.id == Row.page_id)
        .where(Row.row_type == "action", meetings)
    )
    yield (
        select(*extra("decided", Link.page_id, Link.target_id))
        .join(Page, Page.id == Link.page_id)
        .where(Link.name == "decisions_made", Link.target_id.is_not(None), meetings)
    )
    yield (
        select(*extra("linked", Link.page_id))
        .join(Page, Page.id == Link.page_id)
        .where(Link.name == "body", Link.target_id.is_not(None), meetings, Page.state == "cancelled")
    )
    hidden = select(*extra("hidden", func.count())).select_from(Page)
    yield hidden.where(Page.kind == KIND, hidden_here(place, own_spaces(place, spaces)))


def _actions(line: Line) -> str:
    around: Around = line.found
    if not around.actions:
        return ""
    return _("%(count)s of %(total)s", count=format_number(around.open_actions), total=format_number(around.actions))


def _hours(line: Line) -> float | None:
    around: Around = line.found
    hours = round(around.people * around.minutes / 60, 1)
    return hours or None


def _kinds(catalogue: Catalogue) -> dict[str, str]:
    column = catalogue[KIND].field("kind")
    return {key: choice_label(column, key) for key in column.choices} if column is not None else {}


def _some(value: Any) -> Iterable[Any]:
    return () if value is None else (value,)
