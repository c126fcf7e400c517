"""Decisions: what was decided, why, and does it still stand?"""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from sqlalchemy.orm import Session

from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue, Record
from wiki.kinds.record import InChain
from wiki.kinds.workings.decisions import still_stands
from wiki.registers.listing import Place
from wiki.registers.named.decided import KIND, Decided, decided
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status

#: Days after which a proposal is late, and a decision ought to be in a plan.
LATE = 30


class Decisions(Register):
    key = "decisions"
    icon = "signpost"
    opens_live = True

    def label(self) -> str:
        return _("Decisions")

    def question(self) -> str:
        return _("What was decided, why, and does it still stand?")

    def empty(self) -> Empty:
        return Empty(
            _("No decisions yet"),
            _("Every decision record stands in this list, with whether it still stands and what took its place."),
            _("Write down what was decided and why"),
            KIND,
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "condition_met": Status(_("Stands; time to look again"), "warn"),
            "review_overdue": Status(_("Stands; the next look is overdue"), "warn"),
            "stands": Status(_("Stands"), "good"),
            "not_decided": Status(_("Not decided yet"), "note"),
            "replaced": Status(_("Replaced"), live=False),
            "retired": Status(_("Retired"), live=False),
            "rejected": Status(_("Rejected"), live=False),
            "draft": Status(_("Draft"), live=False),
        }

    def live_label(self) -> str:
        return _("Stands or is proposed")

    def flags(self) -> dict[str, Status]:
        return {
            "late": Status(_("Proposed long ago"), "warn"),
            "no_plan": Status(_("Not in any plan"), "note"),
            "hurry": Status(_("Hurry: partners not yet brought in"), "warn"),
        }

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("question", _("The question"), "title", lambda line: line.found.question or line.page.title),
            Column("number", _("Number"), "words", lambda line: line.found.number, file_only=True),
            Column("outcome", _("We decided to…"), "words", lambda line: line.found.outcome),
            Column("decided_on", _("Decided on"), "day", lambda line: line.due),
            Column("decided_by", _("Decided by"), "pages", lambda line: line.found.decided_by),
            Column("status", _("Still stands?"), "status", lambda line: line.status),
            Column("chain", _("What replaced what"), "chain", lambda line: line.found.chain),
            Column("flags", _("To look at"), "flags", lambda line: line.flags),
            Column("affects", _("Pages it changes"), "pages", lambda line: line.found.affects),
            Column("themes", _("Themes"), "words", lambda line: ", ".join(line.found.themes)),
            Column("review_due", _("Next look"), "day", lambda line: _iso(line.found.review_due)),
            Column("chain_length", _("Steps"), "number", lambda line: len(line.found.chain) or None, file_only=True),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        return [
            Filter("year", _("Year"), "word", lambda line: (line.due[:4],) if line.due else ()),
            Filter("group", _("Decided by"), "page", lambda line: line.found.decided_by),
            Filter("organisation", _("Organisation"), "page", lambda line: line.orgs, kinds=("organisation",)),
            Filter("made_under", _("Made under"), "page", lambda line: line.found.made_under),
            Filter("theme", _("Theme"), "word", lambda line: line.found.themes),
            Filter("affects", _("Page that it changes"), "page", lambda line: line.found.affects),
        ]

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        found, hidden = decided(session, place, spaces)
        return Found([_line(one, place.today) for one in found.values()], hidden)

    def summary(self, lines: Sequence[Line]) -> str:
        counts = self.counted(lines)
        stand = sum(counts.get(key, 0) for key in ("stands", "review_overdue", "condition_met"))
        parts = [ngettext("%(count)s stands", "%(count)s stand", stand)]
        waiting, open_yet, replaced = (counts.get(key, 0) for key in ("condition_met", "not_decided", "replaced"))
        for count, said in (
            (waiting, ngettext("%(count)s waits for a new look", "%(count)s wait for a new look", waiting)),
            (open_yet, ngettext("%(count)s not decided yet", "%(count)s not decided yet", open_yet)),
            (replaced, ngettext("%(count)s replaced", "%(count)s replaced", replaced)),
        ):
            parts += [said] if count else []
        total = ngettext("%(count)s decision", "%(count)s decisions", len(lines))
        said = _("%(total)s: %(parts)s.", total=total, parts=", ".join(parts))
        days = [line.found.days for line in lines if line.found.days is not None]
        if not days:
            return said
        half = round(median(days))
        return f"{said} " + ngettext(
            "Half of them took %(count)s day or less from proposed to accepted.",
            "Half of them took %(count)s days or less from proposed to accepted.",
            half,
        )


def _line(one: Decided, today: date) -> Line:
    fields = {"condition_met": "yes"} if one.condition_met else {}
    chain: tuple[InChain, ...] = one.chain
    record = Record(KIND, one.page.state, fields, one.review_due, facts={"chain": chain})
    status = "draft" if one.page.state == "draft" else still_stands(record, today).key
    day = one.decided_on
    return Line(
        one.page,
        status,
        f"{one.number} {one.question or one.page.title}".strip(),
        due=_iso(day),
        person=one.page.owner_id,
        orgs=tuple(dict.fromkeys((*one.orgs, *one.decided_by))),
        flags=tuple(_flags(one, today)),
        order=(-(day.toordinal() if day else 0), one.number, one.page.title),
        found=one,
    )


def _flags(one: Decided, today: date) -> Iterable[str]:
    if one.page.state == "proposed" and one.proposed is not None and (today - one.proposed).days > LATE:
        yield "late"
    if one.page.state != "accepted":
        return
    if one.decided_on is not None and (today - one.decided_on).days > LATE and not one.carried_on:
        yield "no_plan"
    if one.hurry and one.bring_in is not None:
        yield "hurry"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
