"""When a month is over those who coordinate a space are asked whether its letter shall go out; nothing goes by itself."""

from sqlalchemy import select

from tests.cases import entered, send
from tests.letters.months import AT, Clock, busy_october
from tests.notices.told import send as deliver
from tests.world import FOUNDER, World
from wiki.letters.proposing import proposer
from wiki.models import Notice, SpaceLetter
from wiki.spaces import actions as spaces


def propose(world: World) -> int:
    return proposer(world.database, world.settings, world.catalogue)()


def asked(world: World) -> list[tuple[int, str]]:
    with world.reading() as session:
        found = select(Notice.account_id, Notice.link).where(Notice.reason == "letter_proposed")
        return [(row[0], row[1]) for row in session.execute(found)]


def test_it_works(world: World, calendar: Clock) -> None:
    busy_october(world, calendar)
    assert propose(world) == 1 and propose(world) == 0
    assert asked(world) == [(world.account("hal").id, AT)]
    assert "A letter about October 2026 can go to all of Paper Coast" in entered(world, "hal").read("/inbox").main
    assert deliver(world) == 0, "nothing goes out"
    with world.reading() as session:
        letter = session.scalars(select(SpaceLetter)).one()
        assert (letter.month, letter.sent_at, letter.greeting) == ("2026-10", None, "")
    assert send(entered(world, "hal"), f"{AT}/sending").status_code == 303


def test_a_month_in_which_nothing_happened_is_not_proposed(lone_world: World, calendar: Clock) -> None:
    calendar.on(2, 11)
    assert propose(lone_world) == 0 and asked(lone_world) == []


def test_it_is_proposed_at_the_beginning_of_a_month_and_once(lone_world: World, calendar: Clock) -> None:
    busy_october(lone_world, calendar)
    calendar.on(15, 11)
    assert propose(lone_world) == 0, "too late: whoever wants one begins it"
    calendar.on(14, 11)
    look = proposer(lone_world.database, lone_world.settings, lone_world.catalogue)
    assert look() == 1 and look() == 0
    calendar.on(1, 12)
    assert look() == 1, "in November there were people who came"
    assert len(asked(lone_world)) == 2


def test_it_is_proposed_to_all_who_coordinate_the_space_and_to_nobody_else(world: World, calendar: Clock) -> None:
    busy_october(world, calendar)
    with world.writing() as session:
        coast = session.merge(world.space("paper-coast"))
        spaces.set_member(session, FOUNDER, coast, session.merge(world.account("dan")), "coordinator")
    assert propose(world) == 1
    assert {account for account, _link in asked(world)} == {world.account("hal").id, world.account("dan").id}
