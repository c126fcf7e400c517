"""Reviews due: what on this wiki may no longer be true?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue
from wiki.kinds.computed import late
from wiki.kinds.workings.agreements import standing
from wiki.kinds.workings.care import SOON
from wiki.kinds.workings.risks import STALE, risk_stale
from wiki.registers.listing import Place
from wiki.registers.named.candidates import Candidate, candidates, hidden_pages
from wiki.registers.named.lateness import late_since
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status, kinds_of
from wiki.registers.named.unattended import with_unattended

#: Stands after every day.
_FAR = "9999-12-31"


class Reviews(Register):
    key = "reviews"
    icon = "clock-alert"
    views = ("calendar",)

    def label(self) -> str:
        return _("Reviews due")

    def question(self) -> str:
        return _("What on this wiki may no longer be true?")

    def empty(self) -> Empty:
        return Empty(
            _("Nothing has to be looked at"),
            _(
                "Pages whose next look is due, things that are late, and pages that nobody keeps right stand in this list."
            ),
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "overdue": Status(_("Late"), "bad"),
            "orphan": Status(_("Nobody keeps it right"), "warn"),
            "caretaker": Status(_("With a caretaker"), "note"),
            "due_soon": Status(_("Due soon"), "note"),
        }

    def flags(self) -> dict[str, Status]:
        return {
            "caretaker": Status(_("Caretaker"), "note"),
            "one_person": Status(_("Held by one person only"), "note"),
        }

    def live_label(self) -> str:
        return _("All of it")

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("page", _("What"), "title", lambda line: line.text),
            Column("status", _("Status"), "status", lambda line: line.status),
            Column("why", _("Why it is here"), "words", lambda line: line.data["why"]),
            Column("due", _("Due"), "day", lambda line: line.due),
            Column("days_late", _("Days late"), "number", lambda line: line.data["days_late"]),
            Column("owner", _("Kept right by"), "pages", lambda line: line.person),
            Column("last_looked", _("Last looked"), "day", lambda line: line.data["last_looked"]),
            Column("template", _("Kind of page"), "choice", lambda line: line.page.kind, kinds_of(catalogue)),
            Column("source", _("On"), "source", lambda line: line.page.page_id if line.row_id else None),
            Column("flags", _("To look at"), "flags", lambda line: line.flags),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        return [
            Filter("owner", _("Kept right by"), "page", lambda line: _some(line.person), kinds=("person", "role")),
            Filter(
                "template", _("Kind of page"), "choice", lambda line: (line.page.kind,), choices=kinds_of(catalogue)
            ),
            Filter("due", _("Due"), "days", lambda line: _some(line.due)),
        ]

    def acts(self, line: Line, viewer: Viewer) -> tuple[str, ...]:
        if line.row_id:
            return ("hand-on",) if line.data.get("hands_on") else ()
        return ("still-right", "next-look", "hand-page")

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        there = candidates(session, place, spaces)
        lines = [line for one in there for line in lines_of(one, place.today)]
        return Found(with_unattended(session, place, spaces, lines), hidden_pages(session, place, spaces))

    def summary(self, lines: Sequence[Line]) -> str:
        counts = self.counted(lines)
        parts = [
            ngettext("%(count)s late", "%(count)s late", counts.get("overdue", 0)),
            ngettext("%(count)s due soon", "%(count)s due soon", counts.get("due_soon", 0)),
            ngettext("%(count)s that nobody keeps right", "%(count)s that nobody keeps right", counts.get("orphan", 0)),
        ]
        caretaker = sum("caretaker" in line.flags for line in lines)
        if caretaker:
            parts.append(ngettext("%(count)s with a caretaker", "%(count)s with a caretaker", caretaker))
        total = ngettext("%(count)s thing to look at", "%(count)s things to look at", len(lines))
        return _("%(total)s: %(parts)s.", total=total, parts=", ".join(parts))


def lines_of(one: Candidate, today: date) -> Iterator[Line]:
    """The page, if there is a reason; and its risks that nobody has looked at."""
    reasons = sorted(_reasons(one, today), key=lambda reason: reason[1] or _FAR)
    record = one.record
    if reasons or one.orphan:
        yield _line(one, reasons, today)
    if record is not None and record.kind == "risk_register" and record.state == "open":
        for row in record.rows("risks"):
            stale = risk_stale(record, row, today)
            if stale is not None and stale.key == "stale":
                yield _risk(one, row, stale.text, today)


def _line(one: Candidate, reasons: list[tuple[str, str | None]], today: date) -> Line:
    said = [why for why, _due in reasons]
    due = next((due for _why, due in reasons if due), None)
    if one.orphan:
        said.append(_("Nobody keeps it right"))
    over = any(due is None or due < today.isoformat() for _why, due in reasons)
    status = "orphan" if one.orphan else "overdue" if over else "due_soon"
    return Line(
        one.page,
        status,
        one.page.title,
        due=due,
        person=one.page.owner_id,
        orgs=one.orgs,
        data=_facts("; ".join(said), due, one.page.last_looked, today),
        order=(-_days_late(due, today), one.page.title),
    )


def _risk(one: Candidate, row: dict[str, Any], why: str, today: date) -> Line:
    looked = row.get("last_looked")
    due = (date.fromisoformat(looked) + timedelta(days=STALE + 1)).isoformat() if looked else None
    return Line(
        one.page,
        "overdue",
        row.get("statement", one.page.title),
        row["id"],
        _facts(why, due, looked, today),
        due,
        row.get("owner"),
        one.orgs,
        order=(-_days_late(due, today), row.get("statement", "")),
    )


def _facts(why: str, due: str | None, looked: str | None, today: date) -> dict[str, Any]:
    days = _days_late(due, today)
    return {"why": why, "days_late": days if days > 0 else None, "last_looked": looked}


def _days_late(due: str | None, today: date) -> int:
    """Days since it was due; below nothing for what is due later."""
    return (today - date.fromisoformat(due)).days if due else 0


def _reasons(one: Candidate, today: date) -> Iterator[tuple[str, str | None]]:
    """Why a page should be looked at, and since or until when."""
    due = one.page.review_due
    if due is not None and due <= (today + timedelta(days=SOON)).isoformat():
        yield (_("Its next look was due") if due < today.isoformat() else _("Its next look is soon")), due
    if one.record is None:
        return
    if one.record.kind == "agreement":
        stands = standing(one.record, today)
        until = one.record.ends("term")
        if stands.key == "ends_soon" and until is not None:
            yield stands.text, until.isoformat()
    reason = late(one.record, today)
    if reason is not None:
        yield reason.text, late_since(one.record, today)


def _some(value: Any) -> Iterable[Any]:
    return () if value is None else (value,)
