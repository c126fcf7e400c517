"""People and what they hold: if this person left tomorrow, what would be without a holder?"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import visible_pages
from wiki.holdings.held import Held
from wiki.holdings.seeing import Overview
from wiki.holdings.survey import Survey, survey
from wiki.holdings.words import holdings
from wiki.i18n import gettext as _
from wiki.i18n import ngettext, sort_key
from wiki.kinds import HOLDINGS, Catalogue
from wiki.kinds.workings.care import SOON
from wiki.models import FieldValue, Page
from wiki.registers.listing import Place
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status
from wiki.registers.named.rows import PAGE_FACTS, PageFacts

_Org = aliased(FieldValue)


class People(Register):
    key = "people"
    icon = "users"
    dated = False
    personal = True

    def label(self) -> str:
        return _("People and what they hold")

    def question(self) -> str:
        return _("If this person left tomorrow, what would be without a holder?")

    def empty(self) -> Empty:
        return Empty(
            _("Nobody is here yet"),
            _("The people of your organisation and of the spaces that you coordinate stand here, with what they hold."),
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "left_and_holds": Status(_("Left, and still holds something"), "bad"),
            "leaving": Status(_("Leaving"), "warn"),
            "too_much_on_one_person": Status(_("Too much on one person"), "warn"),
            "single_holder": Status(_("Single holder"), "warn"),
            "away": Status(_("Away"), "note"),
            "held_well": Status(_("Held well"), "good"),
            "holds_nothing": Status(_("Holds nothing")),
        }

    def flags(self) -> dict[str, Status]:
        return {
            "single_holder": Status(_("Single holder"), "note"),
            "too_much_on_one_person": Status(_("Too much on one person"), "warn"),
        }

    def columns(self, catalogue: Catalogue) -> list[Column]:
        counts = [
            Column(key, label, "count", _count(key), goes=f"#h-{_OF_PAGES.get(key, key)}")
            for key, label in counted().items()
        ]
        return [
            Column("person", _("Person"), "title", lambda line: line.text),
            Column("organisation", _("Organisation"), "pages", lambda line: line.orgs),
            Column("status", _("Status"), "status", lambda line: line.status),
            Column("total", _("All"), "count", _count("total")),
            *counts,
            Column("flags", _("To look at"), "flags", lambda line: line.flags),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        return [
            Filter("organisation", _("Organisation"), "page", lambda line: line.orgs, kinds=("organisation",)),
            Filter("person", _("Person"), "page", lambda line: (line.page.page_id,), kinds=("person",)),
            Filter("holds", _("Holds"), "choice", lambda line: line.found, choices=holdings()),
        ]

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        there = survey(session, place.catalogue, place.viewer, place.today, spaces)
        seen = Overview.of(place.viewer)
        held = there.by_person()
        facts = Facts.of(there)
        lines, hidden = [], 0
        for page, org in _people(session, place):
            theirs = held.get(page.page_id, [])
            if seen.may_see(page.page_id, org, page.space_id, theirs):
                line = _line(page, org, seen.shown(page.page_id, org, theirs), facts, place)
                lines += [line] if _belongs(line, spaces) else []
            else:
                hidden += bool(theirs)
        return Found(lines, hidden)

    def summary(self, lines: Sequence[Line]) -> str:
        counts = self.counted(lines)
        flagged = Counter(flag for line in lines for flag in line.flags)
        parts = [
            said
            for count, said in (
                (
                    counts.get("leaving", 0),
                    ngettext("%(count)s leaving", "%(count)s leaving", counts.get("leaving", 0)),
                ),
                (
                    counts.get("left_and_holds", 0),
                    ngettext(
                        "%(count)s left and still holds something",
                        "%(count)s left and still hold something",
                        counts.get("left_and_holds", 0),
                    ),
                ),
                (
                    flagged["too_much_on_one_person"],
                    ngettext(
                        "%(count)s with more than a quarter of a partnership’s open rows",
                        "%(count)s with more than a quarter of a partnership’s open rows",
                        flagged["too_much_on_one_person"],
                    ),
                ),
            )
            if count
        ]
        total = ngettext("%(count)s person", "%(count)s people", len(lines))
        return _("%(total)s: %(parts)s.", total=total, parts=", ".join(parts)) if parts else _("%(told)s.", told=total)


def counted() -> dict[str, str]:
    """The columns with numbers, in short."""
    return {
        "page": _("Pages"),
        "action": _("Actions"),
        "promise": _("Promises"),
        "activity": _("Activities"),
        "risk": _("Risks"),
        "decision": _("Decisions"),
        "group": _("Groups"),
        "role": _("Roles"),
        "relationship": _("Relationships"),
        "measure": _("Measures"),
        "representative": _("Speaks for"),
        "other": _("Other"),
        "single_editor": _("Only editor"),
        "reviews_due": _("Reviews due"),
    }


#: What is counted among the pages that somebody keeps right.
_OF_PAGES = {"single_editor": "page", "reviews_due": "page"}


@dataclass(frozen=True)
class Facts:
    """What is worked out over everybody."""

    alone: dict[int, set[int]]
    relationships: set[tuple[int, int]]
    too_much: dict[int, set[int]]

    @classmethod
    def of(cls, there: Survey) -> "Facts":
        alone: dict[int, set[int]] = {}
        for page, person in there.alone.items():
            alone.setdefault(person, set()).add(page)
        return cls(alone, there.relationships_alone(), there.too_much())


def _people(session: Session, place: Place) -> Iterable[tuple[PageFacts, int | None]]:
    """The people whose pages the reader may see, with their organisations."""
    query = (
        select(*PAGE_FACTS, _Org.ref_id.label("org"))
        .select_from(Page)
        .outerjoin(_Org, and_(_Org.page_id == Page.id, _Org.key == "org", _Org.position == 0))
        .where(Page.kind == "person", Page.archived_at.is_(None), visible_pages(place.viewer))
    )
    for row in session.connection().execute(query):
        yield PageFacts.read(row, place), row.org


def _line(page: PageFacts, org: int | None, held: Sequence[Held], facts: Facts, place: Place) -> Line:
    person = page.page_id
    kept = {one.page_id for one in held if one.what == "page"}
    alone = facts.alone.get(person, set()) & kept
    numbers = Counter(one.what for one in held)
    soon = place.today + timedelta(days=SOON)
    numbers["single_editor"] = len(alone)
    numbers["reviews_due"] = len({one.page_id for one in held if one.what == "page" and one.due and one.due <= soon})
    numbers["total"] = len(held)
    single = bool(alone) or any((person, one.about) in facts.relationships for one in held if one.about is not None)
    too_much = facts.too_much.get(person, set()) & {one.partnership_id for one in held}
    flags = [
        key
        for key, is_so in (("single_holder", single), ("too_much_on_one_person", bool(too_much)))
        if is_so and page.state != "left"
    ]
    return Line(
        page,
        _status(page.state, held, flags),
        page.title,
        data=numbers,
        person=person,
        orgs=(org,) if org else (),
        flags=tuple(flags),
        order=(sort_key(page.title), person),
        found=tuple(what for what in HOLDINGS if numbers[what]),
    )


def _status(state: str, held: Sequence[Held], flags: Sequence[str]) -> str:
    if state == "left" and held:
        return "left_and_holds"
    if state == "leaving":
        return "leaving"
    if flags:
        return flags[-1]
    if state == "away":
        return "away"
    return "held_well" if held else "holds_nothing"


def _belongs(line: Line, spaces: Sequence[int]) -> bool:
    """Who has left and holds nothing is of the past; where a space is asked for, only who lives there or holds something there."""
    if not line.data["total"] and line.page.state == "left":
        return False
    return bool(line.data["total"]) or not spaces or line.page.space_id in spaces


def _count(key: str) -> Callable[[Line], int | None]:
    return lambda line: line.data[key] or None
