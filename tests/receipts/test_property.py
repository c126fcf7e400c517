"""Random months of asking, joining, leaving, editing, confirming and withdrawing, beside a plain account of who must still read."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest

from tests.cases import stored
from tests.history.test_timeline import save
from tests.moments import Moments
from tests.receipts.asks import ask, read, standing, withdraw
from tests.receipts.test_keeping import keep_now, member
from tests.world import World
from wiki.errors import Forbidden
from wiki.pages.queries import READ
from wiki.quick_access import page_to_read
from wiki.receipts.groups import Group

MEMBERS = {"ada", "ben", "dan", "hal"}
READERS = sorted({*MEMBERS, "zoe"})


@dataclass
class Asked:
    """A request as somebody would keep it on paper: who, since when, and whether they still belong."""

    made: date
    due: date
    everybody: bool
    people: dict[str, date]
    start: int
    gone: set[str] = field(default_factory=set)
    withdrawn: bool = False


class Paper:
    """What the wiki should say, kept by hand: texts, words of confirmation, and requests."""

    def __init__(self) -> None:
        self.clock = 0
        self.members = set(MEMBERS)
        self.changes: list[tuple[int, date, bool]] = [(0, date(2026, 11, 21), True)]
        self.confirmed: dict[str, list[tuple[int, int]]] = {one: [] for one in READERS}
        self.requests: list[Asked] = []

    def status(self, request: Asked, who: str, today: date) -> str:
        words = [number for at, number in self.confirmed[who] if at >= request.start]
        last = max(words, default=None)
        later = [day for number, (_at, day, matters) in enumerate(self.changes, 1) if matters and number > (last or 0)]
        if last is not None and not later:
            return "confirmed"
        if request.withdrawn:
            return "withdrawn"
        if who in request.gone or who not in self.members:
            return "left"
        due = request.due
        if request.people[who] > request.made:
            due = max(due, request.people[who] + timedelta(days=14))
        if last is not None:
            due = max(due, later[0] + timedelta(days=14))
        if today > due:
            return "overdue"
        return "asked" if last is None else "changed"

    def must_read(self, who: str, today: date) -> bool:
        return any(
            who in request.people and self.status(request, who, today) in ("asked", "changed", "overdue")
            for request in self.requests
        )


def band_shown(world: World, who: str) -> bool:
    with world.reading() as session:
        got = page_to_read(session, world.viewer(who), READ, "paper-coast", "tides", language="en")
        return got is not None and bool(got[1].to_read)


@pytest.mark.parametrize("seed", range(3))
def test_it_works(world: World, moments: Moments, seed: int) -> None:
    random, paper = Random(seed), Paper()
    world.page("ada", "paper-coast", "article", "Tides", body="Text 0")
    numbers: list[int] = []
    for step in range(28):
        moments.pass_by(hours=random.choice([1, 30, 200]))
        paper.clock, today = step + 1, moments.now.date()
        what = random.choice(
            ["ask", "ask all", "edit", "edit", "small", "read", "read", "read", "join", "leave", "withdraw"]
        )
        if what.startswith("ask") and len(numbers) < 5:
            all_of_them, days = what == "ask all", random.randint(0, 30)
            who = set(paper.members) if all_of_them else set(random.sample(sorted(paper.members - {"hal"}), 2))
            group = (Group("space", world.space("paper-coast").id),) if all_of_them else ()
            numbers.append(ask(world, "hal", () if all_of_them else tuple(sorted(who)), group, days=days))
            due = today + timedelta(days=days)
            paper.requests.append(Asked(today, due, all_of_them, dict.fromkeys(who - {"hal"}, today), paper.clock))
        elif what in ("edit", "small"):
            matters = what == "edit"
            save(world, "ada", "tides", f"Text {step}, entirely other" if matters else _dotted(world))
            paper.changes.append((paper.clock, today, matters))
        elif what == "read":
            who = random.choice(sorted(paper.members - {"hal"}))
            asked = any(
                who in one.people and paper.status(one, who, today) not in ("withdrawn", "left")
                for one in paper.requests
            )
            if asked:
                read(world, who)
                paper.confirmed[who].append((paper.clock, len(paper.changes)))
            else:
                with pytest.raises(Forbidden):
                    read(world, who)
        elif what == "join" and "zoe" not in paper.members:
            member(world, "zoe")
            paper.members.add("zoe")
        elif what == "leave" and "zoe" in paper.members:
            member(world, "zoe", None)
            paper.members.remove("zoe")
        elif what == "withdraw" and numbers and random.random() < 0.3:
            which = random.randrange(len(numbers))
            withdraw(world, "hal", numbers[which])
            paper.requests[which].withdrawn = True
        keep_now(world)
        _follow(paper, today)
        _compare(world, paper, numbers, today, f"seed {seed}, step {step}: {what}")


def _dotted(world: World) -> str:
    """The present text with one full stop more: nothing that is worth reading again."""
    return f"{stored(world, 'tides').body}."


def _follow(paper: Paper, today: date) -> None:
    """Who joins a space is asked by its requests, who leaves it is not, who comes back is again."""
    for one in paper.requests:
        if not one.everybody or one.withdrawn:
            continue
        for who in paper.members - {"hal"} - one.people.keys():
            one.people[who] = today
        one.gone = {who for who in one.people if who not in paper.members}


def _compare(world: World, paper: Paper, numbers: list[int], today: date, where: str) -> None:
    for number, request in zip(numbers, paper.requests, strict=True):
        expected = {who: paper.status(request, who, today) for who in request.people}
        assert standing(world, number) == expected, where
    for who in sorted(paper.members):
        assert band_shown(world, who) == paper.must_read(who, today), (where, who)
