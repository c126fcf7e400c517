"""How promises and actions stand, day by day across a year, against the rules told once more: by the whole way through the database."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.registers.named.reading import statuses
from tests.world import World
from wiki import clock
from wiki.kinds.workings.standings import action_status, promise_status

START = date(2026, 1, 1)
RHYTHM = {"monthly": 31, "quarterly": 92, "half_yearly": 183, "yearly": 366}


def promise_oracle(state: str, row: dict[str, Any], today: date) -> str:
    """The sentences of the specification, each as one line, first match wins."""
    due = date.fromisoformat(row["due"]) if "due" in row else None
    checked = date.fromisoformat(row["last_checked"]) if "last_checked" in row else None
    status, view = row.get("status"), row.get("receiver_view")
    oldest = today - timedelta(days=RHYTHM[row.get("check_every", "half_yearly")])
    rules = [
        ("replaced", state in ("superseded", "replaced")),
        ("released", status == "released"),
        ("disputed", view == "disagrees"),
        ("honoured_confirmed", status == "honoured" and view == "confirmed"),
        ("reported_honoured_not_yet_confirmed", status == "honoured"),
        ("overdue", due is not None and due < today),
        ("in_trouble", status == "delivery_issue"),
        ("not_yet_triggered", status == "not_yet_triggered"),
        ("not_checked_lately", checked is None or checked < oldest),
        ("on_track", True),
    ]
    return next(key for key, true in rules if true)


def action_oracle(row: dict[str, Any], today: date, touched: date, gone: bool) -> str:
    due = date.fromisoformat(row["due"]) if "due" in row else None
    done = date.fromisoformat(row["done_on"]) if "done_on" in row else None
    status = row.get("status", "open")
    rules = [
        ("done_late", status == "done" and due is not None and done is not None and done > due),
        ("done", status == "done"),
        ("dropped", status == "dropped"),
        ("overdue", due is not None and due < today),
        ("due_in_7_days", due is not None and due <= today + timedelta(days=7)),
        ("waiting_14_days", status == "waiting" and today - touched > timedelta(days=14)),
        ("holder_left", gone),
        (status, True),
    ]
    return next(key for key, true in rules if true)


def any_day(dice: random.Random) -> str:
    return (START + timedelta(days=dice.randint(-400, 765))).isoformat()


def some(dice: random.Random, choices: dict[str, Any]) -> dict[str, Any]:
    """A row with some of the columns filled."""
    return {key: make() for key, make in choices.items() if dice.random() < 0.75}


def any_promise(dice: random.Random) -> dict[str, Any]:
    return some(
        dice,
        {
            "status": lambda: dice.choice(["not_yet_triggered", "on_track", "delivery_issue", "honoured", "released"]),
            "receiver_view": lambda: dice.choice(["not_asked", "confirmed", "partly", "disagrees"]),
            "due": lambda: any_day(dice),
            "last_checked": lambda: any_day(dice),
            "check_every": lambda: dice.choice(list(RHYTHM)),
        },
    )


def any_action(dice: random.Random) -> dict[str, Any]:
    return some(
        dice,
        {
            "status": lambda: dice.choice(["open", "doing", "waiting", "done", "dropped"]),
            "due": lambda: any_day(dice),
            "done_on": lambda: any_day(dice),
        },
    )


def test_every_day_of_a_year_each_row_stands_as_the_rules_say() -> None:
    dice = random.Random(20261121)
    promises = [(dice.choice(["in_force", "superseded", "held"]), any_promise(dice)) for _ in range(120)]
    actions = [(any_action(dice), dice.random() < 0.2) for _ in range(120)]
    seen = set()
    for number in range(365):
        today, touched = START + timedelta(days=number), START + timedelta(days=number % 60)
        for state, row in promises:
            told = promise_status(state, row, today)
            assert told == promise_oracle(state, row, today), (state, row, today)
            seen.add(told)
        for row, gone in actions:
            told = action_status(row, today, touched, gone)
            assert told == action_oracle(row, today, touched, gone), (row, today, touched, gone)
            seen.add(told)
    assert len(seen) == 19, seen  # ten of each, "overdue" being one of both


@pytest.fixture
def made(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[World, dict[str, Any], dict[str, Any]]:
    dice = random.Random(7)
    monkeypatch.setattr(clock, "_now", lambda: datetime(2026, 1, 1, 9, tzinfo=UTC))
    person, org = world.viewer("ada").person_id, world.org("keel")
    promises = {f"p{n}": any_promise(dice) for n in range(25)}
    actions = {f"q{n}": any_action(dice) for n in range(25)}
    rows = [{"id": key, "promise": key, "made_by": [org], "made_to": [org], **row} for key, row in promises.items()]
    acts = [{"id": key, "what": key, "responsible": person, **row} for key, row in actions.items()]
    world.page("hal", "paper-coast", "meeting", "Circle", {"commitments": rows, "actions": acts})
    return world, promises, actions


def test_the_registers_say_so_on_both_databases(
    made: tuple[World, dict[str, Any], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, promises, actions = made
    touched = START
    for number in (0, 1, 6, 7, 8, 14, 15, 16, 31, 32, 92, 93, 183, 184, 250, 364):
        today = START + timedelta(days=number)
        monkeypatch.setattr(clock, "_now", lambda today=today: datetime.combine(today, datetime.min.time(), UTC))
        ada = world.browser("ada")
        assert statuses(ada, "commitments") == {
            key: promise_oracle("planned", row, today) for key, row in promises.items()
        }
        assert statuses(ada, "actions") == {
            key: action_oracle(row, today, touched, False) for key, row in actions.items()
        }
