"""A lesson without its author's name: nobody in the interface learns it, the event log keeps it."""

from sqlalchemy import select

from tests.world import World
from wiki.kinds.content import Content
from wiki.models import Event, Page
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision

FIELDS = {"lesson": "Ask first", "anonymous": "yes"}


def test_it_works(world: World) -> None:
    page = world.page("ada", "paper-coast", "lesson", "A dashboard nobody asked about", FIELDS)
    with world.reading() as session:
        revision = current_revision(session, page)
        assert (revision.author_id, page.owner_id, page.created_by, page.changed_by) == (None,) * 4
        assert "Ada" not in revision.author_name


def test_no_page_of_the_interface_names_the_author(world: World) -> None:
    world.page("ada", "paper-coast", "lesson", "A dashboard nobody asked about", FIELDS, body="Some text.")
    with world.browser("hal") as client:
        for path in ("", "/history", "/history/1", "/authors"):
            assert "Ada" not in client.get(f"/paper-coast/a-dashboard-nobody-asked-about{path}").text, path
        assert "Ada Verdana, <time" not in client.get("/").text


def test_the_event_log_keeps_the_author_but_administrators_are_not_shown_it(world: World) -> None:
    page = world.page("ada", "paper-coast", "lesson", "A dashboard nobody asked about", FIELDS)
    with world.reading() as session:
        event = session.scalars(select(Event).where(Event.page_id == page.id)).one()
    assert event.actor_id == world.viewer("ada").person_id
    with world.browser("ivy") as client:
        assert "Somebody" in client.get("/admin/events").text


def test_the_author_stays_hidden_when_writing_on_but_others_are_named(world: World) -> None:
    page = world.page("ada", "paper-coast", "lesson", "A dashboard nobody asked about", FIELDS)

    def save(who: str, body: str) -> str:
        with world.writing() as session:
            mine = session.get_one(Page, page.id)
            content = Content(mine.title, body, content_of(current_revision(session, mine)).fields)
            saved = actions.save_page(session, world.catalogue, world.viewer(who), mine, content, mine.number)
            assert saved.revision is not None
            return saved.revision.author_name

    assert save("ada", "More.") == "Somebody"
    assert save("dan", "More still.") == "Dan Corbel"
