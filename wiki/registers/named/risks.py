"""Risks: what may hurt us, whom would it hit, and have we looked at it together?"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, String, cast, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue
from wiki.kinds.record import Record
from wiki.kinds.workings.risks import GATHERING, OPEN, jointly_assessed, risk_score, risk_stale
from wiki.models import FieldValue, Page, Revision
from wiki.registers.listing import Place
from wiki.registers.named.cells import of_row
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status, choices_of
from wiki.registers.named.rows import Holder, PageFacts, extra, rows_of, within

ROW_TYPE, KIND, TABLE = "risk", "risk_register", "risks"
#: Revisions in which the look before is looked for.
LOOKED_BACK = 30
#: Level of a score -> status of the line.
_LEVELS = {"gathering": "high", "high": "high", "middle": "medium", "low": "low"}


class Risks(Register):
    key = "risks"
    icon = "triangle-alert"
    views = ("grid",)

    def label(self) -> str:
        return _("Risks")

    def question(self) -> str:
        return _("What may hurt us, whom would it hit, and have we looked at it together?")

    def empty(self) -> Empty:
        return Empty(
            _("No risks yet"),
            _("Each row of a risk register stands in this list, the largest first."),
            _("Look together at what could go wrong"),
            KIND,
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "high": Status(_("High"), "bad"),
            "medium": Status(_("Medium"), "warn"),
            "low": Status(_("Low"), "note"),
            "not_assessed": Status(_("Not assessed yet")),
            "happened": Status(_("It happened"), live=False),
            "closed": Status(_("Closed"), live=False),
        }

    def live_label(self) -> str:
        return _("Open")

    def flags(self) -> dict[str, Status]:
        return {
            "calls_a_gathering": Status(_("Calls a gathering"), "bad"),
            "not_jointly_assessed": Status(_("Not assessed together"), "warn"),
            "not_looked_at_for_90_days": Status(_("Not looked at for 90 days"), "warn"),
            "owner_left": Status(_("Nobody watches it"), "warn"),
            "due_passed": Status(_("Day has passed"), "warn"),
        }

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("statement", _("Risk"), "title", lambda line: line.text),
            Column("type", _("What it is"), "choice", of_row("type"), choices_of(catalogue, ROW_TYPE, "type")),
            Column("status", _("Level"), "status", lambda line: line.status),
            Column("score", _("Score"), "number", lambda line: line.data["score"]),
            Column("falls_on", _("Falls on"), "pages", of_row("falls_on")),
            Column("assessed_by", _("Assessed by"), "pages", of_row("assessed_by")),
            Column("owner", _("Watched by"), "pages", lambda line: line.person),
            Column(
                "response", _("What we do"), "choice", of_row("response"), choices_of(catalogue, ROW_TYPE, "response")
            ),
            Column("due", _("By when"), "day", lambda line: line.due),
            Column("last_looked", _("Last looked at"), "day", of_row("last_looked")),
            Column("movement", _("Since the look before"), "words", lambda line: _moved(line.data["moved"])),
            Column("flags", _("To look at"), "flags", lambda line: line.flags),
            Column("source", _("From"), "source", lambda line: line.page.page_id),
            Column("likelihood", _("How likely"), "number", lambda line: line.data["likely"], file_only=True),
            Column("impact", _("How bad"), "number", of_row("impact"), file_only=True),
            Column("handled", _("Status"), "choice", _handled, choices_of(catalogue, ROW_TYPE, "status"), True),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        org, steps = ("organisation",), {str(n): str(n) for n in range(1, 6)}
        types, handled = (choices_of(catalogue, ROW_TYPE, key) for key in ("type", "status"))
        return [
            Filter("type", _("What it is"), "choice", lambda line: (line.data.get("type", "risk"),), types),
            Filter("falls_on", _("Falls on"), "page", lambda line: line.data.get("falls_on", ()), kinds=org),
            Filter("owner", _("Watched by"), "page", lambda line: line.people, kinds=("person", "role")),
            Filter("handled", _("Status"), "choice", lambda line: (_handled(line),), handled),
            Filter("likelihood", _("How likely"), "choice", lambda line: _some(line.data["likely"]), steps),
            Filter("impact", _("How bad"), "choice", lambda line: _some(line.data.get("impact")), steps),
            Filter("source", _("From"), "page", lambda line: (line.page.page_id,)),
            Filter("theme", _("Theme"), "word", lambda line: line.page.themes),
            Filter("due", _("By when"), "days", lambda line: (line.due,) if line.due else ()),
        ]

    def acts(self, line: Line, viewer: Viewer) -> tuple[str, ...]:
        return ("hand-on",) if self.statuses()[line.status].live else ()

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        rows = rows_of(session, place, ROW_TYPE, spaces, [_escalations(place, spaces), _earlier(place, spaces)])
        escalation = {row.a: float(row.text) for row in rows.more if row.what == "escalation"}
        earlier = _looks(rows.more)
        found = []
        for page, row_id, text, person, data in rows:
            record = Record(page.kind, page.state, {"escalation": escalation.get(page.page_id, GATHERING)})
            before = earlier.get(page.page_id, [])
            found.append(_line(record, page, row_id, text, person, data, rows.holder(person), before, place.today))
        return Found(found, rows.hidden)

    def summary(self, lines: Sequence[Line]) -> str:
        counts, flags = self.counted(lines), self.flags()
        live = [line for line in lines if self.statuses()[line.status].live]
        if not live:
            return _("No open risk.")
        parts = [ngettext("%(count)s high", "%(count)s high", counts.get("high", 0))]
        for key in ("calls_a_gathering", "not_jointly_assessed", "not_looked_at_for_90_days"):
            count = sum(key in line.flags for line in live)
            if count:
                parts.append(_("%(count)s %(what)s", count=count, what=flags[key].label.lower()))
        total = ngettext("%(count)s open risk", "%(count)s open risks", len(live))
        return _("%(total)s: %(parts)s.", total=total, parts=", ".join(parts))


def _escalations(place: Place, spaces: Sequence[int]) -> Select[Any]:
    """From which score on a page's risks call a gathering."""
    query = select(*extra("escalation", FieldValue.page_id, text=FieldValue.number))
    shown = visible_pages(place.viewer), within(spaces), Page.kind == KIND
    return query.join(Page, Page.id == FieldValue.page_id).where(FieldValue.key == "escalation", *shown)


