"""Lines counted in two directions: risks by how likely and how bad, agreements by who has them with whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from wiki.i18n import sort_key
from wiki.kinds.types.base import Ref
from wiki.registers.named.asking import Question
from wiki.registers.named.line import Line
from wiki.registers.names import Names

#: The steps of a scale, and the scores from which on a cell is one to look at.
STEPS = (1, 2, 3, 4, 5)
HIGH, MEDIUM = 15, 8
#: Agreements that hold today.
_HOLDS = ("in_force", "ends_soon")


@dataclass(frozen=True)
class Cell:
    """`names` are those of the lines, for who cannot see the grid; `tone` says how much the place itself matters."""

    count: int
    href: str
    tone: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class GridRow:
    head: str
    href: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Grid:
    """`heads` are those of the columns; `outside` counts lines that have no place in it."""

    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]
    outside: int = 0


def risk_grid(lines: Iterable[Line], question: Question) -> Grid:
    """Open risks, the most likely above, the worst to the right."""
    placed: dict[tuple[int, int], list[Line]] = {}
    outside = 0
    for line in lines:
        if line.status in ("closed", "happened"):
            continue
        likely, impact = line.data["likely"], line.data.get("impact")
        if likely is None or impact is None:
            outside += 1
            continue
        placed.setdefault((int(likely), int(impact)), []).append(line)
    rows = []
    for likely in reversed(STEPS):
        cells = []
        for impact in STEPS:
            there = placed.get((likely, impact), [])
            href = question.address(without=["status"], view="", live="yes", likelihood=likely, impact=impact)
            tone = "bad" if likely * impact >= HIGH else "warn" if likely * impact >= MEDIUM else "quiet"
            cells.append(Cell(len(there), href, tone, tuple(line.text for line in there)))
        rows.append(GridRow(str(likely), "", tuple(cells)))
    return Grid(tuple(str(step) for step in STEPS), tuple(rows), outside)


def agreement_matrix(lines: Iterable[Line], question: Question, names: Names) -> Grid:
    """How many agreements that hold two organisations have together; only organisations that the reader may know of."""
    held = [line for line in lines if line.status in _HOLDS]
    orgs = {org: names.link(Ref(org)) for line in held for org in line.orgs}
    shown = sorted((org for org, (_title, href) in orgs.items() if href), key=lambda org: sort_key(orgs[org][0]))
    rows = []
    for one in shown:
        cells: list[Cell | None] = []
        for other in shown:
            there = [line for line in held if one in line.orgs and other in line.orgs] if one != other else []
            both = {"partner": names.typed(Ref(one)), "with": names.typed(Ref(other))}
            href = question.address(without=["status"], view="", live="yes", **both)
            cells.append(None if one == other else Cell(len(there), href, "", tuple(line.text for line in there)))
        rows.append(GridRow(orgs[one][0], orgs[one][1], tuple(cells)))
    return Grid(tuple(orgs[one][0] for one in shown), tuple(rows))
