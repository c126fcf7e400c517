"""Commitments: what have we promised each other, and is it honoured in the eyes of those it was promised to?"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue
from wiki.kinds.workings.standings import promise_status
from wiki.registers.listing import Place
from wiki.registers.named.actions import FAR
from wiki.registers.named.cells import of_row
from wiki.registers.named.counting import listed_counts
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status, choices_of
from wiki.registers.named.rows import Holder, PageFacts, rows_of
from wiki.registers.named.support import Around, around, read_around

ROW_TYPE = "commitment"
#: Days after which those are asked to whom a promise was made that is said to be honoured.
ASK_AFTER = 30
#: What comes first where nobody asked for another order; then by the day on which it is due.
_FIRST = {"disputed": 0, "overdue": 1, "in_trouble": 2}
_LAST = {"honoured_confirmed": 4, "released": 5, "replaced": 6}
#: How the summary lists them.
_SAID = ("honoured_confirmed", "reported_honoured_not_yet_confirmed", "on_track", "not_checked_lately", "disputed")


class Commitments(Register):
    key = "commitments"
    icon = "handshake"
    views = ("calendar",)

    def label(self) -> str:
        return _("Promises")

    def question(self) -> str:
        return _("What have we promised each other, and is it being honoured, in the eyes of those it was promised to?")

    def empty(self) -> Empty:
        return Empty(
            _("No promises yet"),
            _(
                "Each promise of an agreement, a meeting or a decision stands in this list, with how those see it to whom it was made."
            ),
            _("Begin an agreement"),
            "agreement",
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "disputed": Status(_("Disputed"), "bad"),
            "overdue": Status(_("Overdue"), "bad"),
            "in_trouble": Status(_("In trouble"), "bad"),
            "not_checked_lately": Status(_("Not checked lately"), "warn"),
            "reported_honoured_not_yet_confirmed": Status(_("Reported honoured, not yet confirmed"), "note"),
            "on_track": Status(_("On track"), "good"),
            "not_yet_triggered": Status(_("Not yet triggered")),
            "honoured_confirmed": Status(_("Honoured, confirmed"), "good"),
            "released": Status(_("Released"), live=False),
            "replaced": Status(_("Replaced"), live=False),
        }

    def flags(self) -> dict[str, Status]:
        return {
            "ask_them": Status(_("Ask them"), "note"),
            "nothing_supports_it": Status(_("Nothing supports it"), "warn"),
            "nobody_keeps_it": Status(_("Nobody keeps it"), "warn"),
            "earlier_name": Status(_("Made under an earlier name"), "quiet"),
        }

    def columns(self, catalogue: Catalogue) -> list[Column]:
        triggers = choices_of(catalogue, ROW_TYPE, "trigger")
        return [
            Column("promise", _("Promise"), "title", lambda line: line.text),
            Column("made_by", _("Made by"), "pages", of_row("made_by")),
            Column("made_to", _("Made to"), "pages", of_row("made_to")),
            Column("status", _("Status"), "status", lambda line: line.status),
            Column(
                "receiver_view",
                _("Receiver’s view"),
                "choice",
                of_row("receiver_view"),
                choices_of(catalogue, ROW_TYPE, "receiver_view"),
            ),
            Column(
                "due",
                _("By when"),
                "day",
                lambda line: line.due,
                otherwise=lambda line: triggers.get(line.data.get("trigger", ""), ""),
            ),
            Column("trigger", _("Starts"), "choice", of_row("trigger"), triggers, file_only=True),
            Column("responsible", _("Kept by"), "pages", lambda line: line.person),
            Column("supported_by", _("Supported by"), "pages", lambda line: line.found),
            Column("flags", _("To look at"), "flags", lambda line: line.flags),
            Column("last_checked", _("Last checked"), "day", of_row("last_checked")),
            Column("source", _("From"), "source", lambda line: line.page.page_id),
            Column(
                "kind", _("Kind"), "choice", of_row("kind"), choices_of(catalogue, ROW_TYPE, "kind"), file_only=True
            ),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        org = ("organisation",)
        return [
            Filter("made_by", _("Made by"), "page", lambda line: line.data.get("made_by", ()), kinds=org),
            Filter("made_to", _("Made to"), "page", lambda line: line.data.get("made_to", ()), kinds=org),
            Filter("organisation", _("Organisation"), "page", lambda line: line.orgs, kinds=org),
            Filter(
                "kind",
                _("Kind"),
                "choice",
                lambda line: _some(line.data.get("kind")),
                choices_of(catalogue, ROW_TYPE, "kind"),
            ),
            Filter(
                "receiver_view",
                _("Receiver’s view"),
                "choice",
                lambda line: (line.data.get("receiver_view", "not_asked"),),
                choices_of(catalogue, ROW_TYPE, "receiver_view"),
            ),
            Filter("source", _("From"), "page", lambda line: (line.page.page_id,)),
            Filter("responsible", _("Kept by"), "page", lambda line: line.people, kinds=("person", "role")),
            Filter("theme", _("Theme"), "word", lambda line: line.page.themes),
            Filter("due", _("By when"), "days", lambda line: _some(line.due)),
        ]

    def acts(self, line: Line, viewer: Viewer) -> tuple[str, ...]:
        if not self.statuses()[line.status].live:
            return ()
        received = viewer.orgs(line.page.space_id).intersection(line.data.get("made_to", ()))
        return ("view", "checked", "hand-on") if received else ("checked", "redate", "hand-on")

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        rows = rows_of(session, place, ROW_TYPE, spaces, around(place))
        support = read_around(rows.more)
        return Found([_line(row, rows.holder(row[3]), support, place.today) for row in rows], rows.hidden)

    def summary(self, lines: Sequence[Line]) -> str:
        statuses = self.statuses()
        counts = {key: count for key, count in self.counted(lines).items() if statuses[key].live}
        live = sum(counts.values())
        if not live:
            return _("No live promise.")
        said = listed_counts({key: counts[key] for key in (*_SAID, *counts) if key in counts}, statuses | _in_words())
        total = ngettext("%(count)s live promise", "%(count)s live promises", live)
        return _("%(total)s: %(parts)s.", total=total, parts=said)


def _line(
    row: tuple[PageFacts, str, str, int | None, dict[str, Any]], holder: Holder, around: Around, today: date
) -> Line:
    page, row_id, text, person, data = row
    status = promise_status(page.state, data, today)
    due = data.get("due")
    orgs = [one for one in (*data.get("made_by", ()), *data.get("made_to", ())) if isinstance(one, int)]
    line = Line(
        page,
        status,
        text,
        row_id,
        data,
        due,
        person,
        tuple(orgs),
        order=(_FIRST.get(status, _LAST.get(status, 3)), due or FAR, text),
        found=around.supporting(page.page_id, row_id),
        holders=holder.people,
    )
    if status not in _LAST:
        gone = person is None or holder.gone
        line.flags = tuple(_flags(line, gone, around, today))
    return line


def _flags(line: Line, gone: bool, around: Around, today: date) -> Iterable[str]:
    page: PageFacts = line.page
    if line.status == "reported_honoured_not_yet_confirmed" and (today - page.touched).days > ASK_AFTER:
        yield "ask_them"
    if not line.found and line.data.get("kind", "task") == "task":
        yield "nothing_supports_it"
    if gone:
        yield "nobody_keeps_it"
    if around.under_earlier_name(line.data.get("made_by", ()), page.page_id, page.made):
        yield "earlier_name"


def _some(value: Any) -> Iterable[Any]:
    return () if value is None else (value,)


def _in_words() -> dict[str, Status]:
    """Where a count reads better than with the status's own label."""
    return {"honoured_confirmed": Status(_("Confirmed honoured"))}
