"""Random content over every kind that names people, and who holds what of it, told once more without the definitions."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.world import FOUNDER, World
from wiki.kinds import Content
from wiki.models import Page
from wiki.pages.actions import NewPage, create_pages

TODAY = date(2026, 11, 21)

#: What somebody holds: what it is, page, row ("" = the page), the place that names them.
Holding = tuple[str, int, str, str]

Row = dict[str, Any]


def _open(*done: str) -> Callable[[Row], bool]:
    return lambda row: row.get("status") not in done


def _until(key: str) -> Callable[[Row], bool]:
    return lambda row: not row.get(key) or row[key] > TODAY.isoformat()


#: Table -> (kinds that have it, column, what, whether the row is held).
TABLES: dict[str, list[tuple[tuple[str, ...], str, str, Callable[[Row], bool]]]] = {
    "actions": [
        (
            ("meeting", "decision", "evaluation", "risk_register", "progress_report", "handover"),
            "responsible",
            "action",
            _open("done", "dropped"),
        )
    ],
    "follow_up": [(("event",), "responsible", "action", _open("done", "dropped"))],
    "commitments": [
        (("agreement", "meeting", "decision", "terms_of_reference"), "responsible", "promise", _open("released"))
    ],
    "activities": [(("action_plan",), "lead", "activity", _open("done", "stopped"))],
    "gaps": [(("action_plan",), "owner", "other", _open("filled", "accepted", "closed"))],
    "risks": [(("risk_register",), "owner", "risk", _open("closed"))],
    "members": [
        (("terms_of_reference", "partnership"), "person", "group", _until("to")),
        (("terms_of_reference", "partnership"), "alternate", "group", _until("to")),
    ],
    "holders": [(("role",), "person", "role", _until("to"))],
    "representatives": [(("organisation",), "person", "representative", _until("to"))],
    "partners": [(("partnership",), "representative", "representative", _until("left"))],
    "champions": [(("partnership",), "person", "other", lambda row: True)],
    "boundary_crossers": [(("partnership",), "person", "other", lambda row: True)],
    "audiences": [(("communication_plan",), "who", "other", lambda row: True)],
}
#: (kind, field) -> (what, states in which it is held; none: all of them).
FIELDS: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("decision", "driver"): ("decision", ("draft", "proposed")),
    ("terms_of_reference", "chair"): ("group", ()),
    ("partnership", "chair"): ("group", ()),
    ("partnership", "project_manager"): ("other", ()),
    ("measure", "collected_by"): ("measure", ()),
    ("lesson", "response_owner"): ("other", ("captured", "checked", "shared")),
    ("event", "facilitators"): ("other", ("idea", "planned", "open")),
    ("event", "contact"): ("other", ("idea", "planned", "open", "held")),
    ("evaluation", "done_by"): ("other", ("planned", "under_way", "draft_findings")),
    ("role", "cleared_by"): ("other", ()),
    ("handover", "successor"): ("other", ("draft", "ready", "with_successor", "accepted")),
    ("handover", "manager"): ("other", ("draft", "ready", "with_successor", "accepted")),
    ("person", "cover"): ("other", ("away",)),
}
#: People who are named here hold nothing by it.
IDLE = {("howto", "tested_by"), ("orientation", "ask_inside"), ("practice", "ask"), ("handover", "person")}
LISTS = {"chair", "collected_by", "facilitators", "done_by", "ask_inside", "ask"}
#: States in which a page no longer counts.
OVER = {"superseded", "closed!", "replaced", "wound_up", "retired", "rejected", "archived", "ended!", "withdrawn"}
CLOSED_PLANS = {("action_plan", "closed"), ("communication_plan", "closed"), ("agreement", "ended")}


@dataclass(frozen=True)
class Made:
    """A page as the oracle knows it."""

    id: int
    kind: str
    state: str
    fields: dict[str, Any]

    @property
    def over(self) -> bool:
        return self.state in OVER or (self.kind, self.state) in CLOSED_PLANS


def make(world: World, dice: random.Random, people: list[int], count: int, **more: Any) -> list[Made]:
    """Pages of random kinds in random states, each place for a person filled at random."""
    kinds = sorted(
        {kind for kind, _key in (*FIELDS, *IDLE)} | {k for t in TABLES.values() for kinds, *_x in t for k in kinds}
    )
    new = []
    for number in range(count):
        kind = world.catalogue[kinds[number % len(kinds)]]
        fields = {"owner": dice.choice(people), **_fields(kind.key, dice, people), **more}
        state = dice.choice(kind.states).key
        new.append(NewPage(kind, Content(f"{kind.key} {number}", "", fields), state=state))
    with world.writing() as session:
        pages: list[Page] = create_pages(session, world.catalogue, FOUNDER, world.space("paper-coast"), new)
        return [
            Made(page.id, page.kind, page.state, dict(one.content.fields)) for page, one in zip(pages, new, strict=True)
        ]


def _fields(kind: str, dice: random.Random, people: list[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for of, key in (*FIELDS, *IDLE):
        if of == kind and dice.random() < 0.7:
            found[key] = dice.sample(people, 2) if key in LISTS else dice.choice(people)
    for table, places in TABLES.items():
        if any(kind in kinds for kinds, *_rest in places) and dice.random() < 0.8:
            found[table] = [_row(table, n, dice, people) for n in range(dice.randint(1, 3))]
    return found


_STATUSES = {
    "actions": ("open", "doing", "waiting", "done", "dropped"),
    "follow_up": ("open", "done"),
    "commitments": ("on_track", "honoured", "released", "delivery_issue"),
    "activities": ("not_started", "doing", "done", "stopped"),
    "gaps": ("open", "being_filled", "filled", "accepted", "closed"),
    "risks": ("open", "happened", "closed"),
}


def _row(table: str, number: int, dice: random.Random, people: list[int]) -> Row:
    row: Row = {"id": f"{table[:3]}{number}"}
    for _kinds, column, *_rest in TABLES[table]:
        if dice.random() < 0.85:
            row[column] = dice.choice(people)
    if table in _STATUSES and dice.random() < 0.8:
        row["status"] = dice.choice(_STATUSES[table])
    if table in ("members", "holders", "representatives", "partners"):
        first, last = ("joined", "left") if table == "partners" else ("from", "to")
        row[first] = (TODAY - timedelta(days=dice.randint(0, 400))).isoformat()
        if dice.random() < 0.4:
            row[last] = (TODAY + timedelta(days=dice.randint(-30, 30))).isoformat()
    return row


def held_by(person: int, pages: list[Made]) -> set[Holding]:
    return {holding for page in pages if not page.over for holding in _of_page(person, page)}


def _of_page(person: int, page: Made) -> Iterator[Holding]:
    if page.fields.get("owner") == person:
        yield "page", page.id, "", "owner"
    for (kind, key), (what, states) in FIELDS.items():
        value = page.fields.get(key)
        named = value if isinstance(value, list) else [value]
        if kind == page.kind and person in named and (not states or page.state in states):
            yield what, page.id, "", key
    for table, places in TABLES.items():
        for kinds, column, what, is_held in places:
            for row in page.fields.get(table, []) if page.kind in kinds else []:
                if row.get(column) == person and is_held(row):
                    yield what, page.id, row["id"], f"{table}.{column}"
