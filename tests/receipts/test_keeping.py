"""From day to day: who joins is asked, who leaves is not, and each thing is told of once."""

from sqlalchemy import select

from tests.history.test_timeline import save
from tests.moments import Moments
from tests.receipts.asks import ask, everybody, read, standing
from tests.world import FOUNDER, World
from wiki.models import Account, Notice
from wiki.receipts.groups import Group
from wiki.receipts.keeping import keep, keeper
from wiki.spaces import actions as spaces


def told(world: World, who: str) -> list[str]:
    """What somebody was told about reading, oldest first."""
    mine = select(Notice.reason).where(Notice.account_id == world.account(who).id, Notice.reason.like("reading_%"))
    with world.reading() as session:
        return list(session.scalars(mine.order_by(Notice.id)))


def keep_now(world: World) -> int:
    return keep(world.database, world.settings)


def member(world: World, who: str, role: str | None = "member") -> None:
    with world.writing() as session:
        account, space = session.get_one(Account, world.account(who).id), world.space("paper-coast")
        if role is None:
            spaces.remove_member(session, FOUNDER, space, account)
        else:
            spaces.set_member(session, FOUNDER, space, account, role)


def test_it_works(world: World, moments: Moments) -> None:
    """A role given later is asked then, with time to read; one that is taken away asks no longer, and asks again when it is back."""
    world.page("ada", "paper-coast", "article", "Tides")
    number = ask(world, "hal", groups=(Group("space_role", world.space("paper-coast").id, "member"),), days=5)
    assert (keep_now(world), standing(world, number)) == (0, {"ada": "asked", "dan": "asked"})
    moments.pass_by(days=8)
    member(world, "zoe")
    assert keep_now(world) == 1
    assert standing(world, number) == {"ada": "overdue", "dan": "overdue", "zoe": "asked"}
    assert told(world, "zoe") == ["reading_asked"]
    (zoe,) = (one for one in everybody(world, number) if one.name == "Zoe Rockwell")
    assert (zoe.due - moments.now.date()).days == 14
    member(world, "zoe", None)
    keep_now(world)
    assert standing(world, number)["zoe"] == "left"
    member(world, "zoe")
    keep_now(world)
    assert standing(world, number)["zoe"] == "asked"
    assert keep_now(world) == 0


def test_each_is_reminded_once_before_and_once_after_the_day(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    ask(world, "hal", ("dan", "ben"), days=10)
    read(world, "ben")
    for _day in range(30):
        moments.pass_by(days=1)
        keep_now(world)
    assert told(world, "dan") == ["reading_asked", "reading_soon", "reading_late"]
    assert told(world, "ben") == ["reading_asked"]


def test_who_is_asked_shortly_before_the_day_is_not_reminded_at_once(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    ask(world, "hal", ("dan",), days=2)
    keep_now(world)
    assert told(world, "dan") == ["reading_asked"]


def test_changes_are_told_of_once_until_somebody_has_looked(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    ask(world, "hal", ("dan",), days=60)
    moments.pass_by(hours=1)
    read(world, "dan")
    for body in ("They come and go.", "They come and go twice.", "They come and go thrice a day."):
        moments.pass_by(days=1)
        save(world, "ada", "tides", body)
        keep_now(world)
    assert told(world, "dan") == ["reading_asked", "reading_again"]
    read(world, "dan")
    moments.pass_by(days=1)
    save(world, "ada", "tides", "They come no more.")
    keep_now(world)
    assert told(world, "dan") == ["reading_asked", "reading_again", "reading_again"]


def test_the_chore_looks_once_a_minute_and_only_when_something_happened(lone_world: World, moments: Moments) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    ask(lone_world, "hal", groups=(Group("space", lone_world.space("paper-coast").id),))
    chore = keeper(lone_world.database, lone_world.settings)
    assert chore() == 0
    member(lone_world, "zoe")
    assert chore() == 0, "the minute is not over"
    moments.pass_by(minutes=2)
    assert chore() == 1
    assert told(lone_world, "zoe") == ["reading_asked"]
