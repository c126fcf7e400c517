"""Agreements with partners: what binds us to whom until when?"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import String, Text, and_, cast, func, select, union_all
from sqlalchemy.orm import Session

from wiki.access import visible_pages
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue
from wiki.kinds.record import Record
from wiki.kinds.types.choices import choice_label
from wiki.kinds.workings.agreements import standing
from wiki.kinds.workings.standings import promise_status
from wiki.models import FieldValue, Page, Row
from wiki.registers.listing import Place
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status
from wiki.registers.named.rows import extra, facts_of_pages, hidden_here, own_spaces, page_facts, within

KIND = "agreement"
_KEYS = ("kind", "parties", "term", "notice_days", "governance")
#: What `standing` says -> the status of the line.
_STATUSES = {"not_yet": "not_yet_in_force"}
_ORDER = ("lapsed", "ends_soon", "in_force", "not_yet_in_force", "replaced", "ended")
_BINDS = ("in_force", "ends_soon", "lapsed")
_TROUBLED = ("disputed", "overdue", "in_trouble")


@dataclass
class Known:
    """What an agreement says of itself, beside its page."""

    kind: str = ""
    parties: list[int] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    notice_days: int | None = None
    governance: int | None = None
    promises: list[dict[str, Any]] = field(default_factory=list)

    def record(self, state: str) -> Record:
        """As much of the page as `standing` asks for."""
        fields: dict[str, Any] = {}
        if self.since is not None:
            fields["term"] = {"from": self.since.isoformat(), "until": self.until.isoformat() if self.until else None}
        if self.notice_days is not None:
            fields["notice_days"] = self.notice_days
        return Record(KIND, state, fields)


class Agreements(Register):
    key = "agreements"
    icon = "scroll-text"
    views = ("matrix", "calendar")
    held = False

    def label(self) -> str:
        return _("Agreements with partners")

    def question(self) -> str:
        return _("What binds us to whom until when?")

    def empty(self) -> Empty:
        return Empty(
            _("No agreements yet"),
            _("What organisations promise each other stands in this list, with how long it holds."),
            _("Begin an agreement"),
            KIND,
        )

    def statuses(self) -> dict[str, Status]:
        said = {
            "lapsed": Status(_("Lapsed"), "bad"),
            "ends_soon": Status(_("Ends soon"), "warn"),
            "in_force": Status(_("In force"), "good"),
            "not_yet_in_force": Status(_("Not yet in force")),
            "replaced": Status(_("Replaced"), live=False),
            "ended": Status(_("Ended"), live=False),
        }
        return {key: said[key] for key in _ORDER}

    def live_label(self) -> str:
        return _("Not over")

    def flags(self) -> dict[str, Status]:
        return {
            "late_for_review": Status(_("Late for review"), "warn"),
            "promise_in_trouble": Status(_("A promise is in trouble"), "bad"),
        }

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("title", _("Agreement"), "title", lambda line: line.text),
            Column("kind", _("Kind"), "choice", lambda line: line.found.kind, _kinds(catalogue)),
            Column("parties", _("Between"), "pages", lambda line: line.found.parties),
            Column("status", _("How it stands"), "status", lambda line: line.status),
            Column("since", _("In force from"), "day", lambda line: _iso(line.found.since)),
            Column("due", _("Until"), "day", lambda line: line.due),
            Column("next_look", _("Next look"), "day", lambda line: line.data["next_look"]),
            Column("promises", _("Promises"), "words", lambda line: _promises(line.data["promises"])),
            Column("governance", _("Run by"), "pages", lambda line: line.found.governance),
            Column("steward", _("Knowledge belongs to"), "pages", lambda line: line.data["steward"]),
            Column("flags", _("To look at"), "flags", lambda line: line.flags),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        org = ("organisation",)
        return [
            Filter("partner", _("Partner"), "page", lambda line: line.orgs, kinds=org),
            Filter("with", _("Together with"), "page", lambda line: line.orgs, kinds=org),
            Filter("earlier_name", _("Earlier name of a partner"), "word", lambda line: line.data["formerly"]),
            Filter("kind", _("Kind"), "choice", lambda line: (line.found.kind,), _kinds(catalogue)),
            Filter("due", _("Ends"), "days", lambda line: (line.due,) if line.due else ()),
        ]

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        here = and_(Page.kind == KIND, Page.archived_at.is_(None), visible_pages(place.viewer), within(spaces))
        more = Page.review_due, Page.steward_id
        pages = session.connection().execute(facts_of_pages().add_columns(*more).where(here)).all()
        known, formerly, hidden = _around(session, place, spaces, here)
        return Found([_line(row, known.get(row.id, Known()), formerly, place) for row in pages], hidden)

    def summary(self, lines: Sequence[Line]) -> str:
        counts = self.counted(lines)
        binding = counts.get("in_force", 0) + counts.get("ends_soon", 0)
        parts = [ngettext("%(count)s in force", "%(count)s in force", binding)]
        soon, lapsed, replaced = (counts.get(key, 0) for key in ("ends_soon", "lapsed", "replaced"))
        late = sum("late_for_review" in line.flags for line in lines)
        for count, said in (
            (soon, ngettext("%(count)s of them ends soon", "%(count)s of them end soon", soon)),
            (late, ngettext("%(count)s late for review", "%(count)s late for review", late)),
            (lapsed, ngettext("%(count)s lapsed", "%(count)s lapsed", lapsed)),
            (replaced, ngettext("%(count)s replaced", "%(count)s replaced", replaced)),
        ):
            if count:
                parts.append(said)
        return _("%(told)s.", told=", ".join(parts))


def _around(
    session: Session, place: Place, spaces: Sequence[int], here: Any
) -> tuple[dict[int, Known], dict[int, list[str]], int]:
    """What agreements say, earlier names of organisations, and how many agreements the viewer may not see: one statement."""
    known: dict[int, Known] = {}
    formerly: dict[int, list[str]] = {}
    hidden = 0
    for row in session.connection().execute(union_all(*_parts(place, spaces, here))):
        if row.what == "hidden":
            hidden = row.a
        elif row.what == "formerly":
            formerly.setdefault(row.a, []).append(row.text)
        elif row.what == "promise":
            known.setdefault(row.a, Known()).promises.append(json.loads(row.text))
        else:
            _fill(known.setdefault(row.a, Known()), row.what, row)
    return known, formerly, hidden


def _parts(place: Place, spaces: Sequence[int], here: Any) -> Iterator[Any]:
    for key, text, other in (
        ("kind", FieldValue.text, None),
        ("parties", None, None),
        ("governance", None, None),
        ("term", cast(FieldValue.date, String), cast(FieldValue.date_end, String)),
        ("notice_days", cast(FieldValue.number, String), None),
    ):
        query = select(*extra(key, FieldValue.page_id, FieldValue.ref_id, text, other))
        yield query.join(Page, Page.id == FieldValue.page_id).where(here, FieldValue.key == key)
    promise = select(*extra("promise", Row.page_id, text=cast(Row.data, Text))).join(Page, Page.id == Row.page_id)
    yield promise.where(here, Row.row_type == "commitment")
    name = Row.data["name"].as_string()
    named = select(*extra("formerly", Row.page_id, text=name)).join(Page, Page.id == Row.page_id)
    yield named.where(Page.kind == "organisation", Row.table == "formerly", visible_pages(place.viewer))
    hidden = select(*extra("hidden", func.count())).select_from(Page)
    yield hidden.where(Page.kind == KIND, hidden_here(place, own_spaces(place, spaces)))


def _fill(known: Known, key: str, row: Any) -> None:
    if key == "parties" and row.b is not None:
        known.parties.append(row.b)
    elif key == "governance":
        known.governance = row.b
    elif key == "kind":
        known.kind = row.text or ""
    elif key == "notice_days" and row.text is not None:
        known.notice_days = int(float(row.text))
    elif key == "term":
        known.since, known.until = (date.fromisoformat(one) if one else None for one in (row.text, row.other))


def _line(row: Any, known: Known, formerly: dict[int, list[str]], place: Place) -> Line:
    value = standing(known.record(row.state), place.today)
    status = _STATUSES.get(value.key, value.key)
    promises = [promise_status(row.state, one, place.today) for one in known.promises]
    names = tuple(name for org in known.parties for name in formerly.get(org, ()))
    data = {
        "next_look": _iso(row.review_due),
        "steward": row.steward_id,
        "promises": promises,
        "formerly": names,
    }
    line = Line(
        page_facts(row, place),
        status,
        row.title,
        "",
        data,
        _iso(known.until),
        orgs=tuple(known.parties),
        order=(_ORDER.index(status), _iso(known.until) or "9999", row.title),
        found=known,
    )
    if status in _BINDS:
        line.flags = tuple(_flags(row, promises, place.today))
    return line


def _flags(row: Any, promises: Iterable[str], today: date) -> Iterator[str]:
    if row.review_due is not None and row.review_due < today:
        yield "late_for_review"
    if any(status in _TROUBLED for status in promises):
        yield "promise_in_trouble"


def _promises(statuses: Sequence[str]) -> str:
    """How many there are, how many were honoured and how many are in trouble."""
    if not statuses:
        return ""
    honoured = sum(one in ("honoured_confirmed", "reported_honoured_not_yet_confirmed") for one in statuses)
    troubled = sum(one in _TROUBLED for one in statuses)
    parts = [
        ngettext("%(count)s honoured", "%(count)s honoured", honoured) if honoured else "",
        ngettext("%(count)s in trouble", "%(count)s in trouble", troubled) if troubled else "",
    ]
    said = ", ".join(part for part in parts if part)
    count = len(statuses)
    return _("%(count)s: %(said)s", count=count, said=said) if said else str(count)


def _kinds(catalogue: Catalogue) -> dict[str, str]:
    column = catalogue[KIND].field("kind")
    return {key: choice_label(column, key) for key in column.choices} if column is not None else {}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
