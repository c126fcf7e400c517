"""Somebody without a page can be named: after a plain yes, a page with the name alone is made with the same save."""

from sqlalchemy import select

from tests.cases import count, entered, send, shown
from tests.world import World
from wiki.models import Page


def named(world: World, who: str = "ada") -> tuple[int, str]:
    """How many pages of people there are, and what stands in the field afterwards."""
    with world.reading() as session:
        pages = session.scalars(select(Page).where(Page.kind == "person", Page.title == "Ann Lee")).all()
    return len(pages), entered(world, who).read("/paper-coast/tides").main


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    client = entered(world, "ada")
    form = client.read("/paper-coast/tides/edit").form(having="body")
    answer = client.send(form, {"f.owner": "Ann Lee"}, status=422)
    assert "There is no page for “Ann Lee” yet" in answer.main
    assert "Make a page for “Ann Lee”" in answer.main
    assert named(world)[0] == 0
    client.send(answer.form(having="body"), {"stub": "person:Ann Lee"})
    made, main = named(world)
    assert made == 1 and "Ann Lee" in main
    with world.reading() as session:
        page = session.scalars(select(Page).where(Page.title == "Ann Lee")).one()
        assert page.space_id == world.space("paper-coast").id, "a name written in a closed space must stay in it"


def test_one_name_in_several_places_is_one_page_and_an_unused_yes_makes_none(world: World) -> None:
    rows = {
        f"r.actions.{n}.{key}": value
        for n in (0, 1)
        for key, value in (("id", ""), ("what", "Paint"), ("responsible", "Ann Lee"))
    }
    stubs = ["person:Ann Lee", "person:Nobody Named", "article:Forged", "person:"]
    sent = {"kind": "meeting", "title": "Tides", "body": "", "stub": stubs, **rows}
    assert send(entered(world, "ada"), "/paper-coast/new", sent).status_code == 303
    assert named(world)[0] == 1
    with world.reading() as session:
        assert session.scalars(select(Page.id).where(Page.title.in_(["Nobody Named", "Forged", ""]))).all() == []


def test_nothing_is_made_when_the_save_is_refused(world: World) -> None:
    before = count(world, Page)
    sent = {"kind": "article", "title": "", "f.owner": "Ann Lee", "stub": "person:Ann Lee"}
    assert send(entered(world, "ada"), "/paper-coast/new", sent).status_code == 422
    assert count(world, Page) == before


def test_a_hidden_person_of_that_name_is_neither_told_nor_taken(world: World) -> None:
    """The same answer as when there is no such page."""
    hidden = {"access": "named_orgs", "access_orgs": [world.org("ministry")]}
    world.page("ada", "paper-coast", "person", "Ann Lee", hidden)
    sent = {"kind": "article", "title": "Tides", "f.owner": "Ann Lee"}
    answer = shown(send(entered(world, "dan"), "/paper-coast/new", sent))
    assert answer.status == 422
    assert "There is no page for “Ann Lee” yet" in answer.main and "Make a page for “Ann Lee”" in answer.main


def test_who_may_not_make_pages_is_not_offered_one(world: World) -> None:
    """Everybody edits the page that stands for them, in a space in which they make no pages."""
    before = count(world, Page)
    sent = {"base": "2", "title": "Zoe Rockwell", "f.cover": "Ann Lee", "stub": "person:Ann Lee"}
    answer = shown(send(entered(world, "zoe"), "/directory/zoe-rockwell/edit", sent))
    assert answer.status == 422 and "There is no page for “Ann Lee” yet" in answer.main
    assert "Make a page for" not in answer.main
    assert count(world, Page) == before
