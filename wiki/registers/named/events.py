"""Events and workshops: what is coming, is there room, and what came out of it?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, func, select, union_all
from sqlalchemy.orm import Session, aliased

from wiki.access import visible_pages
from wiki.i18n import format_number, ngettext
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.kinds.types.choices import choice_label
from wiki.models import EventSignup, FieldValue, Link, Page
from wiki.registers.listing import Place
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status
from wiki.registers.named.rows import extra, facts_of_pages, hidden_here, own_spaces, page_facts, within

KIND = "event"
#: Days after which what came out of an event ought to be written down.
LATE = 14


@dataclass
class Around:
    """Who comes to one event, who holds it, what came out."""

    coming: int = 0
    waiting: int = 0
    came: int | None = None
    hosts: list[int] = field(default_factory=list)
    outputs: list[int] = field(default_factory=list)


class Events(Register):
    key = "events"
    icon = "calendar-days"
    views = ("calendar",)
    held = False

    def label(self) -> str:
        return _("Events")

    def question(self) -> str:
        return _("What is coming, is there room, and what came out of it?")

    def empty(self) -> Empty:
        return Empty(
            _("No events yet"),
            _("Workshops and other gatherings stand in this list, with who comes and what came out of them."),
            _("Plan a gathering and learn from it"),
            KIND,
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "late_report": Status(_("Report is late"), "bad"),
            "open": Status(_("Open for sign-up"), "good"),
            "full": Status(_("Full"), "note"),
            "planned": Status(_("Planned"), "note"),
            "idea": Status(_("Idea")),
            "held": Status(_("Held"), "note"),
            "reported": Status(_("Reported"), "good"),
            "cancelled": Status(_("Cancelled"), live=False),
        }

    def live_label(self) -> str:
        return _("Not cancelled")

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("title", _("Event"), "title", lambda line: line.text),
            Column("date", _("Date"), "day", lambda line: line.due),
            Column("status", _("Status"), "status", lambda line: line.status),
            Column("kind", _("Kind"), "choice", lambda line: line.data["kind"], _choices(catalogue, "kind")),
            Column("hosts", _("Hosts"), "pages", lambda line: line.found.hosts),
            Column(
                "mode", _("On site or online"), "choice", lambda line: line.data["mode"], _choices(catalogue, "mode")
            ),
            Column("coming", _("Coming"), "number", lambda line: line.found.coming or None),
            Column("waiting", _("Waiting"), "number", lambda line: line.found.waiting or None, file_only=True),
            Column("came", _("Came"), "number", lambda line: line.found.came),
            Column("places_left", _("Places left"), "words", _left),
            Column("outputs", _("What came out"), "pages", lambda line: line.found.outputs),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        kinds, modes = _choices(catalogue, "kind"), _choices(catalogue, "mode")
        return [
            Filter("kind", _("Kind"), "choice", lambda line: _some(line.data["kind"]), choices=kinds),
            Filter("mode", _("On site or online"), "choice", lambda line: _some(line.data["mode"]), choices=modes),
            Filter("organisation", _("Hosts"), "page", lambda line: line.orgs, kinds=("organisation",)),
            Filter("date", _("Date"), "days", lambda line: _some(line.due)),
        ]

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        around, hidden = _around(session, place, spaces)
        pages = session.connection().execute(_events(place, spaces))
        return Found([_line(row, around.get(row.id, Around()), place) for row in pages], hidden)

    def summary(self, lines: Sequence[Line]) -> str:
        counts = self.counted(lines)
        coming = sum(counts.get(key, 0) for key in ("open", "full", "planned"))
        parts = [
            ngettext("%(count)s to come", "%(count)s to come", coming),
            ngettext("%(count)s reported", "%(count)s reported", counts.get("reported", 0)),
        ]
        if counts.get("late_report"):
            late = counts["late_report"]
            parts.append(ngettext("%(count)s report late", "%(count)s reports late", late))
        total = ngettext("%(count)s event", "%(count)s events", len(lines))
        return _("%(total)s: %(parts)s.", total=total, parts=", ".join(parts))


def _events(place: Place, spaces: Sequence[int]) -> Select[Any]:
    days, kind, mode, places = (aliased(FieldValue, name=f"field_{key}") for key in ("dates", "kind", "mode", "places"))
    query: Select[Any] = (
        facts_of_pages()
        .add_columns(
            days.date.label("first"),
            days.date_end.label("last"),
            kind.text.label("event_kind"),
            mode.text.label("mode"),
            places.number.label("places"),
        )
        .where(Page.kind == KIND, Page.archived_at.is_(None), visible_pages(place.viewer), within(spaces))
    )
    for one, key in ((days, "dates"), (kind, "kind"), (mode, "mode"), (places, "places")):
        query = query.outerjoin(one, and_(one.page_id == Page.id, one.key == key, one.position == 0))
    return query


def _line(row: Any, around: Around, place: Place) -> Line:
    status = _status(row, around, place)
    ahead = status in ("open", "full", "planned", "idea")
    day = row.first.toordinal() if row.first else 0
    return Line(
        page_facts(row, place),
        status,
        row.title,
        data={"kind": row.event_kind, "mode": row.mode, "places": row.places},
        due=row.first.isoformat() if row.first else None,
        orgs=tuple(around.hosts),
        order=(0 if ahead else 1, day if ahead else -day, row.title),
        found=around,
    )


def _status(row: Any, around: Around, place: Place) -> str:
    last = row.last or row.first
    if row.state == "held" and last is not None and place.today - last > timedelta(days=LATE):
        return "late_report"
    if row.state == "open" and row.places is not None and around.coming >= row.places:
        return "full"
    return str(row.state)


def _around(session: Session, place: Place, spaces: Sequence[int]) -> tuple[dict[int, Around], int]:
    found: dict[int, Around] = {}
    hidden = 0
    for row in session.connection().execute(union_all(*_parts(place, spaces))):
        if row.what == "hidden":
            hidden = row.a
            continue
        one = found.setdefault(row.a, Around())
        if row.what == "in":
            one.coming = row.b
        elif row.what == "waiting":
            one.waiting = row.b
        elif row.what == "came":
            one.came = row.b
        else:
            (one.hosts if row.what == "host" else one.outputs).append(row.b)
    return found, hidden


def _parts(place: Place, spaces: Sequence[int]) -> Iterable[Any]:
    events = and_(Page.kind == KIND, Page.archived_at.is_(None), visible_pages(place.viewer), within(spaces))
    for status in ("in", "waiting"):
        counted = select(*extra(status, EventSignup.page_id, func.count())).join(Page, Page.id == EventSignup.page_id)
        yield counted.where(EventSignup.status == status, events).group_by(EventSignup.page_id)
    came = select(*extra("came", EventSignup.page_id, func.count().filter(EventSignup.came.is_(True))))
    came = came.join(Page, Page.id == EventSignup.page_id).where(EventSignup.came.is_not(None), events)
    yield came.group_by(EventSignup.page_id)
    hosts = select(*extra("host", FieldValue.page_id, FieldValue.ref_id)).join(Page, Page.id == FieldValue.page_id)
    yield hosts.where(FieldValue.key == "hosts", FieldValue.ref_id.is_not(None), events)
    outputs = select(*extra("output", Link.page_id, Link.target_id)).join(Page, Page.id == Link.page_id)
    yield outputs.where(Link.name == "outputs", Link.target_id.is_not(None), events)
    hidden = select(*extra("hidden", func.count())).select_from(Page)
    yield hidden.where(Page.kind == KIND, hidden_here(place, own_spaces(place, spaces)))


def _left(line: Line) -> str:
    places = line.data["places"]
    if places is None or line.status not in ("open", "full"):
        return ""
    return format_number(max(0, int(places) - line.found.coming))


def _choices(catalogue: Catalogue, key: str) -> dict[str, str]:
    column = catalogue[KIND].field(key)
    return {one: choice_label(column, one) for one in column.choices} if column is not None else {}


def _some(value: Any) -> Iterable[Any]:
    return () if value is None else (value,)
