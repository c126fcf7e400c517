"""The answer to what was asked of a named register: all its lines are worked out, filtered, counted and sorted here.

The database gives what the reader may see; how a line stands depends on the day, and the order of words on the reader's
language, so both are settled in Python, over the few columns that a line needs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from wiki.i18n import sort_key
from wiki.kinds.types.base import Ref
from wiki.registers.listing import Place
from wiki.registers.named.asking import Question, fits
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Found, Since
from wiki.registers.names import Names


@dataclass
class Answer:
    """`scope` are the lines that the filters leave, whatever their status; `found` those of the asked status, in their order."""

    question: Question
    scope: list[Line] = field(default_factory=list)
    found: list[Line] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    hidden: int = 0
    page: int = 1

    @property
    def total(self) -> int:
        return len(self.found)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.question.limit))

    @property
    def shown(self) -> list[Line]:
        start = (self.page - 1) * self.question.limit
        return self.found[start : start + self.question.limit]


def answer(session: Session, place: Place, question: Question) -> Answer:
    """All lines that were asked for; which of them are shown says `shown`."""
    register = question.register
    ids = [place.spaces[slug].id for slug in question.spaces]
    there = _asked(session, place, question, ids)
    lines = _scoped(place, question, there.lines)
    for one in question.chosen:
        passes, values = fits(one), one.filter.values
        lines = [line for line in lines if passes(values(line))]
    if question.flags:
        flagged = set(question.flags)
        lines = [line for line in lines if flagged.intersection(line.flags)]
    found = Answer(question, lines, counts=register.counted(lines), hidden=there.hidden)
    found.found = in_order(session, place, question, _standing(question, lines))
    found.page = min(question.page, found.pages)
    return found


def _asked(session: Session, place: Place, question: Question, spaces: list[int]) -> Found:
    register = question.register
    if isinstance(register, Since):
        return register.since(session, place, spaces, question.since)
    return register.lines(session, place, spaces)


def _scoped(place: Place, question: Question, lines: list[Line]) -> list[Line]:
    """The lines of the partnership, of the viewer, or of the organisations that the viewer acts for."""
    if question.partnership is not None:
        wanted = question.partnership
        lines = [line for line in lines if wanted in (line.page.partnership_id, line.page.page_id)]
    if question.scope == "mine":
        return [line for line in lines if place.viewer.person_id in line.people]
    if question.scope == "organisation":
        own = {member.org_id for member in place.viewer.memberships if member.org_id is not None}
        return [line for line in lines if own.intersection(line.orgs)]
    return lines


def _standing(question: Question, lines: list[Line]) -> list[Line]:
    if question.statuses:
        wanted = set(question.statuses)
        return [line for line in lines if line.status in wanted]
    if question.live:
        live = {key for key, status in question.register.statuses().items() if status.live}
        return [line for line in lines if line.status in live]
    return lines


def in_order(session: Session, place: Place, question: Question, lines: list[Line]) -> list[Line]:
    """Sorted as asked; lines without a value come last both ways. Without a wish, as the register has them."""
    ordered = sorted(lines, key=lambda line: line.order)
    if not question.sort:
        return ordered
    key, down = question.sort.removeprefix("-"), question.sort.startswith("-")
    column = next(one for one in question.register.columns(place.catalogue) if one.key == key)
    value = sort_value(session, place, question, column, ordered)
    known = [(value(line), line) for line in ordered]
    with_value = sorted((pair for pair in known if pair[0] is not None), key=lambda pair: pair[0], reverse=down)
    return [line for _value, line in with_value] + [line for said, line in known if said is None]


def sort_value(
    session: Session, place: Place, question: Question, column: Column, lines: Sequence[Line]
) -> Callable[[Line], Any]:
    """What a line is sorted by in a column; None where it has nothing."""
    if column.type == "status":
        places = {key: n for n, key in enumerate(question.register.statuses())}
        return lambda line: places.get(line.status, len(places))
    if column.type == "pages":
        names = Names(session, place.viewer, [ref for line in lines for ref in refs_of(column, line)])
        return lambda line: _first_name(names, column.value(line))
    if column.type == "choice":
        choices = {key: n for n, key in enumerate(column.choices)}
        return lambda line: choices.get(column.value(line))
    if column.type == "source":
        return lambda line: sort_key(line.page.title)
    if column.type in ("title", "words"):
        return lambda line: sort_key(column.value(line)) if column.value(line) else None
    if column.type == "flags":
        return lambda line: len(line.flags) or None
    return lambda line: column.value(line)


def as_refs(value: Any) -> list[Ref | str]:
    """Pages, rows and words of a value, whichever way it is kept."""
    values = value if isinstance(value, list | tuple) else [value]
    found: list[Ref | str] = []
    for one in values:
        if isinstance(one, dict):
            found.append(Ref(one["page"], one.get("row")))
        elif isinstance(one, int):
            found.append(Ref(one))
        elif one:
            found.append(one)
    return found


def refs_of(column: Column, line: Line) -> list[Ref]:
    return [one for one in as_refs(column.value(line)) if isinstance(one, Ref)]


def _first_name(names: Names, value: Any) -> Any:
    parts = as_refs(value)
    if not parts:
        return None
    first = parts[0]
    return sort_key(first if isinstance(first, str) else names.link(first)[0])
