"""A register made ready for its template: heads to sort by, states to choose, filters in use, cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import SpaceInfo
from wiki.i18n import format_date, format_number, sort_key
from wiki.i18n import gettext as _
from wiki.registers.asking import Asked, Filter, parameter
from wiki.registers.cells import Cell, Cells, references
from wiki.registers.controls import UNSET, Control
from wiki.registers.listing import Listing, Place
from wiki.registers.names import Names
from wiki.text import url_part


@dataclass(frozen=True)
class Head:
    """A column's head; `sorted` is "", "ascending" or "descending", `href` sorts by it (the other way, if it is sorted)."""

    label: str
    href: str
    sorted: str
    number: bool


@dataclass(frozen=True)
class StateChoice:
    label: str
    tone: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True)
class Used:
    """A filter in use, in words; `href` is the register without it."""

    label: str
    text: str
    href: str


@dataclass(frozen=True)
class Line:
    href: str
    archived: bool
    cells: list[tuple[str, Cell]]


@dataclass(frozen=True)
class FilterInput:
    """A control of the filter form. `values` are by input name, as the macros want them; `chosen` counts those in use."""

    control: Control
    name: str
    choices: dict[str, str]
    values: dict[str, Any]
    chosen: int

    @property
    def native_days(self) -> bool:
        """Whether a browser's own control for days can hold what was given."""
        return all(_is_iso(str(text)) for text in self.values.values() if text)


class Shown:
    """All that the template needs; one statement, for the names of the pages that the list mentions."""

    def __init__(self, session: Session, place: Place, found: Listing) -> None:
        self._place = place
        self.found = found
        self.asked: Asked = found.asked
        used = (ref for one in self.asked.filters for ref in one.refs)
        self._names = Names(session, place.viewer, [*references(found.columns, found.entries), *used])
        self.limited_to = place.spaces.get(self.asked.spaces()[0]) if len(self.asked.spaces()) == 1 else None

    def heads(self) -> list[Head]:
        return [
            Head(
                one.label,
                self._sort_href(one.key),
                self._direction(one.key),
                one.is_number,
            )
            for one in self.found.columns
        ]

    def _direction(self, key: str) -> str:
        first = self.asked.sort[0] if self.asked.sort else ""
        if first.removeprefix("-") != key:
            return ""
        return "descending" if first.startswith("-") else "ascending"

    def _sort_href(self, key: str) -> str:
        return self.asked.address(sort=f"-{key}" if self._direction(key) == "ascending" else key)

    def states(self) -> list[StateChoice]:
        """The states in which there are pages or that are asked for, in the order of the kind, then those it no longer has."""
        chosen = self.asked.filter("state")
        keys = [one.key for one in self.found.kind.states]
        keys += sorted(key for key in self.found.states if key not in keys)
        return [
            StateChoice(
                label=_(self.found.kind.state(key).label),
                tone=self.found.kind.state(key).tone,
                count=self.found.states.get(key, 0),
                chosen=chosen is not None and key in chosen.words,
                href=self.asked.address(state=key),
            )
            for key in keys
            if key in self.found.states or (chosen is not None and key in chosen.words)
        ]

    @property
    def in_all_states(self) -> int:
        return sum(self.found.states.values())

    def all_states_href(self) -> str:
        return self.asked.address(without=["state"], show="all")

    def used(self) -> list[Used]:
        """The filters in use; the state has its own place, and so has a space that is the only one."""
        shown = [
            one for one in self.asked.filters if one.key != "state" and not (one.key == "space" and self.limited_to)
        ]
        return [Used(one.control.label, self._said(one), self._without(one)) for one in shown]

    def _without(self, one: Filter) -> str:
        given = any(_key(name) == one.key for name, _value in self.asked.params)
        return self.asked.address(without=[parameter(one.key)], show="all" if self.asked.show_all or not given else "")

    def _said(self, one: Filter) -> str:
        words = [one.control.choices.get(word, word) for word in one.words]
        if one.refs:
            words = [self._names.row(ref.page, ref.row) if ref.row else self._names.page(ref.page) for ref in one.refs]
        if one.unset:
            words.append(one.control.choices.get(UNSET, _("Not set")))
        if one.low is not None:
            words.append(_("from %(least)s", least=_bound(one.low)))
        if one.high is not None:
            words.append(_("until %(most)s", most=_bound(one.high)))
        return ", ".join(words)

    def inputs(self) -> Iterator[FilterInput]:
        """The filter form, but for the state."""
        for control in self.found.controls:
            if control.key == "state":
                continue
            name = parameter(control.key)
            given = {n: [v for m, v in self.asked.params if m == n] for n, _value in self.asked.params}
            names = [name, f"{name}.from", f"{name}.until"]
            values: dict[str, Any] = {
                n: given[n] if control.type == "choice" else given[n][0] for n in names if n in given
            }
            used = self.asked.filter(control.key)
            if used is not None and not values:
                values = {name: list(used.words)}
            if control.type == "page" and used is not None and len(used.refs) == 1:
                values[name] = self._names.typed(used.refs[0])
            yield FilterInput(control, name, self._choices(control), values, sum(map(_count, values.values())))

    def _choices(self, control: Control) -> dict[str, str]:
        words = [word for word in self.found.words.get(control.key, []) if word not in control.choices]
        return {word: word for word in sorted(words, key=sort_key)} | dict(control.choices)

    def lines(self) -> Iterator[Line]:
        cells = Cells(self.found.kind, self._names)
        labels = [one.label for one in self.found.columns]
        for entry in self.found.entries:
            yield Line(
                href=f"/{url_part(entry.page.space)}/{url_part(entry.page.slug)}",
                archived=entry.page.archived_at is not None,
                cells=[
                    (label, cells.cell(column, entry)) for label, column in zip(labels, self.found.columns, strict=True)
                ],
            )

    def page_href(self, number: int) -> str:
        return self.asked.address(page=number if number > 1 else "")

    @property
    def spaces_to_write_in(self) -> list[SpaceInfo]:
        """Where the viewer can make a page of the kind, as far as the register's spaces go."""
        wanted = self.asked.spaces()
        found = [one for slug, one in self._place.spaces.items() if not wanted or slug in wanted]
        return [one for one in found if self._place.viewer.signed_in and one.may("create")]

    def new_href(self) -> str:
        """Where a page of the kind is begun; "" where the viewer may make none, or nobody may any more."""
        if self.found.kind.retired:
            return ""
        where = self.spaces_to_write_in
        if len(where) == 1:
            return f"/{url_part(where[0].slug)}/new?kind={self.found.kind.key}"
        return f"/new?kind={self.found.kind.key}" if where else ""


def _key(name: str) -> str:
    return name.removeprefix("f.").removesuffix(".from").removesuffix(".until")


def _bound(bound: date | float) -> str:
    return format_date(bound) if isinstance(bound, date) else format_number(bound)


def _count(value: Any) -> int:
    return len(value) if isinstance(value, Sequence) and not isinstance(value, str) else bool(value)


def _is_iso(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
