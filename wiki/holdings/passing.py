"""Handing over what is held: the name of the holder changes, in one revision for each page."""

import copy
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Viewer, page_by_id
from wiki.holdings.conditions import has_begun, holds_now
from wiki.holdings.held import Held
from wiki.holdings.places import HoldingPlace, places_of
from wiki.kinds import Catalogue, Content, Holds
from wiki.kinds.types.tables import new_row_id
from wiki.models import Page, Revision
from wiki.pages.actions import hold, save_page
from wiki.pages.storing import content_of, current_revision


def hand_over(
    session: Session, catalogue: Catalogue, viewer: Viewer, held: Sequence[Held], to: int, note: str, today: date
) -> list[Revision]:
    """Make `to` the holder of all of it: one revision for each page, none where nothing is held by its holder any more.

    The viewer must be able to edit every page: raises what the gate of pages raises, before anything is written.
    """
    pages: dict[int, list[Held]] = {}
    for one in held:
        if one.moves and one.person != to:
            pages.setdefault(one.page_id, []).append(one)
    gates = [(page_by_id(session, viewer, page_id, "edit").page, pages[page_id]) for page_id in sorted(pages)]
    made = [_passed(session, catalogue, viewer, page, items, to, note, today) for page, items in gates]
    return [revision for revision in made if revision is not None]


def _passed(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    page: Page,
    held: Sequence[Held],
    to: int,
    note: str,
    today: date,
) -> Revision | None:
    page = hold(session, catalogue, page)
    before = content_of(current_revision(session, page))
    content = Content(before.title, before.body, copy.deepcopy(before.fields))
    places = places_of(catalogue)
    # What makes a new row of an old one comes last: the new row has the other names as they are then.
    for one in sorted(held, key=lambda one: one.field in places.dated):
        place = places.named.get((page.kind, one.field))
        if place is not None:
            _change(content, place, one, to, page.state, today)
    return save_page(session, catalogue, viewer, page, content, page.number, note).revision


def _change(content: Content, place: HoldingPlace, held: Held, to: int, state: str, today: date) -> None:
    if place.column is None:
        _rename(content.fields, place.field.key, held.person, to)
        return
    rows = content.fields.get(place.field.key, [])
    row = next((row for row in rows if row["id"] == held.row_id), None)
    said = next((said for said in place.holds if row is not None and holds_now(said, state, row, today)), None)
    if row is None or said is None or held.person not in _names(row.get(place.column.key)):
        return
    if said.since and said.until and has_begun(said, row, today) and row.get(said.since) != today.isoformat():
        _succeed(content, rows, row, place, said, to, today)
    else:
        _rename(row, place.column.key, held.person, to)


def _names(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _rename(values: dict[str, Any], key: str, holder: int, to: int) -> None:
    """One name instead of the other; a list keeps its order and has nobody twice."""
    value = values.get(key)
    if isinstance(value, list):
        values[key] = list(dict.fromkeys(to if one == holder else one for one in value))
    elif value == holder:
        values[key] = to


def _succeed(
    content: Content,
    rows: list[dict[str, Any]],
    row: dict[str, Any],
    place: HoldingPlace,
    said: Holds,
    to: int,
    today: date,
) -> None:
    """Who held it keeps the row, with its end; who comes after gets a row that begins today. So it stays known who held it when."""
    taken = {one["id"] for value in content.fields.values() if isinstance(value, list) for one in value if _is_row(one)}
    assert place.column is not None
    after = {**copy.deepcopy(row), "id": new_row_id(taken), place.column.key: to, said.since: today.isoformat()}
    row[said.until] = today.isoformat()
    rows.insert(rows.index(row) + 1, after)


def _is_row(value: Any) -> bool:
    return isinstance(value, dict) and "id" in value
