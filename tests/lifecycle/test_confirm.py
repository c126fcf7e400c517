"""Somebody says that a page is still right: the next look moves on, without a change of the text."""

from datetime import date

from tests.cases import FORM, SENT, answers, entered, ministry_page, send
from tests.moments import Moments
from tests.world import World
from wiki.models import Event

YEARLY = {"review_every": "yearly", "review_due": "2026-12-01"}


def test_it_works(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides", YEARLY)
    client = world.browser("ada")
    client.send(client.read("/paper-coast/tides/confirm").form())
    page = world.found("ada", "paper-coast", "tides").page
    assert (page.review_due, page.last_reviewed, page.number) == (date(2027, 11, 21), date(2026, 11, 21), 1)
    with world.reading() as session:
        assert session.query(Event).filter_by(verb="page.confirmed").one().actor_name == "Ada Verdana"


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    assert answers(world, lambda client: client.get("/paper-coast/tides/confirm")) == FORM
    assert answers(world, lambda client: send(client, "/paper-coast/tides/confirm")) == SENT


def test_a_later_edit_does_not_take_it_back(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides", YEARLY)
    client = entered(world, "ada")
    send(client, "/paper-coast/tides/confirm")
    client.send(client.read("/paper-coast/tides/edit").form(having="body"), {"body": "More."})
    assert world.found("ada", "paper-coast", "tides").page.review_due == date(2027, 11, 21)


def test_a_date_that_somebody_sets_counts(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides", YEARLY)
    client = entered(world, "ada")
    send(client, "/paper-coast/tides/confirm")
    form = client.read("/paper-coast/tides/edit").form(having="body")
    client.send(form, {"f.review_due": "2027-01-01"})
    assert world.found("ada", "paper-coast", "tides").page.review_due == date(2027, 1, 1)


def test_a_page_that_is_never_looked_at_gets_no_date(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", {"review_every": "never"})
    send(entered(world, "ada"), "/paper-coast/tides/confirm")
    page = world.found("ada", "paper-coast", "tides").page
    assert (page.review_due, page.last_reviewed is not None) == (None, True)
