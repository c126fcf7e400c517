"""A few lines of a register on a page that is not the register: with what is told of each, and where all of them are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from wiki.registers.listing import Place
from wiki.registers.named.answering import answer
from wiki.registers.named.asking import Question
from wiki.registers.named.showing import ShownLine, ShownRegister


@dataclass(frozen=True)
class Part:
    """Lines of a register, and where all of them are. Each line stands with what is told of it beside its status."""

    lines: list[tuple[ShownLine, list[tuple[str, Any]]]]
    total: int
    summary: str
    href: str
    hidden: int


def part_of(session: Session, place: Place, asked: Question, told: Sequence[str]) -> Part:
    """The lines that the question finds, the most pressing first, each with these columns where they say something."""
    found = answer(session, place, asked)
    shown = ShownRegister(session, place, found)
    keys = [column.key for column in shown.columns]
    lines = []
    for one in shown.lines():
        cells = dict(zip(keys, one.cells, strict=True))
        lines.append(
            (one, [(cells[name][0], cells[name][1]) for name in told if name in cells and cells[name][1].html])
        )
    return Part(
        lines,
        found.total,
        shown.summary() if found.scope and not asked.statuses and not asked.chosen else "",
        asked.address(without=["limit"]),
        found.hidden,
    )
