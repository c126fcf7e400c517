"""Several pages made at once are what they would be one by one."""

from typing import Any

import pytest
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tests.world import World
from wiki import eventlog, search
from wiki.errors import Invalid
from wiki.kinds import Content
from wiki.models import Event, Link, Page, Rendering, Revision, Row
from wiki.pages import actions
from wiki.pages.actions import NewPage
from wiki.pages.storing import digest_of


def article(world: World, title: str, body: str = "", **more: str) -> NewPage:
    return NewPage(world.catalogue["article"], Content(title, body), **more)


def make(world: World, session: Session, *new: NewPage, space: str = "paper-coast") -> list[Page]:
    return actions.create_pages(session, world.catalogue, world.viewer("ada"), world.space(space), new)


def _in_text(page: Page, column: Any) -> Select[Any]:
    return select(Link.target_id, column).where(Link.page_id == page.id, Link.name == "body")


def test_it_works(world: World) -> None:
    meeting = Content("Spring", "See [[Tides]].", {"actions": [{"id": "a1", "what": "Ask the council"}]})
    with world.writing() as session:
        spring, tides = make(
            world, session, NewPage(world.catalogue["meeting"], meeting, note="Notes"), article(world, "Tides", "Ebb.")
        )
    with world.reading() as session:
        assert [page.slug for page in (spring, tides)] == ["spring", "tides"]
        assert (spring.number, spring.title_key, spring.owner_id) == (1, "spring", world.account("ada").person_id)
        assert session.scalars(select(Row.text).where(Row.page_id == spring.id)).all() == ["Ask the council"]
        assert session.scalars(select(Link.target_id).where(Link.page_id == spring.id, Link.name == "body")).all() == [
            tides.id
        ]
        assert [hit.title for hit in search.find(session, world.viewer("ada"), "ebb").hits] == ["Tides"]
        revisions = session.scalars(select(Revision).where(Revision.page_id.in_([spring.id, tides.id]))).all()
        assert all(revision.digest == digest_of(revision) for revision in revisions)


def test_each_is_in_the_log_and_the_chain_holds(world: World) -> None:
    with world.writing() as session:
        made = make(world, session, *(article(world, f"Page {n}", note=f"Note {n}") for n in range(5)))
    with world.reading() as session:
        events = session.scalars(select(Event).where(Event.verb == "page.created").order_by(Event.id.desc()).limit(5))
        told = [(event.page_id, event.detail["note"], event.revision) for event in events]
        assert told == [(page.id, f"Note {n}", 1) for n, page in reversed(list(enumerate(made)))]
        assert list(eventlog.broken(session)) == []


def test_equal_titles_get_different_addresses(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    with world.writing() as session:
        made = make(world, session, *(article(world, title) for title in ("Tides", "Moon", "Tides", "New")))
        assert [page.slug for page in made] == ["tides-2", "moon", "tides-3", "new-2"]


def test_an_address_that_is_taken_stops_all_of_them(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    with pytest.raises(Invalid, match="tides"), world.writing() as session:
        make(world, session, article(world, "Moon"), article(world, "Sea", slug="tides"))
    with pytest.raises(Invalid, match="sea"), world.writing() as session:
        make(world, session, article(world, "Moon", slug="sea"), article(world, "Sun", slug="sea"))
    with world.reading() as session:
        assert not session.scalar(select(func.count()).where(Page.title.in_(["Moon", "Sea", "Sun"])))


def test_one_that_cannot_be_held_stops_all_of_them(world: World) -> None:
    with pytest.raises(Invalid), world.writing() as session:
        make(world, session, article(world, "Moon"), article(world, " "))
    with world.reading() as session:
        assert not session.scalar(select(func.count()).where(Page.title == "Moon"))


def test_numbers_go_on_from_one_to_the_next(world: World) -> None:
    world.page("ada", "paper-coast", "decision", "First")
    decision = world.catalogue["decision"]
    with world.writing() as session:
        made = make(world, session, *(NewPage(decision, Content(title)) for title in ("Second", "Third")))
        numbers = [
            session.scalars(select(Revision.fields).where(Revision.page_id == page.id)).one()["number"] for page in made
        ]
    assert numbers == ["D-0002", "D-0003"]


def test_red_links_find_their_pages_and_what_showed_them_is_rendered_anew(world: World) -> None:
    red = world.page("ada", "paper-coast", "article", "Notes", body="[[Moon]] [[paper-coast/sun]] [[commons/sun]]")
    world.browser("ada").read("/paper-coast/notes")
    with world.writing() as session:
        moon, sun = make(world, session, article(world, "Moon"), article(world, "The sun", slug="sun"))
    with world.reading() as session:
        links = session.execute(_in_text(red, Link.target_space)).all()
        assert sorted(map(tuple, links), key=str) == sorted(
            [(moon.id, None), (sun.id, None), (None, "commons")], key=str
        )
        assert session.scalars(select(Rendering).where(Rendering.page_id == red.id)).all() == []


def test_an_address_in_another_space_does_not_mean_a_page_of_the_directory(world: World) -> None:
    red = world.page("ada", "paper-coast", "article", "Notes", body="[[commons/the-moon]] [[The Moon]]")
    with world.writing() as session:
        moon = actions.create_page(
            session,
            world.catalogue,
            world.viewer("ivy"),
            world.space("directory"),
            world.catalogue["organisation"],
            Content("The Moon"),
        )
    with world.reading() as session:
        links = session.execute(_in_text(red, Link.target_key)).all()
    assert sorted(map(tuple, links), key=str) == sorted([(None, "slug:the-moon"), (moon.id, None)], key=str)
