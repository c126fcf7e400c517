"""What people hold, each thing once: read from where the definitions say that a holder is named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.holdings import entries
from wiki.holdings.conditions import has_begun, holds_now
from wiki.holdings.held import Held
from wiki.holdings.places import HeldTable, HoldingPlace, Places, places_of
from wiki.i18n import sort_key
from wiki.kinds import HOLDINGS, Catalogue, Holds
from wiki.kinds.record import day

_ORDER = {what: n for n, what in enumerate(HOLDINGS)}


def footprint(session: Session, catalogue: Catalogue, viewer: Viewer | None, person: int, today: date) -> list[Held]:
    """All that one person (or role) holds, as far as the viewer may see; without a viewer, all of it. One statement."""
    places = places_of(catalogue)
    found = entries.named(session, places, viewer, person, ())
    return in_order(one for one in read(places, found, today) if one.person == person)


def everything(
    session: Session, catalogue: Catalogue, viewer: Viewer | None, today: date, spaces: Sequence[int] = ()
) -> list[Held]:
    """All that anybody holds in these spaces (none: anywhere), people who are gone and roles included. One statement."""
    places = places_of(catalogue)
    return in_order(read(places, entries.named(session, places, viewer, None, spaces), today))


def read(places: Places, found: Sequence[Any], today: date) -> list[Held]:
    """What the names that were found hold, in no order."""
    direct = [one for row in found for one in _direct(places, row, today)]
    roles = _holders_of_roles(places, found, today)
    indirect = [one for held in direct for one in _through(held, roles.get(held.person, ()))]
    return [*direct, *indirect, *_relationships(places, found, today)]


def in_order(held: Iterable[Held]) -> list[Held]:
    """By what it is, then by its words."""
    return sorted(held, key=_place)


def _place(held: Held) -> tuple[Any, ...]:
    return _ORDER[held.what], sort_key(held.text), held.page_id, held.row_id, held.field, held.person


def _direct(places: Places, row: Any, today: date) -> Iterator[Held]:
    """What the one who is named in this place holds; at most one thing, whatever the definition says twice."""
    place = places.named.get((row.kind, row.name))
    if place is None or _is_own_page(row):
        return
    data = row.data or {}
    for said in place.holds:
        if holds_now(said, row.state, data, today):
            yield _one(row, said, place)
            return


def _is_own_page(row: Any) -> bool:
    """A person who keeps their own page right holds nothing by it that somebody else could take."""
    return bool(row.target_id == row.page_id)


def _one(row: Any, said: Holds, place: HoldingPlace) -> Held:
    in_row = row.row_id is not None
    data = row.data or {}
    return Held(
        person=row.target_id,
        what=said.what,
        page_id=row.page_id,
        row_id=row.row_id or "",
        field=row.name,
        text=(row.text or row.title) if place.row_named else row.title,
        says=place.says,
        title=row.title,
        kind=row.kind,
        state=row.state,
        space_id=row.space_id,
        space=row.space,
        slug=row.slug,
        partnership_id=row.partnership_id,
        due=row.due if in_row else row.review_due if said.what == "page" else None,
        since=day(data.get(said.since)) if said.since else None,
        status=row.status or "",
        opened=in_row and bool(said.unless),
    )


def _holders_of_roles(places: Places, found: Iterable[Any], today: date) -> dict[int, set[int]]:
    """Role -> the people who hold it on the day."""
    holders: dict[int, set[int]] = {}
    for row in found:
        place = places.named.get((row.kind, row.name))
        for said in place.holds if place else ():
            if said.what == "role" and _current(said, row, today):
                holders.setdefault(row.page_id, set()).add(row.target_id)
    return holders


def _current(said: Holds, row: Any, today: date) -> bool:
    data = row.data or {}
    return holds_now(said, row.state, data, today) and has_begun(said, data, today)


def _through(held: Held, people: Iterable[int]) -> Iterator[Held]:
    """The same thing for everybody who holds the role that holds it."""
    for person in sorted(people):
        yield _given(held, person=person, through=held.person)


def _given(held: Held, **changes: Any) -> Held:
    values = {name: getattr(held, name) for name in Held.__slots__}
    return Held(**(values | changes))


@dataclass(frozen=True)
class _Pair:
    """Somebody who holds the rows of a table of a page."""

    row: Any
    table: HeldTable


def _relationships(places: Places, found: Iterable[Any], today: date) -> list[Held]:
    """Rows that are held by whoever stands elsewhere on their page; the same relationship of the same person once."""
    pairs = [pair for row in found for pair in _pairs(places, row, today)]
    if not pairs:
        return []
    by_table: dict[tuple[int, str], list[Any]] = {}
    for one in found:
        if one.target_id is None:
            by_table.setdefault((one.page_id, one.name), []).append(one)
    # The page that is about one person alone comes first: what is said there is the last word.
    pairs.sort(key=lambda pair: ("." in pair.table.holds.by, pair.row.page_id))
    kept: dict[tuple[int, str], Held] = {}
    for pair in pairs:
        for row in by_table.get((pair.row.page_id, pair.table.field.key), ()):
            one = _relationship(pair, row)
            kept.setdefault((one.person, one.key), one)
    return list(kept.values())


def _pairs(places: Places, row: Any, today: date) -> Iterator[_Pair]:
    for table in places.tables.get(row.kind, ()):
        said = table.holds
        if said.by == row.name and holds_now(said, row.state, {}, today) and _stands(places, row, today):
            yield _Pair(row, table)


def _stands(places: Places, row: Any, today: date) -> bool:
    """Whether who is named in this place still stands there: a row with an end ends for all that hangs on it."""
    place = places.named.get((row.kind, row.name))
    if place is None or row.row_id is None:
        return True
    return any(holds_now(said, row.state, row.data or {}, today) for said in place.holds)


def _relationship(pair: _Pair, row: Any) -> Held:
    data: Mapping[str, Any] = row.data or {}
    row_type = pair.table.field.row_type
    about = data.get(row_type.title) if row_type else None
    page = pair.row
    return Held(
        person=page.target_id,
        what=pair.table.holds.what,
        page_id=page.page_id,
        row_id=row.row_id,
        field="",
        text=row.text or page.title,
        says=pair.table.says,
        title=page.title,
        kind=page.kind,
        state=page.state,
        space_id=page.space_id,
        space=page.space,
        slug=page.slug,
        partnership_id=page.partnership_id,
        due=row.due,
        status=row.status or "",
        about=about if isinstance(about, int) else None,
    )