def _earlier(place: Place, spaces: Sequence[int]) -> Select[Any]:
    """The rows of the risk registers as they were lately, newest first by their number."""
    rows = cast(Revision.fields[TABLE], String)
    query = select(*extra("earlier", Revision.page_id, Revision.number, rows)).join(Page, Page.id == Revision.page_id)
    return query.where(
        Page.kind == KIND,
        Page.archived_at.is_(None),
        visible_pages(place.viewer),
        within(spaces),
        Revision.number < Page.number,
        Revision.number >= Page.number - LOOKED_BACK,
    )


def _looks(rows: Iterable[Any]) -> dict[int, list[Mapping[str, Any]]]:
    """Page -> its rows by id in each earlier revision, the newest first."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in sorted((one for one in rows if one.what == "earlier" and one.text), key=lambda one: -one.b):
        there = json.loads(row.text) or []
        found.setdefault(row.a, []).append({one["id"]: one for one in there})
    return found


def _line(
    record: Record,
    page: PageFacts,
    row_id: str,
    text: str,
    person: int | None,
    data: dict[str, Any],
    holder: Holder,
    before: Sequence[Mapping[str, Any]],
    today: date,
) -> Line:
    score = risk_score(record, data, today)
    handled = data.get("status", "open")
    status = handled if handled not in OPEN else _LEVELS[score.key] if score is not None else "not_assessed"
    value = int(score.sort) if score is not None and score.sort is not None else None
    likely = 5 if data.get("type") == "issue" else data.get("likelihood")
    known = {**data, "score": value, "likely": likely, "moved": _movement(record, data, row_id, before, value, today)}
    line = Line(
        page,
        status,
        text,
        row_id,
        known,
        data.get("due"),
        person,
        tuple(one for one in data.get("falls_on", ()) if isinstance(one, int)),
        order=(handled not in OPEN, -(value or 0), text),
        found=score,
        holders=holder.people,
    )
    if handled in OPEN:
        line.flags = tuple(_flags(record, line, person is None or holder.gone, today))
    return line


def _flags(record: Record, line: Line, gone: bool, today: date) -> Iterator[str]:
    if line.found is not None and line.found.key == "gathering":
        yield "calls_a_gathering"
    if jointly_assessed(record, line.data, today).key == "no":
        yield "not_jointly_assessed"
    stale = risk_stale(record, line.data, today)
    if stale is not None and stale.key == "stale":
        yield "not_looked_at_for_90_days"
    if gone:
        yield "owner_left"
    if line.due is not None and line.due < today.isoformat():
        yield "due_passed"


def _movement(
    record: Record,
    data: Mapping[str, Any],
    row_id: str,
    before: Sequence[Mapping[str, Any]],
    now: int | None,
    today: date,
) -> int | None:
    """By how much the score differs from the one at the look before this one; None if nobody had looked before."""
    for rows in before:
        row = rows.get(row_id)
        if row is None:
            return None
        if row.get("last_looked") != data.get("last_looked"):
            then = risk_score(record, row, today)
            return None if then is None or then.sort is None or now is None else now - int(then.sort)
    return None


def _moved(by: int | None) -> str:
    if by is None:
        return ""
    if by == 0:
        return _("the same")
    return _("up by %(count)s", count=by) if by > 0 else _("down by %(count)s", count=-by)


def _handled(line: Line) -> str:
    return str(line.data.get("status", "open"))


def _some(value: Any) -> Iterable[str]:
    return () if value is None else (str(int(value)),)
