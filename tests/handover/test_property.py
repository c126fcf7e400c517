"""For random footprints: the note lists every thing once, and after acceptance nobody is named who left."""

import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.handover.leaving import accept, content
from tests.paper_coast import DAY0, Coast
from wiki.handover.notes import content_now, write
from wiki.handover.preparing import Wish, prepare
from wiki.holdings import footprint
from wiki.holdings.places import HoldingPlace, places_of
from wiki.kinds import Column, Content
from wiki.kinds.types.tables import new_row_id
from wiki.models import Page, Revision
from wiki.pages.actions import NewPage, create_pages

#: Rows of each table in which somebody can stand.
ROWS = 8


def holders(coast: Coast) -> dict[str, list[HoldingPlace]]:
    """Kind -> where on its pages a holder stands: in every kind that has a person in it."""
    found: dict[str, list[HoldingPlace]] = {}
    for (kind, _name), place in places_of(coast.catalogue).named.items():
        if kind not in ("handover", "person"):
            found.setdefault(kind, []).append(place)
    return found


def names(column: Column, person: int, others: list[int], chance: random.Random) -> Any:
    """Somebody for the column: the person, somebody else, or both."""
    if column.type not in ("people", "orgs", "links"):
        return chance.choice([person, *others])
    return chance.sample([person, *others], chance.randint(1, 2))


def random_fields(
    places: list[HoldingPlace], person: int, others: list[int], chance: random.Random, taken: set[str]
) -> dict[str, Any]:
    fields: dict[str, Any] = {"access": "members"}
    for place in places:
        if chance.random() < 0.3:
            continue
        if place.column is None:
            fields[place.field.key] = names(place.field, person, others, chance)
            continue
        rows = fields.setdefault(place.field.key, [])
        for _n in range(chance.randint(0, ROWS)):
            row_id = new_row_id(taken)
            taken.add(row_id)
            row = {"id": row_id, place.column.key: names(place.column, person, others, chance)}
            for column in place.field.columns:
                if column.key in ("status", "from", "to", "joined", "left") and chance.random() < 0.5:
                    choices = list(column.choices)
                    day = (DAY0 + timedelta(days=chance.randint(-300, 300))).isoformat()
                    row[column.key] = chance.choice(choices) if choices else day
            rows.append(row)
    return fields


def fill(coast: Coast, person: int, others: list[int], chance: random.Random, pages: int) -> None:
    places = holders(coast)
    with coast.writing() as session:
        taken: set[str] = set()
        new = []
        for n in range(pages):
            kind = chance.choice(sorted(places))
            shape = coast.catalogue[kind]
            state = chance.choice(shape.states).key
            fields = random_fields(places[kind], person, others, chance, taken)
            new.append(NewPage(shape, Content(f"Random {kind} {n}", "", fields), state=state))
        create_pages(session, coast.catalogue, coast.viewer("hal"), coast.space("paper-coast"), new)


def numbers(coast: Coast) -> tuple[int, dict[int, int]]:
    """All revisions, and the newest of each page."""
    with coast.reading() as session:
        total = session.scalar(select(func.count()).select_from(Revision)) or 0
        return total, {page.id: page.number for page in session.scalars(select(Page))}


@pytest.mark.parametrize(("seed", "pages"), [(1, 25), (2, 90), (3, 280)])
def test_it_works(lone_coast: Coast, seed: int, pages: int) -> None:
    """Finn hands over to Eva, who may edit everything; Finn holds what the demo gives him, and dozens of random things."""
    chance = random.Random(seed)
    finn, eva = lone_coast.named("U6"), lone_coast.named("U8")
    others = [lone_coast.named(name).id for name in ("U7", "U9")]
    fill(lone_coast, finn.id, others, chance, pages)
    viewer = lone_coast.viewer("hal")
    with lone_coast.writing() as session:
        person = session.get_one(Page, finn.id)
        wish = Wish("leaving", DAY0 + timedelta(days=9), eva.id, others[1], lone_coast.space("paper-coast").id)
        held = footprint(session, lone_coast.catalogue, None, finn.id, DAY0)
        note = prepare(session, lone_coast.catalogue, viewer, person, wish, DAY0)
    direct = [one for one in held if one.through is None]
    rows = content(lone_coast, note.id).rows("items")
    listed = [(row["item"]["page"], row["item"].get("row", ""), row["kind"]) for row in rows]
    assert 20 <= len(direct) <= 310
    assert sorted(listed) == sorted((one.page_id, one.row_id, one.what) for one in direct)
    assert len({row["id"] for row in rows}) == len(direct)

    with lone_coast.writing() as session:
        page = session.get_one(Page, note.id)
        new = content_now(session, page)
        fields = {**new.fields, "items": [{**row, "status": "passed_on"} for row in new.rows("items")]}
        write(session, lone_coast.catalogue, viewer, page, Content(new.title, "", fields), "offered", "accepted")
    total, before = numbers(lone_coast)
    taken = accept(lone_coast, note.id, "hal", [row["id"] for row in rows])
    after_total, after = numbers(lone_coast)
    changed = [page_id for page_id in after if after[page_id] != before.get(page_id)]
    assert taken.closed
    assert after_total - total == len(changed)
    assert all(after[page_id] == before[page_id] + 1 for page_id in changed)
    with lone_coast.reading() as session:
        left = [one for one in footprint(session, lone_coast.catalogue, None, finn.id, DAY0) if one.page_id != note.id]
    assert left == []
