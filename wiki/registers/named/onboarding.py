"""Onboarding: is the newcomer up to date without asking partners?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.i18n import format_number, ngettext
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.kinds.types.base import Ref
from wiki.models import Account, Page
from wiki.paths.records import Recorded, enrolments
from wiki.paths.walks import Walk, walk
from wiki.questions.topics import repeated
from wiki.registers.listing import Place
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status
from wiki.registers.named.rows import PageFacts, within

FAR = "9999"


class Onboarding(Register):
    key = "onboarding"
    icon = "route"
    views = ("board", "calendar")
    opens_live = True
    personal = True

    def label(self) -> str:
        return _("Onboarding")

    def question(self) -> str:
        return _("Is the newcomer up to date without asking partners?")

    def empty(self) -> Empty:
        return Empty(
            _("Nobody is on a path"),
            _(
                "A reading path brings somebody who is new up to date. Who starts one, is put on one, or gets a role that names one, "
                "stands here: for themselves, their buddy, their organisation and coordinators."
            ),
            _("Lay out what a newcomer reads and does"),
            "reading_path",
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "late": Status(_("Late"), "warn"),
            "on_time": Status(_("On time"), "note"),
            "finished": Status(_("Finished"), "good", live=False),
            "ended": Status(_("Ended"), live=False),
        }

    def live_label(self) -> str:
        return _("On a path now")

    def flags(self) -> dict[str, Status]:
        return {
            "changed_since": Status(_("A page changed since it was read"), "note"),
            "partner_questions": Status(_("Partners were asked"), "warn"),
            "write_it_down_once": Status(_("Write it down once"), "warn"),
            "without_buddy": Status(_("Without a buddy"), "warn"),
        }

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("person", _("Person"), "title", lambda line: line.text),
            Column("status", _("Status"), "status", lambda line: line.status),
            Column("organisation", _("Organisation"), "pages", lambda line: line.orgs),
            Column("path", _("Path"), "source", lambda line: line.page.page_id),
            Column("started", _("Started"), "day", lambda line: line.data["started"]),
            Column("steps", _("Steps done"), "words", _steps),
            Column("steps_done", _("Steps done"), "number", lambda line: line.found.done, file_only=True),
            Column("steps_needed", _("Steps needed"), "number", lambda line: line.found.total, file_only=True),
            Column("due", _("Due"), "day", lambda line: line.due),
            Column("asked_inside", _("Asked inside"), "number", lambda line: line.found.asked_inside),
            Column("asked_partners", _("Asked partners"), "number", lambda line: line.found.asked_partners),
            Column("last_step", _("Last step"), "pages", _last_step),
            Column("last_step_on", _("Last step on"), "day", lambda line: line.data["last_on"], file_only=True),
            Column("buddy", _("Buddy"), "pages", lambda line: line.found.buddy.id),
            Column("flags", _("To see to"), "flags", lambda line: line.flags),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        return [
            Filter("organisation", _("Organisation"), "page", lambda line: line.orgs, kinds=("organisation",)),
            Filter("path", _("Path"), "page", lambda line: (line.page.page_id,), kinds=("reading_path",)),
            Filter("person", _("Person"), "page", lambda line: _some(line.person), kinds=("person",)),
            Filter("buddy", _("Buddy"), "page", lambda line: _some(line.found.buddy.id), kinds=("person",)),
            Filter("due", _("Due"), "days", lambda line: _some(line.due)),
        ]

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        found = enrolments(session, place.viewer, Page.archived_at.is_(None), within(spaces))
        walks = [(one, walk(one, {}, {}, place.viewer.person_id)) for one in found]
        twice = _asked_twice(session, place, [there for _one, there in walks])
        return Found([_line(one, there, place, twice) for one, there in walks])

    def summary(self, lines: Sequence[Line]) -> str:
        counts = self.counted(lines)
        on_it = counts.get("late", 0) + counts.get("on_time", 0)
        total = ngettext("%(count)s person on a path", "%(count)s people on a path", on_it)
        parts = [total]
        if counts.get("late"):
            parts.append(ngettext("%(count)s late", "%(count)s late", counts["late"]))
        live = [line.found for line in lines if line.status in ("late", "on_time")]
        inside, partners = sum(one.asked_inside for one in live), sum(one.asked_partners for one in live)
        asked = ngettext("%(count)s question asked inside", "%(count)s questions asked inside", inside)
        to_partners = ngettext("%(count)s to partners", "%(count)s to partners", partners)
        return _("%(people)s; %(asked)s, %(partners)s.", people=", ".join(parts), asked=asked, partners=to_partners)


def _line(one: Recorded, there: Walk, place: Place, twice: set[int]) -> Line:
    status = there.status(place.today)
    due = there.due.isoformat() if there.due else None
    flags = {
        "changed_since": bool(there.changed),
        "partner_questions": there.asked_partners > 0,
        "write_it_down_once": there.person.id in twice,
        "without_buddy": there.open and there.buddy.id is None,
    }
    return Line(
        PageFacts.read(one.row, place),
        status,
        there.person.name,
        data={"started": there.started.isoformat(), "last_on": _day(there, place.time_zone)},
        due=due,
        person=there.person.id,
        orgs=(there.org.id,) if there.org.id is not None else (),
        flags=tuple(key for key, holds in flags.items() if holds),
        order=(list(Onboarding().statuses()).index(status), due or FAR, there.person.name),
        found=there,
        below=f"/path/{there.id}",
    )


def _day(there: Walk, time_zone: str) -> str | None:
    last = there.last
    moment: datetime | None = last.taken.time if last is not None and last.taken is not None else None
    return moment.astimezone(ZoneInfo(time_zone)).date().isoformat() if moment is not None else None


def _asked_twice(session: Session, place: Place, walks: Sequence[Walk]) -> set[int]:
    """The people of whose questions one came to a partner who had been asked the same before."""
    if not any(one.asked_partners for one in walks):
        return set()
    askers = {
        one.question.asker_id
        for topic in repeated(session, place.viewer, place.today, place.time_zone)
        for one in topic.asked
    }
    known = select(Account.person_id).where(Account.id.in_([one for one in askers if one is not None]))
    return {person for person in session.scalars(known) if person is not None}


def _steps(line: Line) -> str:
    done, total = format_number(line.found.done), format_number(line.found.total)
    return _("%(count)s of %(total)s", count=done, total=total)


def _last_step(line: Line) -> Any:
    """The page of the step that was settled last, or what the step was called."""
    last = line.found.last
    if last is None or last.taken is None:
        return None
    return Ref(last.taken.page_id) if last.taken.page_id is not None else last.taken.what


def _some(value: Any) -> Iterable[Any]:
    return () if value is None else (value,)
