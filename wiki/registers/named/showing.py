"""A named register made ready for its template: heads, tabs, filters in use, lines with their cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from wiki.i18n import format_date, format_month, sort_key
from wiki.i18n import gettext as _
from wiki.kinds.types.base import Ref
from wiki.registers.cells import Cell
from wiki.registers.listing import Place
from wiki.registers.named.acts import ACTS, Act
from wiki.registers.named.answering import Answer
from wiki.registers.named.asking import Chosen
from wiki.registers.named.cells import Cells, mentioned
from wiki.registers.named.grids import Grid, agreement_matrix, risk_grid
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Filter
from wiki.registers.names import Names
from wiki.registers.showing import FilterInput, Head, Used
from wiki.text import url_part

#: Lines that a board or a calendar holds.
MOST_IN_VIEW = 500


@dataclass(frozen=True)
class Pile:
    """Lines that stand together in a board or a calendar."""

    key: str
    title: str
    tone: str
    lines: list["ShownLine"]


@dataclass(frozen=True)
class Tab:
    """A choice above the list with how many lines it has."""

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class ShownLine:
    """`cells` are the columns' with their labels; the first is the title."""

    key: str
    line: Line
    href: str
    status: Any
    cells: list[tuple[str, Cell]]
    acts: list[Act]

    @property
    def text(self) -> str:
        return self.line.text or str(self.line.page.title)


@dataclass(frozen=True)
class OneFilter:
    """What the macros of the filter form read of a control."""

    key: str
    label: str
    type: str
    kinds: tuple[str, ...] = ()


