"""The index changes with the page, in the same transaction."""

import pytest
from sqlalchemy import func, select

from tests.search.world import World
from wiki import search
from wiki.access import Viewer
from wiki.db import Database
from wiki.models import SearchSpelling
from wiki.search import Entry


def test_it_works(world: World) -> None:
    page = world.page("Water tests", "tidal beaches")
    world.index(page, "harbour walls")
    assert world.titles("harbour") == ["Water tests"]
    assert world.titles("tidal") == []


def test_what_is_not_committed_is_not_found(database: Database) -> None:
    with database.write() as session:
        world = World(session)
        page = world.page("Water tests", "tidal beaches")
        session.commit()
    with database.write() as session:
        search.index_page(session, page.id, Entry("en", "Water tests", body="harbour walls"))
        assert search.find(session, Viewer(1, None, "Ada"), "harbour").total == 1
        session.rollback()
    with database.read() as session:
        assert search.find(session, Viewer(1, None, "Ada"), "harbour").total == 0
        assert search.find(session, Viewer(1, None, "Ada"), "tidal").total == 1


def test_a_page_that_is_taken_out_is_not_found(world: World) -> None:
    page = world.page("Water tests", "tidal beaches")
    other = world.page("Tidal power")
    search.remove_page(world.session, page.id)
    assert world.titles("tidal") == ["Tidal power"]
    assert world.complete("wat") == []
    search.remove_page(world.session, page.id)
    search.remove_page(world.session, other.id)
    assert world.find("tidal").total == 0


def test_words_that_no_page_has_are_forgotten(world: World) -> None:
    kept = world.page("Harbour", "walls")
    page = world.page("Secret plan", "unmentionable harbour")
    world.index(page, "harbour")
    search.remove_page(world.session, page.id)
    words = set(world.session.scalars(select(SearchSpelling.word)))
    assert words == {"harbour", "walls"}
    search.remove_page(world.session, kept.id)
    assert world.session.scalar(select(func.count()).select_from(SearchSpelling)) == 0


def test_many_pages_at_once(world: World) -> None:
    space = world.space("coast")
    pages = [(world.bare_page(space, f"Page {i}"), f"number{i}") for i in range(250)]
    count = search.index_pages(
        world.session, ((page.id, Entry("en", page.title, body=f"common {word}")) for page, word in pages)
    )
    assert count == 250
    assert world.find("common").total == 250
    assert world.titles("number137") == ["Page 137"]
    assert search.index_pages(world.session, []) == 0


def test_a_page_named_twice_keeps_the_last(world: World) -> None:
    page = world.bare_page(world.space("coast"), "Page")
    search.index_pages(
        world.session, [(page.id, Entry("en", "Page", body="early")), (page.id, Entry("en", "Page", body="late"))]
    )
    assert world.titles("late") == ["Page"]
    assert world.titles("early") == []


def test_the_same_entry_again_changes_nothing(world: World) -> None:
    page = world.page("Water tests", "tidal beaches", rows=[("r1", "measure")])
    world.index(page, "tidal beaches", rows=[("r1", "measure")])
    assert world.titles("tidal measure") == ["Water tests"]


@pytest.mark.parametrize(
    "body",
    ["", " ", "\0", "' \\ \" :* & | ! ( ) <->", "x" * 300_000, "mot " * 60_000, "é" * 5000, "日本語" * 20_000, "🐙 ☃"],
)
def test_any_text_can_be_indexed(world: World, body: str) -> None:
    world.page("Notice", body.replace("\0", ""), lead="'quoted' \\ text")
    assert world.titles("notice quoted") == ["Notice"]


def test_a_page_of_very_many_different_words_can_be_saved(world: World) -> None:
    body = " ".join(f"w{i:x}" for i in range(45_000))
    world.page("Notice", body, fields=body[::-1], rows=[("r1", body)])
    assert world.titles("notice wafc8") == ["Notice"]
