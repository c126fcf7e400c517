"""Lessons by theme: what did others learn about this, and did anything change?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import visible_pages
from wiki.i18n import gettext as _
from wiki.i18n import ngettext, sort_key
from wiki.kinds import Catalogue
from wiki.kinds.types.choices import choice_label
from wiki.models import FieldValue, Link, Page, Revision
from wiki.models.base import Moment
from wiki.registers.listing import Place
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Group, Register, Status
from wiki.registers.named.rows import PageFacts, facts_of_pages, hidden_here, own_spaces, page_facts, within

KIND = "lesson"
#: Days after which a lesson that was shared ought to have an answer.
UNANSWERED = 90
_KEYS = (
    "lesson",
    "type",
    "happened_on",
    "source",
    "response",
    "response_owner",
    "applied_in",
    "themes",
    "contributing_orgs",
)


@dataclass
class Learned:
    """A lesson as its register shows it. `gone` says that a page in which it was applied is retired or set aside by now."""

    page: PageFacts
    lesson: str = ""
    type: str = ""
    happened_on: date | None = None
    source: int | None = None
    response: str = ""
    response_owner: int | None = None
    applied_in: list[int] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    orgs: list[int] = field(default_factory=list)
    shared: date | None = None
    gone: bool = False


class Lessons(Register):
    key = "lessons"
    icon = "lightbulb"
    dated = False

    def label(self) -> str:
        return _("Lessons by theme")

    def question(self) -> str:
        return _("What did others learn about this, and did anything change?")

    def empty(self) -> Empty:
        return Empty(
            _("No lessons yet"),
            _("What people learned stands in this list by its themes, with whether anything changed because of it."),
            _("Note one thing we learned"),
            KIND,
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "no_answer": Status(_("No answer after 90 days"), "warn"),
            "captured": Status(_("Captured")),
            "checked": Status(_("Checked"), "note"),
            "shared": Status(_("Shared"), "note"),
            "applied": Status(_("Applied"), "good"),
            "retired": Status(_("Retired"), live=False),
        }

    def live_label(self) -> str:
        return _("Not retired")

    def flags(self) -> dict[str, Status]:
        return {"page_gone": Status(_("Page in which it was applied is retired"), "warn")}

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("lesson", _("The lesson in one sentence"), "title", lambda line: line.text),
            Column("type", _("What kind"), "choice", lambda line: line.found.type, _choices(catalogue, "type")),
            Column("themes", _("Themes"), "words", lambda line: ", ".join(line.found.themes)),
            Column("happened_on", _("When"), "day", lambda line: _iso(line.found.happened_on)),
            Column("source", _("Where it came from"), "pages", lambda line: line.found.source),
            Column(
                "response", _("Our answer"), "choice", lambda line: line.found.response, _choices(catalogue, "response")
            ),
            Column("applied_in", _("What changed because of it"), "pages", lambda line: line.found.applied_in),
            Column("status", _("Did anything change?"), "status", lambda line: line.status),
            Column("flags", _("To look at"), "flags", lambda line: line.flags),
            Column(
                "response_owner",
                _("Who takes it on"),
                "pages",
                lambda line: line.found.response_owner,
                file_only=True,
            ),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        return [
            Filter("theme", _("Theme"), "word", lambda line: line.found.themes),
            Filter(
                "type",
                _("What kind"),
                "choice",
                lambda line: (line.found.type,) if line.found.type else (),
                choices=_choices(catalogue, "type"),
            ),
            Filter("source", _("Where it came from"), "page", lambda line: _some(line.found.source)),
            Filter("happened_on", _("When"), "days", lambda line: _some(_iso(line.found.happened_on))),
        ]

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        own = own_spaces(place, spaces)
        hidden = select(func.count()).select_from(Page).where(Page.kind == KIND, hidden_here(place, own))
        return Found(
            [_line(one, place.today) for one in _learned(session, place, spaces).values()],
            int(session.connection().execute(hidden).scalar_one()),
        )

    def groups(self, lines: Sequence[Line]) -> list[Group]:
        """By theme, each with how many of its lessons changed something; lessons without a theme come last."""
        themes = sorted({theme for line in lines for theme in line.found.themes}, key=sort_key)
        groups = [_group(theme, [line for line in lines if theme in line.found.themes], theme) for theme in themes]
        bare = [line for line in lines if not line.found.themes]
        return [*groups, _group(_("Without a theme"), bare, "")] if themes else []

    def summary(self, lines: Sequence[Line]) -> str:
        counts = self.counted(lines)
        total = ngettext("%(count)s lesson", "%(count)s lessons", len(lines))
        parts = [ngettext("%(count)s changed something", "%(count)s changed something", counts.get("applied", 0))]
        if counts.get("no_answer"):
            waiting = counts["no_answer"]
            parts.append(ngettext("%(count)s without an answer", "%(count)s without an answer", waiting))
        return _("%(total)s: %(parts)s.", total=total, parts=", ".join(parts))


def _group(label: str, lines: Sequence[Line], theme: str) -> Group:
    living = [line for line in lines if line.status != "retired"]
    applied = sum(line.status == "applied" for line in living)
    said = _("applied %(applied)s of %(total)s", applied=applied, total=len(living))
    return Group(
        label[:1].upper() + label[1:], said, lambda line: theme in line.found.themes if theme else not line.found.themes
    )


def _learned(session: Session, place: Place, spaces: Sequence[int]) -> dict[int, Learned]:
    connection = session.connection()
    here = and_(Page.kind == KIND, Page.archived_at.is_(None), visible_pages(place.viewer), within(spaces))
    asked = (_first_shared().label("shared"), _applied_and_gone(place).label("gone"))
    rows = connection.execute(facts_of_pages().add_columns(*asked).where(here))
    zone = ZoneInfo(place.time_zone)
    found = {
        row.id: Learned(
            page_facts(row, place), shared=row.shared.astimezone(zone).date() if row.shared else None, gone=row.gone
        )
        for row in rows
    }
    values = (
        select(FieldValue.page_id, FieldValue.key, FieldValue.text, FieldValue.date, FieldValue.ref_id)
        .join(Page, Page.id == FieldValue.page_id)
        .where(here, FieldValue.key.in_(_KEYS))
        .order_by(FieldValue.page_id, FieldValue.position)
    )
    for page_id, key, text, day, ref in connection.execute(values):
        _fill(found[page_id], key, text, day, ref)
    return found


def _first_shared() -> Any:
    """When a page was shared first: from an index, not from the revisions."""
    query = select(func.min(Revision.time, type_=Moment)).where(Revision.page_id == Page.id, Revision.state == "shared")
    return query.correlate(Page).scalar_subquery()


def _applied_and_gone(place: Place) -> Any:
    """Whether a page that the lesson changed is retired or archived by now; only pages that the reader may see tell."""
    there = aliased(Page)
    seen = there.id.in_(select(Page.id).where(visible_pages(place.viewer)).correlate(None))
    over = or_(there.archived_at.is_not(None), there.over != "")
    query = select(Link.id).join(there, there.id == Link.target_id)
    return query.where(Link.page_id == Page.id, Link.name == "applied_in", seen, over).correlate(Page).exists()


def _fill(one: Learned, key: str, text: str | None, day: date | None, ref: int | None) -> None:
    if key in ("lesson", "type", "response") and text:
        setattr(one, key, text)
    elif key == "happened_on":
        one.happened_on = day
    elif key in ("source", "response_owner"):
        setattr(one, key, ref)
    elif key == "applied_in" and ref is not None:
        one.applied_in.append(ref)
    elif key == "contributing_orgs" and ref is not None:
        one.orgs.append(ref)
    elif key == "themes" and text:
        one.themes.append(text)


def _line(one: Learned, today: date) -> Line:
    state = one.page.state
    waits = state == "shared" and not one.response and one.shared is not None
    status = "no_answer" if waits and one.shared and (today - one.shared).days > UNANSWERED else state
    day = one.happened_on
    return Line(
        one.page,
        status,
        one.lesson or one.page.title,
        person=one.response_owner or one.page.owner_id,
        orgs=tuple(one.orgs),
        flags=("page_gone",) if state == "applied" and one.gone else (),
        order=(-(day.toordinal() if day else 0), one.page.title),
        found=one,
    )


def _choices(catalogue: Catalogue, key: str) -> dict[str, str]:
    found = catalogue[KIND].field(key)
    return {one: choice_label(found, one) for one in found.choices} if found is not None else {}


def _some(value: Any) -> Iterable[Any]:
    return () if value is None else (value,)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
