"""Actions: who does what by when, and what is stuck?"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue
from wiki.kinds.workings.standings import action_status
from wiki.registers.listing import Place
from wiki.registers.named.cells import of_row
from wiki.registers.named.counting import listed_counts
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status, kinds_of
from wiki.registers.named.rows import Holder, PageFacts, rows_of

ROW_TYPE = "action"
#: Behind every day.
FAR = "9999-12-31"


class Actions(Register):
    key = "actions"
    icon = "list-checks"
    views = ("board", "calendar")

    def label(self) -> str:
        return _("Actions")

    def question(self) -> str:
        return _("Who does what by when, and what is stuck?")

    def empty(self) -> Empty:
        return Empty(
            _("No actions yet"),
            _("Whatever a meeting, a decision or a report asks somebody to do by a day stands in this list."),
            _("Write down what a meeting decided"),
            "meeting",
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "overdue": Status(_("Overdue"), "bad"),
            "due_in_7_days": Status(_("Due in 7 days"), "warn"),
            "waiting_14_days": Status(_("Waiting over 14 days"), "warn"),
            "holder_left": Status(_("Holder left"), "warn"),
            "waiting": Status(_("Waiting"), "note"),
            "doing": Status(_("Doing"), "note"),
            "open": Status(_("Open")),
            "done": Status(_("Done"), "good", live=False),
            "done_late": Status(_("Done late"), "note", live=False),
            "dropped": Status(_("Dropped"), live=False),
        }

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("what", _("What"), "title", lambda line: line.text),
            Column("responsible", _("Who"), "pages", lambda line: line.person),
            Column("organisation", _("Organisation"), "pages", lambda line: line.orgs[:1]),
            Column("due", _("By when"), "day", lambda line: line.due),
            Column("status", _("Status"), "status", lambda line: line.status),
            Column("source", _("From"), "source", lambda line: line.page.page_id),
            Column("outcome", _("Outcome"), "pages", of_row("outcome")),
            Column("waiting_for", _("Waiting for"), "words", of_row("waiting_for")),
            Column("age", _("Days old"), "number", lambda line: line.found),
        ]

    def live_label(self) -> str:
        return _("Not done yet")

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        return [
            Filter("responsible", _("Who"), "page", lambda line: line.people, kinds=("person", "role")),
            Filter("organisation", _("Organisation"), "page", lambda line: line.orgs[:1], kinds=("organisation",)),
            Filter(
                "group",
                _("Group"),
                "page",
                lambda line: _some(line.page.group_id),
                kinds=("terms_of_reference",),
            ),
            Filter("source", _("From"), "page", lambda line: (line.page.page_id,)),
            Filter(
                "template",
                _("Kind of page"),
                "choice",
                lambda line: (line.page.kind,),
                choices=kinds_of(catalogue, ROW_TYPE),
            ),
            Filter("outcome", _("Outcome"), "page", _outcomes, kinds=("action_plan",)),
            Filter("due", _("By when"), "days", lambda line: _some(line.due)),
        ]

    def acts(self, line: Line, viewer: Viewer) -> tuple[str, ...]:
        return ("done", "redate", "hand-on") if self.statuses()[line.status].live else ()

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        rows = rows_of(session, place, ROW_TYPE, spaces)
        return Found([_line(row, rows.holder(row[3]), place.today) for row in rows], rows.hidden)

    def summary(self, lines: Sequence[Line]) -> str:
        statuses = self.statuses()
        counts = self.counted(lines)
        opened = sum(count for key, count in counts.items() if statuses[key].live)
        done = counts.get("done", 0) + counts.get("done_late", 0)
        parts = [ngettext("%(count)s open", "%(count)s open", opened)]
        late = listed_counts({key: counts[key] for key in _NAMED if key in counts}, statuses)
        if late:
            parts[0] = _("%(open)s, of which %(which)s", open=parts[0], which=late)
        if done:
            said = ngettext("%(count)s done", "%(count)s done", done)
            late_done = counts.get("done_late", 0)
            if late_done:
                said = _(
                    "%(done)s, %(late)s of them late",
                    done=said,
                    late=late_done,
                )
            parts.append(said)
        total = ngettext("%(count)s action", "%(count)s actions", len(lines))
        return _("%(total)s: %(parts)s.", total=total, parts="; ".join(parts))


_NAMED = ("overdue", "due_in_7_days", "waiting_14_days", "holder_left")
_PLACES = {"done": 1, "done_late": 1, "dropped": 2}


def _line(row: tuple[PageFacts, str, str, int | None, dict[str, Any]], holder: Holder, today: date) -> Line:
    page, row_id, text, person, data = row
    status = action_status(data, today, page.touched, holder.gone)
    org = data.get("organisation") or holder.org
    due = data.get("due")
    return Line(
        page,
        status,
        text,
        row_id,
        data,
        due,
        person,
        (org,) if org else (),
        order=(_PLACES.get(status, 0), due or FAR, text),
        found=(today - page.made).days,
        holders=holder.people,
    )


def _some(value: Any) -> Iterable[Any]:
    return () if value is None else (value,)


def _outcomes(line: Line) -> Iterable[Any]:
    outcome = line.data.get("outcome")
    return (outcome["page"],) if outcome else ()
