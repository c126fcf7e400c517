"""Who keeps a page right through a role, and whether one person alone knows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wiki.facts.look import href
from wiki.kinds.record import day

#: What nobody else has edited for so many days is known by one person.
ALONE = 365


@dataclass(frozen=True)
class Kept:
    """`now`: title and address of the people who hold the role that keeps the page right. `alone`: the one person who edited it in a year."""

    now: tuple[tuple[str, str], ...] = ()
    alone: str = ""


def kept(rows: Iterable[Any], author: str, today: date) -> Kept:
    """What the rows of a reading say of it; `author` is who wrote the last revision."""
    now: dict[str, str] = {}
    editors: set[int | None] = set()
    for row in rows:
        if row.what == "role_held" and _holds(row.data, today):
            now.setdefault(row.text, href(row.address))
        elif row.what == "editor" and row.moment.date() >= today - timedelta(days=ALONE):
            editors.add(row.ref)
    alone = len(editors) == 1 and None not in editors
    return Kept(tuple(now.items()), author if alone else "")


def _holds(row: dict[str, Any], today: date) -> bool:
    begins, ends = day(row.get("from")), day(row.get("to"))
    return (begins is None or begins <= today) and (ends is None or ends >= today)
