"""Somebody asks others to read a page and confirm it by a day: the whole way, from the form to the confirmation."""

from collections.abc import Callable
from datetime import datetime

from tests.cases import FORM, answers, entered, ministry_page, send
from tests.history.test_timeline import save
from tests.world import World

Moments = Callable[[datetime], None]
ASK = "/paper-coast/tides/acknowledge/new"
WISH = {"due": "2026-12-31", "why": "New rules"}


def ask(world: World, who: str, at: str = ASK, **fields: object) -> str:
    """Ask people to read a page; the address of the request."""
    answer = send(entered(world, who), at, {**WISH, "do": "ask", **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    client = world.browser("ada")
    page = client.read("/paper-coast/tides/acknowledge")
    assert "Nobody is asked" in page.main
    form = client.read(ASK).form(ASK)
    assert "Say who should read it" in client.send(form, {"who": "", "why": "x"}, status=422).main
    check = client.send(form, {"who": "Dan Corbel\nBen Optima", **WISH, "do": "check"})
    assert "Ben Optima, Dan Corbel" in check.main
    follow = client.send(check.form(ASK), {"do": "ask"})
    assert "0 of 2 people have read and confirmed it." in follow.main
    dan = world.browser("dan")
    band = dan.read("/paper-coast/tides")
    assert "Please read and confirm by Dec 31, 2026" in band.main and "Asked by Ada Verdana: New rules" in band.main
    after = dan.send(band.form("/paper-coast/tides/acknowledge"))
    assert "Please read" not in after.main
    assert "1 of 2 people have read and confirmed it." in client.read(follow.url).main
    assert "Please read" in world.browser("ben").read("/paper-coast/tides").main
