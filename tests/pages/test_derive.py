"""Values, rows and links are those of the page's content, once each, whatever happens to the page and to others."""

from sqlalchemy import delete, select

from tests.world import World
from wiki.access import page_for, space_for
from wiki.kinds import Content
from wiki.models import Event, FieldValue, Link, Page, Revision, Row
from wiki.pages import actions, deriving

MEETING = {"date": "2026-11-20", "actions": [{"id": "a1", "what": "Ask the council"}]}


def rows_of(world: World, page: Page) -> list[str]:
    with world.reading() as session:
        return list(session.scalars(select(Row.row_id).where(Row.page_id == page.id)))


def test_it_works(world: World) -> None:
    page = world.page("ada", "paper-coast", "meeting", "Spring", MEETING, "See [[Tides]].")
    with world.reading() as session:
        links = session.execute(select(Link.name, Link.target_key).where(Link.page_id == page.id)).all()
    assert rows_of(world, page) == ["a1"]
    assert ("body", "tides") in [tuple(link) for link in links]


def test_a_page_in_its_first_revision_moves_with_its_rows(world: World) -> None:
    page = world.page("hal", "commons", "meeting", "Spring", MEETING)
    hal = world.viewer("hal")
    with world.writing() as session:
        found = actions.move_page(
            session,
            world.catalogue,
            hal,
            page_for(session, hal, "commons", page.slug, "move"),
            space_for(session, hal, "paper-coast", "create"),
        )
        assert found.space_id == world.space("paper-coast").id
    assert rows_of(world, page) == ["a1"]


def test_references_to_a_page_that_was_removed_for_good_are_passed_over(world: World) -> None:
    target = world.page("ada", "paper-coast", "howto", "Send a notice")
    fields = {"lesson": "Ask first.", "applied_in": [target.id]}
    page = world.page("ada", "paper-coast", "lesson", "Tides", fields)
    with world.writing() as session:
        session.execute(delete(Event).where(Event.page_id == target.id))
        session.execute(delete(Revision).where(Revision.page_id == target.id))
        session.execute(delete(Page).where(Page.id == target.id))
    with world.writing() as session:
        kept = session.get_one(Page, page.id)
        content = Content("Tides", fields={**fields, "lesson": "Ask twice."})
        actions.save_page(session, world.catalogue, world.viewer("ada"), kept, content, base=1)
    with world.reading() as session:
        named = session.scalars(
            select(FieldValue.ref_id).where(FieldValue.page_id == page.id, FieldValue.key == "applied_in")
        ).all()
        links = session.scalars(select(Link.target_id).where(Link.page_id == page.id, Link.name == "applied_in")).all()
    assert (named, links) == ([], [None])


def test_what_is_worked_out_is_not_stored(world: World) -> None:
    page = world.page("ada", "paper-coast", "meeting", "Spring", MEETING)
    with world.writing() as session:
        kept = session.get_one(Page, page.id)
        content = Content("Spring", fields={**MEETING, "actions": []})
        assert deriving.derived(session, world.catalogue, kept, content).rows == []
    assert rows_of(world, page) == ["a1"]
