"""After two working days without an answer from inside a question is carried to the partner: once, whoever does it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import update

from tests.moments import Moments
from tests.questions.asked import TUESDAY, answer, ask, asked_of, council_page, does, seen, settle, speaks, stored, told
from tests.world import World
from wiki.errors import NotFound
from wiki.kinds.workings.rhythm import after_working_days, is_working_day
from wiki.models import Account, Page
from wiki.questions import actions, telling
from wiki.questions.carrying import carry
from wiki.questions.waiting import goes_at


def carried(world: World) -> int:
    return carry(world.database, world.settings)


def test_it_works(world: World, moments: Moments) -> None:
    moments.now = TUESDAY
    speaks(world, "dan", "council")
    number = ask(world, "ada", "Who counts the shells?", council_page(world))
    assert stored(world, number).goes_at == TUESDAY + timedelta(days=2)
    moments.pass_by(days=2, seconds=-1)
    assert carried(world) == 0
    assert told(world, "dan") == []
    with pytest.raises(NotFound):
        seen(world, "dan", number)
    moments.pass_by(seconds=1)
    assert (carried(world), carried(world)) == (1, 0)
    assert asked_of(world, number) == {"hal": "coordinator", "dan": "partner"}
    assert (told(world, "dan"), told(world, "ada")) == (["question_partner"], ["question_carried"])
    question = stored(world, number)
    assert (question.partner_at, question.goes_at, question.only_they) == (moments.now, None, False)
    assert seen(world, "dan", number).question.text == "Who counts the shells?"


def test_an_answer_from_inside_keeps_it_inside(lone_world: World, moments: Moments) -> None:
    moments.now = TUESDAY
    speaks(lone_world, "dan", "council")
    page = council_page(lone_world)
    answered, settled, withdrawn = (ask(lone_world, "ada", text, page) for text in ("One?", "Two?", "Three?"))
    answer(lone_world, "ben", answered)
    settle(lone_world, "ada", settled, answer(lone_world, "hal", settled))
    does(lone_world, "ada", withdrawn, actions.withdraw)
    moments.pass_by(days=30)
    assert carried(lone_world) == 0
    does(
        lone_world,
        "ada",
        settled,
        lambda session, viewer, one: actions.reopen(session, lone_world.settings, viewer, one),
    )
    assert stored(lone_world, settled).goes_at == moments.now + timedelta(days=4), "over a weekend"
    moments.pass_by(days=4)
    assert carried(lone_world) == 1
    assert (told(lone_world, "dan"), carried(lone_world)) == (["question_partner"], 0)


def test_what_the_asker_adds_is_no_answer(lone_world: World, moments: Moments) -> None:
    moments.now = TUESDAY
    speaks(lone_world, "dan", "council")
    number = ask(lone_world, "ada", "Who?", council_page(lone_world))
    answer(lone_world, "ada", number, "I found half of it.")
    moments.pass_by(days=2)
    assert carried(lone_world) == 1


def test_several_processes_carry_a_question_once(world: World, moments: Moments) -> None:
    moments.now = TUESDAY
    speaks(world, "dan", "council")
    page = council_page(world)
    numbers = [ask(world, "ada", f"Question {n}?", page) for n in range(6)]
    moments.pass_by(days=2)
    with ThreadPoolExecutor(3) as pool:
        done = sum(pool.map(lambda _n: carried(world), range(3)))
    assert done == len(numbers)
    assert len(told(world, "dan")) == len(numbers)
    assert all(asked_of(world, one) == {"hal": "coordinator", "dan": "partner"} for one in numbers)


def test_nothing_is_carried_half(lone_world: World, moments: Moments, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies after one of two leaves the other as it was; the next process takes it up."""
    moments.now = TUESDAY
    speaks(lone_world, "dan", "council")
    page = council_page(lone_world)
    first, second = ask(lone_world, "ada", "One?", page), ask(lone_world, "ada", "Two?", page)
    moments.pass_by(days=2)
    calls = count()
    real = telling.carried

    def dies(*given: object) -> None:
        real(*given)  # type: ignore[arg-type]
        if next(calls) == 1:
            raise SystemExit

    monkeypatch.setattr(telling, "carried", dies)
    with pytest.raises(SystemExit):
        carried(lone_world)
    assert [len(asked_of(lone_world, one)) for one in (first, second)] == [2, 1]
    assert told(lone_world, "dan") == ["question_partner"]
    assert carried(lone_world) == 1
    assert told(lone_world, "dan") == ["question_partner"] * 2


def test_who_cannot_read_the_page_is_not_asked(lone_world: World, moments: Moments) -> None:
    """The page was closed, or the contact has gone: the coordinators are asked, who can find somebody; they too must read it."""
    moments.now = TUESDAY
    speaks(lone_world, "dan", "council")
    closed, open_still = (with_ben(lone_world, title) for title in ("Shells", "Sand"))
    first, second = ask(lone_world, "ada", "Who?", closed), ask(lone_world, "ada", "And who?", open_still)
    with lone_world.writing() as session:
        session.execute(update(Account).where(Account.id == lone_world.account("dan").id).values(active=False))
        session.execute(update(Page).where(Page.id == closed.id).values(access="named_orgs"))
    moments.pass_by(days=2)
    assert (carried(lone_world), carried(lone_world)) == (0, 0)
    assert (stored(lone_world, first).goes_at, stored(lone_world, first).partner_at) == (None, None)
    assert (asked_of(lone_world, first), asked_of(lone_world, second)) == (
        {"ben": "holds"},
        {"ben": "holds", "hal": "coordinator"},
    )
    assert (told(lone_world, "dan"), told(lone_world, "hal")) == ([], ["question_asked"])


def with_ben(world: World, title: str) -> Page:
    """A page of Dan's in which Ben has something to do."""
    step = {"id": "a1", "what": "Count", "responsible": world.viewer("ben").person_id}
    fields = {"owner": world.viewer("dan").person_id, "actions": [step]}
    return world.page("dan", "paper-coast", "meeting", title, fields)


def days() -> Iterator[date]:
    return (date(2026, 1, 1) + timedelta(days=n) for n in range(366))


def test_weekends_and_holidays_do_not_count() -> None:
    """Held by counting one day after the other."""
    holidays = ("12-25", "2026-04-03", "12-24", "2027-01-01")
    for start in days():
        day, left = start, 2
        while left:
            day += timedelta(days=1)
            named = (day.month, day.day) in ((12, 25), (12, 24)) or day in (date(2026, 4, 3), date(2027, 1, 1))
            left -= day.weekday() not in (5, 6) and not named
        assert after_working_days(start, 2, holidays) == day
    assert is_working_day(date(2026, 11, 24)) and not is_working_day(date(2026, 11, 22))
    every_day = [f"{day:%m-%d}" for day in days()]
    assert after_working_days(date(2026, 3, 2), 2, every_day) == date(2026, 3, 2) + timedelta(days=60)


def test_it_goes_at_the_same_time_of_day_where_the_site_is() -> None:
    """Over the end of summer time in Vancouver, from a Thursday evening to Monday evening."""
    asked = datetime(2026, 10, 30, 1, 30, tzinfo=UTC)
    assert goes_at(asked, "America/Vancouver", ()) == datetime(2026, 11, 3, 2, 30, tzinfo=UTC)
