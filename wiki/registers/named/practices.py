"""Practices: what works elsewhere that I could try, and who should be thanked?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from wiki.access import visible_pages
from wiki.i18n import format_number, ngettext
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.kinds.record import Record
from wiki.kinds.types.choices import choice_label
from wiki.kinds.workings.knowledge import maturity
from wiki.models import FieldValue, Page, Revision, Thanks
from wiki.registers.listing import Place
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status
from wiki.registers.named.rows import PageFacts, facts_of_pages, hidden_here, own_spaces, page_facts, within
from wiki.rendering.plain import plain_text

KIND = "practice"
_TEXTS, _LISTS = ("problem", "idea"), ("settings", "themes", "ask", "contributing_orgs")
#: A use told since then is new.
NEW = timedelta(days=30)
_FIRST = ("recommended", "adapted", "tried", "not_tried")


@dataclass
class Practice:
    """A practice as its register shows it. `uses` are its rows, `thanked` the organisation and person of each thanks, with the day."""

    page: PageFacts
    org: int | None = None
    problem: str = ""
    idea: str = ""
    settings: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    ask: list[int] = field(default_factory=list)
    contributing_orgs: list[int] = field(default_factory=list)
    uses: list[dict[str, Any]] = field(default_factory=list)
    thanked: list[tuple[int | None, int | None]] = field(default_factory=list)
    thanked_on: list[str] = field(default_factory=list)

    def results(self, result: str) -> int:
        return sum(one.get("result") == result for one in self.uses)

    @property
    def used_by(self) -> list[int]:
        return list(dict.fromkeys(one["org"] for one in self.uses if isinstance(one.get("org"), int)))

    @property
    def used_on(self) -> list[str]:
        return [one["on"] for one in self.uses if one.get("on")]

    @property
    def thanked_by(self) -> list[int]:
        """The organisations whose people said thank you: who they are, not how often."""
        return sorted({org for org, _person in self.thanked if org is not None})


class Practices(Register):
    key = "practices"
    icon = "sprout"
    dated = False

    def label(self) -> str:
        return _("Practices and recognition")

    def question(self) -> str:
        return _("What works elsewhere that I could try, and who should be thanked?")

    def empty(self) -> Empty:
        return Empty(
            _("No practices yet"),
            _("What works, told so that others can try it, stands in this list with what came of it elsewhere."),
            _("Share something that works"),
            KIND,
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "recommended": Status(_("Recommended"), "good"),
            "adapted": Status(_("Adapted elsewhere"), "good"),
            "tried": Status(_("Tried"), "note"),
            "not_tried": Status(_("Tried nowhere yet")),
            "draft": Status(_("Draft"), live=False),
            "retired": Status(_("Retired"), live=False),
        }

    def flags(self) -> dict[str, Status]:
        return {
            "newly_adapted": Status(_("Newly adapted"), "good"),
            "thanks_this_month": Status(_("Thanked this month"), "note"),
        }

    def live_label(self) -> str:
        return _("Shared")

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("practice", _("Practice"), "title", lambda line: line.text),
            Column("problem", _("When to use it"), "words", lambda line: line.found.problem),
            Column("idea", _("The idea in three lines"), "words", lambda line: line.found.idea),
            Column("status", _("How far it has come"), "status", lambda line: line.status),
            Column("went", _("How it went"), "words", lambda line: _went(line.found)),
            Column("settings", _("Works"), "words", lambda line: ", ".join(_said(catalogue, line.found.settings))),
            Column("used_by", _("Used by"), "pages", lambda line: line.found.used_by),
            Column("worked", _("It worked"), "number", lambda line: line.found.results("worked"), file_only=True),
            Column("partly", _("Partly"), "number", lambda line: line.found.results("partly"), file_only=True),
            Column("did_not", _("It did not"), "number", lambda line: line.found.results("did_not"), file_only=True),
            Column("thanked_by", _("Thanked by"), "pages", lambda line: line.found.thanked_by),
            Column("ask", _("Who to ask"), "pages", lambda line: line.found.ask),
            Column("themes", _("Themes"), "words", lambda line: ", ".join(line.found.themes)),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        settings = catalogue[KIND].field("settings")
        choices = {key: choice_label(settings, key) for key in settings.choices} if settings else {}
        return [
            Filter("looking_for", _("Looking for"), "text", _texts),
            Filter("theme", _("Theme"), "word", lambda line: line.found.themes),
            Filter("setting", _("Works"), "choice", lambda line: line.found.settings, choices=choices),
            Filter("used_by", _("Used by"), "page", lambda line: line.found.used_by, kinds=("organisation",)),
            Filter("used_on", _("Used on"), "days", lambda line: line.found.used_on),
            Filter("thanked_on", _("Thanked on"), "days", lambda line: line.found.thanked_on),
        ]

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        found = _found(session, place, spaces)
        hidden = select(func.count()).select_from(Page)
        hidden = hidden.where(Page.kind == KIND, hidden_here(place, own_spaces(place, spaces)))
        return Found([_line(one, place) for one in found.values()], session.connection().execute(hidden).scalar_one())

    def summary(self, lines: Sequence[Line]) -> str:
        counts = self.counted(lines)
        total = ngettext("%(count)s practice", "%(count)s practices", len(lines))
        parts = [
            said
            for key, said in (
                (
                    "recommended",
                    ngettext("%(count)s recommended", "%(count)s recommended", counts.get("recommended", 0)),
                ),
                (
                    "adapted",
                    ngettext("%(count)s adapted elsewhere", "%(count)s adapted elsewhere", counts.get("adapted", 0)),
                ),
                (
                    "not_tried",
                    ngettext("%(count)s tried nowhere yet", "%(count)s tried nowhere yet", counts.get("not_tried", 0)),
                ),
            )
            if counts.get(key)
        ]
        return _("%(total)s: %(parts)s.", total=total, parts=", ".join(parts)) if parts else f"{total}."


def _texts(line: Line) -> list[str]:
    """What tells whether it helps with what somebody has on their desk."""
    return [line.text, line.found.problem, line.found.idea, *line.found.themes]


def _went(one: Practice) -> str:
    """What did not work beside what did, where both are seen at once."""
    labels = {"worked": _("It worked"), "partly": _("Partly"), "did_not": _("It did not")}
    told = [(label, one.results(key)) for key, label in labels.items()]
    return " · ".join(f"{label}: {format_number(count)}" for label, count in told if count)


def _said(catalogue: Catalogue, keys: Sequence[str]) -> Iterator[str]:
    found = catalogue[KIND].field("settings")
    return (choice_label(found, key) if found and key in found.choices else key for key in keys)


def _found(session: Session, place: Place, spaces: Sequence[int]) -> dict[int, Practice]:
    connection = session.connection()
    here = and_(Page.kind == KIND, Page.archived_at.is_(None), visible_pages(place.viewer), within(spaces))
    keeper = select(FieldValue.ref_id).where(FieldValue.page_id == Page.owner_id, FieldValue.key == "org").limit(1)
    keeper_org = keeper.correlate(Page).scalar_subquery().label("org")
    pages = facts_of_pages().add_columns(keeper_org, Revision.fields.label("data"))
    pages = pages.join(Revision, and_(Revision.page_id == Page.id, Revision.number == Page.number)).where(here)
    found = {row.id: _practice(page_facts(row, place), row.org, row.data) for row in connection.execute(pages)}
    thanks = select(Thanks.page_id, Thanks.org_id, Thanks.by_id, Thanks.time)
    for page, org, by, when in connection.execute(thanks.join(Page, Page.id == Thanks.page_id).where(here)):
        found[page].thanked.append((org, by))
        found[page].thanked_on.append(when.date().isoformat())
    return found


def _practice(page: PageFacts, org: int | None, data: Mapping[str, Any]) -> Practice:
    made = Practice(page, org, uses=list(data.get("adaptations", ())))
    for key in _TEXTS:
        setattr(made, key, " ".join(plain_text(data.get(key, "")).split()))
    for key in _LISTS:
        setattr(made, key, list(data.get(key, ())))
    return made


def _line(one: Practice, place: Place) -> Line:
    fields = {"adaptations": one.uses, "contributing_orgs": one.contributing_orgs, "owner": one.page.owner_id}
    record = Record(KIND, one.page.state, fields, facts={"org": one.org, "thanked": one.thanked})
    value = maturity(record, place.today)
    status = value.key if value else one.page.state
    orgs = [*one.contributing_orgs, *([one.org] if one.org is not None else [])]
    rank = _FIRST.index(status) if status in _FIRST else len(_FIRST)
    return Line(
        one.page,
        status,
        one.page.title,
        person=one.page.owner_id,
        orgs=tuple(dict.fromkeys(orgs)),
        order=(rank, one.page.title),
        found=one,
        flags=tuple(_flags(one, orgs, place.today)),
    )


def _flags(one: Practice, own: Sequence[int], today: date) -> Iterator[str]:
    """What is new in it: a use by others, and somebody's thanks."""
    since = (today - NEW).isoformat()
    if any(use.get("on", "") >= since and use.get("org") not in own for use in one.uses):
        yield "newly_adapted"
    if any(day.startswith(today.isoformat()[:7]) for day in one.thanked_on):
        yield "thanks_this_month"
