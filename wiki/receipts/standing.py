"""How somebody stands who was asked to read a page: worked out from the day when it is read, never stored."""

from dataclasses import dataclass
from datetime import date, timedelta

#: Whoever is asked later than the others, or again after a change, has at least so long.
GRACE = timedelta(days=14)
STATUSES = ("overdue", "changed", "asked", "confirmed", "withdrawn", "left")
#: Those who still have to read.
OPEN = frozenset({"overdue", "changed", "asked"})


@dataclass(frozen=True)
class Facts:
    """`read` says whether a confirmation was given since the request was made; `changed` is the day of the first material
    change after it. `gone`: left the group, closed the account, or may not read the page any more."""

    made: date
    due: date
    asked: date
    ended: bool = False
    gone: bool = False
    read: bool = False
    changed: date | None = None


def status_of(facts: Facts, today: date) -> str:
    """One of STATUSES. A confirmation stays what it is when the request is withdrawn or the person leaves."""
    if facts.read and facts.changed is None:
        return "confirmed"
    if facts.ended:
        return "withdrawn"
    if facts.gone:
        return "left"
    if today > due_of(facts):
        return "overdue"
    return "changed" if facts.read else "asked"


def due_of(facts: Facts) -> date:
    """By when this one should have read it."""
    due = facts.due
    if facts.asked > facts.made:
        due = max(due, facts.asked + GRACE)
    if facts.read and facts.changed is not None:
        due = max(due, facts.changed + GRACE)
    return due
