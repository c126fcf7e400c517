"""What computed values are worked out from, and what they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wiki.kinds.types.base import Ref


@dataclass(frozen=True)
class InChain:
    """A page that replaced another, or was replaced by it; `steps` away from it: 1 is what replaced it, -1 what it replaced."""

    page: int
    title: str
    state: str
    steps: int = 0
    number: str = ""
    href: str = ""
    since: date | None = None
    because: str = ""

    @property
    def name(self) -> str:
        """Number and title; the title alone if it begins with the number."""
        return f"{self.number} {self.title}".strip() if not self.title.startswith(self.number) else self.title


@dataclass(frozen=True)
class Record:
    """The facts of one page.

    `owner_state`: "" nobody keeps it right, "left", "uncovered" (away for more than 30 days without cover); anything
    else means that somebody is there. `entered` is the day on which the page last came into a state. `facts` is what
    only the database knows: "chain" (InChain, the oldest first), "thanks" and "thanks_orgs" (numbers),
    "org" (the page of the organisation whose practice it is).
    """

    kind: str
    state: str
    fields: Mapping[str, Any]
    review_due: date | None = None
    owner_state: str = ""
    entered: Mapping[str, date] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    def later(self) -> list[InChain]:
        """What replaced the page, the last in the chain last; only what the reader may see."""
        return [one for one in self.facts.get("chain", ()) if one.steps > 0]

    def rows(self, table: str) -> list[dict[str, Any]]:
        value = self.fields.get(table)
        return value if isinstance(value, list) else []

    def day(self, key: str) -> date | None:
        return day(self.fields.get(key))

    def ends(self, key: str) -> date | None:
        """The last day of a range, if it has one."""
        return day((self.fields.get(key) or {}).get("until"))

    def days_in_state(self, today: date) -> int | None:
        since = self.entered.get(self.state)
        return (today - since).days if since else None


@dataclass(frozen=True)
class Value:
    """A computed value: `key` for filters, `text` for people, `sort` to order by; `refs` are pages or rows to name.

    `about` is the page that the text speaks of, for a link.
    """

    key: str
    text: str
    tone: str = "quiet"
    sort: float | str | None = None
    refs: tuple[Ref, ...] = ()
    about: Ref | None = None


def day(text: Any) -> date | None:
    """The day that a stored value holds."""
    return date.fromisoformat(text) if isinstance(text, str) and text else None


def number(value: Any) -> float | None:
    """The number that a stored value holds; choices from 1 to 5 are stored as text."""
    if isinstance(value, int | float):
        return float(value)
    return float(value) if isinstance(value, str) and value.isdecimal() else None
