"""A named register asks at most six statements, however many lines there are."""

from functools import partial

import pytest

from tests.statements import Statements
from tests.world import World
from wiki.access import Viewer
from wiki.kinds import Content
from wiki.pages import actions as pages
from wiki.registers.named.known import REGISTERS

#: The home of somebody also tells what is new, what they began, what is at hand, their path, questions and conversations that
#: wait for them, and how their partnerships stand.
MOST, MOST_AT_HOME = 6, 18


def many(world: World, count: int) -> None:
    person = world.viewer("ada").person_id
    rows = [
        {"id": f"a{n}", "what": f"Action {n}", "due": "2026-10-01", "status": "open", "responsible": person}
        for n in range(20)
    ]
    orgs = [world.org("keel"), world.org("council")]
    promises = [
        {"id": f"c{n}", "promise": f"Promise {n}", "made_by": orgs[:1], "made_to": orgs[1:], "status": "on_track"}
        for n in range(20)
    ]
    fields = {"date": "2026-09-01", "why_meet": "Tides", "actions": rows, "commitments": promises, "owner": person}
    new = [
        pages.NewPage(world.catalogue["meeting"], Content(f"Meeting {n}", "", {**fields, "review_due": "2026-01-01"}))
        for n in range(count)
    ]
    world.do(lambda s: pages.create_pages(s, world.catalogue, viewer(world), world.space("paper-coast"), new))


def viewer(world: World) -> Viewer:
    return world.viewer("hal")


@pytest.mark.parametrize("count", [1, 12])
def test_it_works(world: World, noon: None, count: int) -> None:
    many(world, count)
    ada = world.browser("ada")
    statements = Statements(world.database)
    for key in REGISTERS:
        url = "/" if key == "mine" else f"/registers/{key}"
        ada.get(url)
        heard = statements.during(partial(ada.get, url))
        said = [one for one in heard if one != ";"]  # PostgreSQL is asked whether it is still there
        assert len(said) <= (MOST_AT_HOME if key == "mine" else MOST), (key, said)
