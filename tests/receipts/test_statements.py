"""A page that asks nothing of its reader costs what it always did, however many others it asks; who is asked costs two statements more."""

from functools import partial

from tests.moments import Moments
from tests.receipts.asks import ask, read
from tests.statements import Statements
from tests.world import World
from wiki.models import Account, ReadingAsked
from wiki.receipts.keeping import keep

VIEW, BAND = 4, 2


def test_it_works(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    number = ask(world, "hal", ("dan", "ben"))
    with world.writing() as session:
        many = [Account(email=f"p{n}@example.org", name=f"P {n}", created_at=moments.now) for n in range(300)]
        session.add_all(many)
        session.flush()
        asked = {"request_id": number, "named": True, "asked_at": moments.now, "told_number": 1}
        session.add_all(ReadingAsked(account_id=one.id, name=one.name, **asked) for one in many)
    moments.pass_by(hours=1)
    read(world, "ben")
    heard = Statements(world.database)
    for who, most in (("ada", VIEW), ("ben", VIEW), ("dan", VIEW + BAND)):
        client = world.browser(who)
        client.get("/paper-coast/tides")
        said = heard.during(partial(client.get, "/paper-coast/tides"))
        assert len(said) <= most, (who, said)
    hal = world.browser("hal")
    hal.get("/registers/receipts")
    for at, most in (("/registers/receipts", 6), (f"/paper-coast/tides/acknowledge/{number}", 8)):
        said = heard.during(partial(hal.get, at))
        assert len(said) <= most, (at, said)
    said = heard.during(lambda: keep(world.database, world.settings))
    assert len(said) <= 3, "an idle look at one request of three hundred people"
