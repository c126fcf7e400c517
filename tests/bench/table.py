"""What was measured beside the budgets."""

from dataclasses import asdict, dataclass

from tests.bench.runs import Measured

#: The most that each may be. Ratios are to the floor, in the same run.
MOST_RATIO = {"view": 5.0, "visitor": 5.0, "unchanged": 1.5}
MOST_STATEMENTS = {"view": 4, "visitor": 4, "register": 6, "named": 6}
MOST_P95 = {"search": 30, "register": 100, "named": 100}
MOST_GROWTH = {"view": 1.2, "save": 1.2, "search": 10.0}
LABELS = {
    "floor": "floor: bare Flask, a constant of the same size",
    "view": "page view, signed in",
    "visitor": "page view, visitor, public pages",
    "unchanged": "page view, not modified",
    "save": "save, 10 KB and 30 rows, form to stored",
    "search": "search, with filters and their counts",
    "register": "register of a quarter of the pages",
    "named": "named register (actions of a space)",
    "home": "my work, of somebody who keeps all pages",
    "completion": "completion of titles",
}


@dataclass(frozen=True)
class Line:
    what: str
    measured: str
    ratio: str = ""
    statements: str = ""
    budget: str = ""
    ok: bool | None = None

    @property
    def verdict(self) -> str:
        return "" if self.ok is None else "ok" if self.ok else "over"


def lines(measured: list[Measured], imported: float | None) -> list[Line]:
    """One line for each measure of each wiki, then how they grow, then the import."""
    found = [line for each in measured for line in _of_one(each)]
    found += [line for larger in measured[1:] for line in _growth(measured[0], larger)]
    if imported is not None:
        found.append(_limit("bulk import, pages a second of CPU", imported, "≥ 300", imported >= 300))
    return found


def _of_one(each: Measured) -> list[Line]:
    found = []
    for name, cost in each.cost.items():
        ratio = cost / each.cost["floor"]
        statements = each.statements.get(name)
        budgets, kept = _budgets(each, name, cost, ratio)
        if statements is not None and name in MOST_STATEMENTS:
            budgets.append(f"≤ {MOST_STATEMENTS[name]} statements")
            kept.append(statements <= MOST_STATEMENTS[name])
        found.append(
            Line(
                f"{each.pages:,} pages: {LABELS[name]}",
                _cost(each, name, cost),
                f"{ratio:.1f} ×",
                "" if statements is None else str(statements),
                ", ".join(budgets),
                all(kept) if kept else None,
            )
        )
    return found + _of_process(each)


def _cost(each: Measured, name: str, cost: float) -> str:
    middle = each.other.get(f"{name}_p50")
    return f"{cost:.2f} ms" if middle is None else f"p50 {middle:.1f}, p95 {each.other[f'{name}_p95']:.1f} ms"


def _budgets(each: Measured, name: str, cost: float, ratio: float) -> tuple[list[str], list[bool]]:
    if name in MOST_RATIO:
        return [f"≤ {MOST_RATIO[name]} ×"], [ratio <= MOST_RATIO[name]]
    if name == "save":
        return ["≤ 40 ms"], [cost <= 40]
    if name in MOST_P95:
        return [f"p95 ≤ {MOST_P95[name]} ms"], [each.other[f"{name}_p95"] <= MOST_P95[name]]
    return [], []


def _of_process(each: Measured) -> list[Line]:
    found = []
    for name, label, most, unit in (
        ("memory_idle", "memory of the worker, idle", 120, "MB"),
        ("memory_loaded", "memory of the worker, after load", 200, "MB"),
        ("start", "start to the first page, by the clock", 2, "s"),
    ):
        if name in each.other:
            value = each.other[name]
            found.append(_limit(f"{each.pages:,} pages: {label}", value, f"≤ {most} {unit}", value <= most, unit))
    for name, label, unit in (
        ("index_size", "index of search, for each page", "KB"),
        ("index_save", "what the index adds to a save of 10 KB", "ms"),
    ):
        if name in each.other:
            found.append(Line(f"{each.pages:,} pages: {label}", f"{each.other[name]:.1f} {unit}"))
    return found


def _growth(small: Measured, large: Measured) -> list[Line]:
    return [
        Line(
            f"growth of {name}, {small.pages:,} to {large.pages:,} pages",
            f"{large.cost[name] / small.cost[name]:.2f} ×",
            budget=f"≤ {most} ×",
            ok=large.cost[name] / small.cost[name] <= most,
        )
        for name, most in MOST_GROWTH.items()
        if name in small.cost and name in large.cost
    ]


def _limit(what: str, value: float, budget: str, ok: bool, unit: str = "") -> Line:
    return Line(what, f"{value:.1f} {unit}".strip(), budget=budget, ok=ok)


def as_text(found: list[Line]) -> str:
    rows = [("what", "measured", "floors", "SQL", "budget", "")]
    rows += [(line.what, line.measured, line.ratio, line.statements, line.budget, line.verdict) for line in found]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def as_json(measured: list[Measured], imported: float | None) -> dict[str, object]:
    return {
        "wikis": [asdict(each) for each in measured],
        "import_pages_a_second": imported,
        "lines": [{**asdict(line), "verdict": line.verdict} for line in lines(measured, imported)],
    }