class ShownRegister:
    """All that the template needs; one statement, for the names of the pages that the shown lines mention."""

    def __init__(self, session: Session, place: Place, answer: Answer, *, whole: bool = False) -> None:
        self._place = place
        self.answer = answer
        self.question = answer.question
        self.register = answer.question.register
        self.columns = self._columns()
        self.lines_shown = answer.found if whole else answer.shown
        if answer.question.view:
            self.lines_shown = answer.found[:MOST_IN_VIEW]
        refs = mentioned(self.columns, self.lines_shown)
        if answer.question.view:
            refs += [Ref(line.person) for line in self.lines_shown if line.person is not None]
        refs += [ref for one in self.question.chosen for ref in one.refs]
        self.names = Names(session, place.viewer, refs)
        self._by_id = {one.id: one for one in place.spaces.values()}
        self.cells = Cells(place, self.register, self.names)

    def _columns(self) -> list[Column]:
        """Without those in which no shown line has anything, but for what the register is about."""
        always = {"title", "status", "day"}
        lines = self.answer.shown
        return [
            one
            for one in self.register.columns(self._place.catalogue)
            if not one.file_only and (one.type in always or any(map(_filled(one), lines)) or not lines)
        ]

    def heads(self) -> Iterator[Head]:
        first = self.question.sort.removeprefix("-")
        for one in self.columns:
            direction = ""
            if one.key == first:
                direction = "descending" if self.question.sort.startswith("-") else "ascending"
            sort = f"-{one.key}" if direction == "ascending" else one.key
            yield Head(one.label, self.question.address(sort=sort), direction, one.type in ("number", "count"))

    def lines(self) -> Iterator[ShownLine]:
        for line in self.lines_shown:
            yield self.line(line)

    def line(self, line: Line) -> ShownLine:
        return ShownLine(
            line.key,
            line,
            self.cells.href(line),
            self.cells.status(line),
            [(column.label, self.cells.cell(column, line)) for column in self.columns],
            self._acts(line),
        )

    def _acts(self, line: Line) -> list[Act]:
        """What the viewer can do to the line: only where they may edit its page."""
        space = self._by_id.get(line.page.space_id)
        if not self._place.viewer.signed_in or space is None or not space.may("edit"):
            return []
        return [ACTS[key] for key in self.register.acts(line, self._place.viewer)]

    def act_href(self, line: Line, act: Act, home: bool = False) -> str:
        """Where it is done to a line, and back to this list (or to the home of whoever does it)."""
        asked = {"row": line.key, "back": "home" if home else self.back()}
        return (
            f"/registers/{self.register.key}/{act.key}?{urlencode({key: said for key, said in asked.items() if said})}"
        )

    def back(self) -> str:
        return urlencode(self.question.pairs())

    def bulk_acts(self) -> list[Act]:
        """What can be done to several of the shown lines at once."""
        keys = dict.fromkeys(act.key for line in self.lines_shown for act in self._acts(line) if act.bulk)
        return [ACTS[key] for key in keys] if len(self.lines_shown) > 1 else []

    def tabs(self) -> list[Tab]:
        """All, those that are live, and each status that something has."""
        question, counts = self.question, self.answer.counts
        statuses = self.register.statuses()
        live = sum(count for key, count in counts.items() if key in statuses and statuses[key].live)
        everything = len(self.answer.scope)
        none = not question.statuses and not question.live
        opens = self.register.opens_live
        all_of_it = question.address(without=["status"], live="no" if opens else "")
        tabs = [Tab(_("All"), everything, all_of_it, none)]
        if live != everything:
            chosen = question.live and not question.statuses
            href = question.address(without=["status"], live="" if opens else "yes")
            tabs.append(Tab(self.register.live_label(), live, href, chosen))
            tabs = tabs[::-1] if opens else tabs
        keys = [key for key in statuses if key in counts or key in question.statuses]
        return tabs + [
            Tab(
                statuses[key].label,
                counts.get(key, 0),
                question.address(without=["live"], status=key),
                key in question.statuses,
            )
            for key in keys
        ]

    def groups(self) -> list[tuple[str, str, list[ShownLine]]]:
        """Heading, what is said beside it, and the shown lines under it."""
        return [
            (one.label, one.said, held)
            for one in self.register.groups(self.answer.scope)
            if (held := [self.line(line) for line in self.lines_shown if one.holds(line)])
        ]

    def scopes(self) -> list[Tab]:
        """This partnership, my organisation, mine, everything that the reader may see."""
        question = self.question
        viewer = self._place.viewer
        tabs = [Tab(_("Everything I may see"), 0, question.address(without=["scope", "space", "partnership"]), False)]
        for slug in question.spaces or self._own_spaces():
            name = self._place.spaces[slug].name
            href = question.address(without=["scope", "partnership"], space=slug)
            tabs.append(Tab(name, 0, href, question.spaces == (slug,) and not question.scope))
        if any(member.org_id is not None for member in viewer.memberships):
            href = question.address(without=["space", "partnership"], scope="organisation")
            tabs.append(Tab(_("My organisation"), 0, href, question.scope == "organisation"))
        if viewer.person_id is not None and self.register.held:
            href = question.address(without=["space", "partnership"], scope="mine")
            tabs.append(Tab(_("Mine"), 0, href, question.scope == "mine"))
        if not any(tab.chosen for tab in tabs):
            tabs[0] = Tab(tabs[0].label, 0, tabs[0].href, True)
        return tabs if len(tabs) > 1 else []

    def _own_spaces(self) -> list[str]:
        own = {member.space_id for member in self._place.viewer.memberships}
        found = [one for one in self._place.spaces.values() if one.id in own]
        return [one.slug for one in sorted(found, key=lambda one: sort_key(one.name))][:4]

    def flags(self) -> list[Tab]:
        """The marks that lines of the scope have."""
        counts: dict[str, int] = {}
        for line in self.answer.scope:
            for key in line.flags:
                counts[key] = counts.get(key, 0) + 1
        return [
            Tab(
                flag.label,
                counts.get(key, 0),
                self.question.address(flag="" if key in self.question.flags else key),
                key in self.question.flags,
            )
            for key, flag in self.register.flags().items()
            if key in counts or key in self.question.flags
        ]

    def used(self) -> list[Used]:
        """The filters in use, in words."""
        used = [Used(one.filter.label, self._said(one), self._without(one.key)) for one in self.question.chosen]
        if self.question.partnership is not None:
            text = dict(self.question.params).get("partnership", "")
            used.append(Used(_("Partnership"), text, self.question.address(without=["partnership"])))
        return used

    def _without(self, key: str) -> str:
        return self.question.address(without=[key, f"{key}.from", f"{key}.until"])

    def _said(self, one: Chosen) -> str:
        words = [one.filter.choices.get(word, word) for word in one.words]
        if one.refs:
            words = [self.names.page(ref.page) for ref in one.refs]
        if one.low is not None:
            words.append(_("from %(least)s", least=format_date(one.low)))
        if one.high is not None:
            words.append(_("until %(most)s", most=format_date(one.high)))
        return ", ".join(words)

    def inputs(self) -> Iterator[FilterInput]:
        """The filter form."""
        params = self.question.params
        given = {name: [text for key, text in params if key == name] for name, _text in params}
        for one in self.register.filters(self._place.catalogue):
            choices = dict(one.choices) if one.type == "choice" else self._words(one)
            type_ = "choice" if one.type == "word" else one.type
            names = [one.key, f"{one.key}.from", f"{one.key}.until"]
            values: dict[str, Any] = {
                name: given[name] if type_ == "choice" else given[name][0] for name in names if name in given
            }
            control: Any = OneFilter(one.key, one.label, type_, one.kinds)
            yield FilterInput(control, one.key, choices, values, len(values))

    def _words(self, one: Filter) -> dict[str, str]:
        if one.type != "word":
            return {}
        found = {str(word) for line in self.answer.scope for word in one.values(line)}
        return {word: word for word in sorted(found, key=sort_key)}

    def views(self) -> list[Tab]:
        """Ways of showing the list."""
        labels = {
            "": _("Table"),
            "board": _("Board"),
            "calendar": _("Calendar"),
            "grid": _("Grid"),
            "matrix": _("Who with whom"),
        }
        shown = ("", *self.register.views)
        return [Tab(labels[key], 0, self.question.address(view=key), key == self.question.view) for key in shown]

    def board(self) -> list[Pile]:
        """The lines by how they stand, the most pressing first; statuses that nothing has are left out."""
        statuses = self.register.statuses()
        lines = list(self.lines())
        piles = [
            Pile(key, status.label, status.tone, [one for one in lines if one.line.status == key])
            for key, status in statuses.items()
        ]
        return [pile for pile in piles if pile.lines]

    def grid(self) -> Grid:
        """Risks by how likely and how bad."""
        return risk_grid(self.lines_shown, self.question)

    def matrix(self) -> Grid:
        """Agreements by who has them with whom."""
        return agreement_matrix(self.lines_shown, self.question, self.names)

    def calendar(self) -> list[Pile]:
        """The lines by month, the first day first; those without a day are behind."""
        months: dict[str, list[ShownLine]] = {}
        for one in sorted(self.lines(), key=lambda one: one.line.due or "9999"):
            months.setdefault((one.line.due or "")[:7], []).append(one)
        return [
            Pile(month, format_month(f"{month}-01") if month else _("Without a day"), "", lines)
            for month, lines in months.items()
        ]

    def holder(self, line: Line) -> str:
        """Who has it, as far as the reader may know."""
        return self.names.page(line.person) if line.person is not None else ""

    def page_href(self, number: int) -> str:
        return self.question.address(page=number if number > 1 else "")

    def follow_href(self) -> str:
        """Where the addresses of this list for programs are."""
        asked = urlencode([pair for pair in self.question.pairs() if pair[0] != "page"])
        return f"/registers/{self.register.key}/follow" + (f"?{asked}" if asked else "")

    def summary(self) -> str:
        return self.register.summary(self.answer.scope)

    def new_href(self) -> str:
        """Where the first line would be begun; "" where the viewer may begin none, or nobody may any more."""
        kind = self.register.empty().kind
        wanted = self.question.spaces
        where = [one for slug, one in self._place.spaces.items() if not wanted or slug in wanted]
        where = [one for one in where if self._place.viewer.signed_in and one.may("create")]
        if not self._place.catalogue.offers(kind) or not where:
            return ""
        return f"/{url_part(where[0].slug)}/new?kind={kind}" if len(where) == 1 else f"/new?kind={kind}"


def _filled(column: Column) -> Any:
    def filled(line: Line) -> bool:
        return column.value(line) not in (None, "", (), [])

    return filled
