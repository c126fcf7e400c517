"""Who holds what, and what hangs on one person alone: over everything that one reader may see, in two statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import union_all
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.holdings import entries
from wiki.holdings.conditions import holds_now
from wiki.holdings.footprint import in_order, read
from wiki.holdings.held import Held
from wiki.holdings.places import Places, places_of
from wiki.kinds import Catalogue

#: Somebody who holds more of a partnership's open rows than this share holds too much.
TOO_MUCH = 0.25


@dataclass
class Survey:
    """`alone`: page -> who alone has edited it in a year. `unheld`: (page, row, partnership) of open rows in which nobody is named."""

    held: list[Held]
    alone: Mapping[int, int] = field(default_factory=dict)
    unheld: list[tuple[int, str, int | None]] = field(default_factory=list)

    def of(self, person: int) -> list[Held]:
        return in_order(one for one in self.held if one.person == person)

    def by_person(self) -> dict[int, list[Held]]:
        found: dict[int, list[Held]] = {}
        for one in self.held:
            found.setdefault(one.person, []).append(one)
        return found

    def relationships_alone(self) -> set[tuple[int, int]]:
        """(person, other side) of relationships that nobody else has."""
        sides: dict[int, set[int]] = {}
        for one in self.held:
            if one.about is not None:
                sides.setdefault(one.about, set()).add(one.person)
        return {(next(iter(people)), about) for about, people in sides.items() if len(people) == 1}

    def too_much(self) -> dict[int, set[int]]:
        """Person -> the partnerships of whose open rows they hold more than a quarter."""
        rows: dict[int, set[tuple[int, str]]] = {}
        mine: dict[tuple[int, int], set[tuple[int, str]]] = {}
        for page, row, partnership in self.unheld:
            if partnership is not None:
                rows.setdefault(partnership, set()).add((page, row))
        for one in self.held:
            if one.opened and one.partnership_id is not None:
                rows.setdefault(one.partnership_id, set()).add((one.page_id, one.row_id))
                mine.setdefault((one.person, one.partnership_id), set()).add((one.page_id, one.row_id))
        found: dict[int, set[int]] = {}
        for (person, partnership), held in mine.items():
            if len(held) > TOO_MUCH * len(rows[partnership]):
                found.setdefault(person, set()).add(partnership)
        return found


def survey(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer | None,
    today: date,
    spaces: Sequence[int] = (),
) -> Survey:
    places = places_of(catalogue)
    found = entries.named(session, places, viewer, None, spaces)
    shown = entries.alive(viewer, spaces)
    both = union_all(
        entries.edited_alone(entries.year_before(today), shown), entries.unheld(sorted(places.open_rows), shown)
    )
    around = session.connection().execute(both).all()
    return Survey(
        read(places, found, today),
        {row.page: row.ref for row in around if row.what == "alone"},
        [(row.page, row.address, row.ref) for row in around if row.what == "unheld" and _open(places, row, today)],
    )


def _open(places: Places, row: Any, today: date) -> bool:
    return any(holds_now(said, row.word, row.data or {}, today) for said in places.open_rows[row.name].holds)
