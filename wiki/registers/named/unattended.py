"""Among the reviews: rows that nobody holds, what a caretaker has for the time being, and what one person alone knows."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from wiki.holdings.unattended import Unattended, unattended
from wiki.i18n import gettext as _
from wiki.registers.listing import Place
from wiki.registers.named.line import Line
from wiki.registers.named.rows import PAGE_FACTS, PageFacts


def with_unattended(session: Session, place: Place, spaces: Sequence[int], lines: list[Line]) -> list[Line]:
    """The lines, marked where a caretaker keeps the page right, and with those that were not among them. One statement."""
    pages = {line.page.page_id: line for line in lines if not line.row_id}
    rows = {line.key: line for line in lines if line.row_id}
    found = unattended(session, place.catalogue, place.viewer, place.today, PAGE_FACTS, spaces)
    more: dict[str, Line] = {}
    for one in found:
        known = pages.get(one.row.id) if one.of_page else rows.get(f"{one.row.id}.{one.row_id}")
        if one.why == "alone":
            if known is not None:
                known.flags = (*known.flags, "one_person")
        elif known is None:
            line = _line(one, place)
            more.setdefault(f"{line.key}.{one.why}", line)
        elif one.why == "caretaker":
            _mark(known)
        else:
            known.status = "orphan"
    return [*lines, *more.values()]


def _mark(line: Line) -> None:
    """A page that is late stays late; who keeps it right does so for the time being."""
    line.flags = (*line.flags, "caretaker")
    line.data = {**line.data, "why": "; ".join([line.data["why"], _whys()["caretaker"]])}
    if line.status == "due_soon":
        line.status = "caretaker"


def _line(one: Unattended, place: Place) -> Line:
    row = one.row
    page = PageFacts.read(row, place)
    due = row.row_due.isoformat() if row.row_due else None
    days = (place.today - row.row_due).days if row.row_due else 0
    caretaker = one.why == "caretaker"
    return Line(
        page,
        "caretaker" if caretaker else "orphan",
        row.said or page.title,
        one.row_id,
        {
            "why": _whys()[one.why],
            "days_late": days if days > 0 else None,
            "last_looked": None,
            "hands_on": one.name.endswith(".responsible") or one.name in ("action", "commitment"),
        },
        due,
        one.holder,
        flags=("caretaker",) if caretaker else (),
        order=(-max(days, 0), row.said or page.title),
    )


def _whys() -> dict[str, str]:
    return {
        "gone": _("Whoever held it is not there any more"),
        "unnamed": _("Nobody is named for it"),
        "caretaker": _("A caretaker has it until somebody is found"),
    }
