"""Derived tables made anew are what they were, and mend what was broken, while the wiki serves."""

import threading

import pytest
from sqlalchemy import text

from tests.care import stored
from tests.world import World
from wiki import search
from wiki.care import checks, indexes
from wiki.kinds import Content
from wiki.models import Page
from wiki.pages import actions


def problems(world: World) -> list[str]:
    with world.reading() as session:
        return list(checks.run(session, world.settings, world.catalogue))


def kept(world: World) -> stored.Dump:
    """All that must stay as it is: everything but the events that say that the index was made anew."""
    found = stored.kept(world.database)
    return {**found, "event": [event for event in found["event"] if "index.made" not in event]}


def test_it_works(lived: World) -> None:
    before, content = stored.derived(lived.database), kept(lived)
    seen: list[tuple[int, int]] = []
    count = indexes.rebuild(lived.database, lived.catalogue, lambda done, total: seen.append((done, total)))
    assert count == len(content["page"])
    assert seen[-1] == (count, count)
    assert stored.derived(lived.database) == before
    assert kept(lived) == content


@pytest.mark.parametrize(
    "damage",
    [
        ("DELETE FROM field_value", "DELETE FROM link"),
        ('DELETE FROM "row"', "DELETE FROM page_reader"),
        ("UPDATE field_value SET \"text\" = 'x'", 'UPDATE "row" SET "text" = \'x\'', "UPDATE link SET name = 'x'"),
        ("DELETE FROM search_text",),
        ("DELETE FROM search_index",),
        ("DELETE FROM search_spelling",),
        ("DELETE FROM search_spelling WHERE near <> word",),
        ("INSERT INTO search_spelling (near, word) VALUES ('walrus', 'walrus'), ('wlrus', 'walrus')",),
        ("UPDATE search_text SET title = 'x', body = 'y'",),
        ("UPDATE page SET title = 'x', title_key = 'x', state = 'y', summary = 'z', access = 'public'",),
    ],
)
def test_what_was_broken_is_mended(lived: World, damage: tuple[str, ...]) -> None:
    before, content = stored.derived(lived.database), kept(lived)
    with lived.writing() as session:
        for statement in damage:
            session.execute(text(statement))
    assert (stored.derived(lived.database), kept(lived)) != (before, content)
    indexes.rebuild(lived.database, lived.catalogue)
    assert stored.derived(lived.database) == before
    assert kept(lived) == content
    assert problems(lived) == []


def test_words_of_pages_that_are_gone_are_forgotten(lived: World) -> None:
    page = lived.page("ada", "commons", "article", "Walrus", body="A walrus on the beach")
    with lived.writing() as session:
        session.execute(text("DELETE FROM revision WHERE page_id = :id"), {"id": page.id})
        session.execute(text("DELETE FROM page WHERE id = :id"), {"id": page.id})
        session.execute(text("UPDATE space SET front_page_id = NULL"))
    indexes.rebuild(lived.database, lived.catalogue)
    with lived.reading() as session:
        assert search.find(session, lived.viewer("ada"), "walrus").total == 0
        words = session.execute(text("SELECT count(*) FROM search_spelling WHERE word = 'walrus'")).scalar()
        assert (words, indexes.strays(session)) == (0, set())


def test_a_page_that_its_kind_cannot_read_does_not_stop_the_others(lived: World) -> None:
    with lived.writing() as session:
        session.execute(
            text("UPDATE revision SET fields = :fields WHERE title = 'Spring'"), {"fields": '{"actions": "none"}'}
        )
        session.execute(text("UPDATE revision SET kind = 'sonnet' WHERE title = 'Between two'"))
        session.execute(text("DELETE FROM search_text"))
    count = indexes.rebuild(lived.database, lived.catalogue)
    assert count == len(kept(lived)["page"]) - 2
    with lived.reading() as session:
        assert search.find(session, lived.viewer("ada"), "tides").total == 1


def test_somebody_saves_meanwhile(lived: World) -> None:
    """Whoever saves does not wait in vain, and what they save is what lists and search know in the end."""
    page = lived.page("ada", "commons", "article", "Busy", body="[[Other]]")
    lived.page("ada", "commons", "article", "Other", body="[[Busy]]")
    viewer, done = lived.viewer("ada"), threading.Event()

    def save_often() -> None:
        try:
            for number in range(1, 25):
                with lived.writing() as session:
                    content = Content(f"Busy {number}", body=f"[[Other]] and word{number}")
                    kept = session.get_one(Page, page.id)
                    actions.save_page(session, lived.catalogue, viewer, kept, content, base=number)
        finally:
            done.set()

    saver = threading.Thread(target=save_often)
    saver.start()
    while not done.is_set():
        indexes.rebuild(lived.database, lived.catalogue)
    saver.join()
    with lived.reading() as session:
        assert session.get_one(Page, page.id).number == 25
    assert problems(lived) == []
