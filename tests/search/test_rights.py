"""Nothing that search says betrays a page: compared with what each reader could work out from their own pages alone.

Two worlds hold the same pages for a reader. In the second, the pages that the reader may not open were never
written. Totals, hits, snippets, suggestions and completions must be the same in both.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from tests.search.world import World
from wiki import search
from wiki.access import VISITOR, Viewer, visible_pages
from wiki.db import Database
from wiki.models import Page, SearchText
from wiki.search import Entry

COMMON = ["water", "permit", "notice", "harbour", "partner", "placement", "lesson", "beach", "report", "letter"]
SPACES = {"open": "reader", "edited": "member", "closed": "none", "secret": "none"}
LEVELS = ("members", "partnership", "named_orgs", "steward_only", "public")
ORGS = 3
READERS = 300


def build(world: World, chance: random.Random) -> list[Page]:
    """Pages of every access level in every space, each with a word of its own."""
    orgs = [world.page(f"Organisation {i}", space="open", kind="organisation", access="public").id for i in range(ORGS)]
    pages = []
    for space, role in SPACES.items():
        world.space(space, role)
        for level in LEVELS:
            for i in range(3):
                own = "".join(chance.choices("bdfgklmnprst", k=2)) + "".join(chance.choices("aeiou", k=2)) + "zzle"
                words = chance.choices(COMMON, k=6)
                pages.append(
                    world.page(
                        f"{words[0].title()} {own} {level} {i}",
                        " ".join(words),
                        space=space,
                        kind=chance.choice(["decision", "lesson"]),
                        access=level,
                        readers=tuple(chance.sample(orgs, 2)) if level == "named_orgs" else (),
                        steward=chance.choice(orgs) if level == "steward_only" else chance.choice([None, *orgs]),
                        archived=chance.random() < 0.1,
                        deleted=chance.random() < 0.1,
                        lead=f"about {own}",
                        rows=[("r1", f"send the {words[1]} {own}")],
                    )
                )
    return pages


def reader(world: World, chance: random.Random) -> Viewer:
    if chance.random() < 0.1:
        return VISITOR
    spaces = chance.sample(sorted(SPACES), chance.randrange(0, 4))
    org = chance.choice([None, *(page.id for page in world.pages.values() if page.kind == "organisation")])
    return world.member(*spaces, role=chance.choice(["reader", "member", "steward"]), org=org)


def misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1 :]


def questions(pages: list[Page], chance: random.Random) -> list[str]:
    own = chance.choice(pages).title.split()[1]
    one, two = chance.sample(COMMON, 2)
    return [
        own,
        one,
        f"{one} {two}",
        f"{one} {own}",
        f'"{one} {own}"',
        f"{own[:3]}*",
        f"{one} -{own}",
        f"-{own}",
        f"{one} or {own}",
        misspelt(own, chance),
        f"{one} {misspelt(own, chance)}",
        f"{one} kind:decision",
        "kind:lesson",
        f"by:{own}",
    ]


@contextmanager
def without(world: World, viewer: Viewer) -> Iterator[None]:
    """The world as if the pages that the viewer may not open had never been written, for the index."""
    allowed = set(world.session.scalars(select(Page.id).where(visible_pages(viewer))))
    hidden = world.session.scalars(select(SearchText).where(SearchText.page_id.not_in(allowed))).all()
    kept = [
        (text.page_id, Entry(text.language, text.title, text.lead, text.fields, text.rows_json, text.body))
        for text in hidden
    ]
    for page_id, _ in kept:
        search.remove_page(world.session, page_id)
    yield
    search.index_pages(world.session, kept)


def answers(world: World, viewer: Viewer, asked: list[str]) -> list[object]:
    """Everything that a reader is told, but for the order, which the statistics of all words may move."""
    said: list[object] = []
    for text in asked:
        found = world.find(text, viewer, limit=200)
        hits = sorted(
            (hit.page_id, hit.title, hit.kind, hit.row_id, hit.row_text, tuple(map(tuple, hit.snippet)), hit.archived)
            for hit in found.hits
        )
        said.append((text, found.total, hits, found.suggestion, found.notice))
        said.append([completion.page_id for completion in world.complete(text[:4], viewer, limit=50)])
    return said


def test_it_works(world: World) -> None:
    world.page("Water plan", space="closed", access="public")
    world.page("Water secret", space="closed")
    world.space("closed").default_role = "none"
    world.session.flush()
    assert world.titles("water") == ["Water plan"]
    assert world.titles("water", VISITOR) == ["Water plan"]
    assert sorted(world.titles("water", world.member("closed"))) == ["Water plan", "Water secret"]
    assert [found.title for found in world.complete("wat")] == ["Water plan"]


@pytest.mark.parametrize("part", range(3))
def test_nothing_betrays_a_hidden_page(world: World, part: int) -> None:
    chance = random.Random(part)
    pages = build(world, chance)
    for _ in range(READERS // 3 // 10):
        viewer = reader(world, chance)
        asked = questions(pages, chance)
        told = answers(world, viewer, asked)
        with without(world, viewer):
            assert told == answers(world, viewer, asked)


@pytest.mark.parametrize("part", range(3))
def test_every_reader_finds_exactly_their_own_pages(world: World, part: int) -> None:
    chance = random.Random(100 + part)
    pages = build(world, chance)
    for _ in range(READERS // 3):
        viewer = reader(world, chance)
        allowed = set(world.session.scalars(select(Page.id).where(visible_pages(viewer))))
        page = chance.choice(pages)
        word = chance.choice([page.title.split()[1], *COMMON])
        there = {
            text.page_id
            for text in world.session.scalars(select(SearchText))
            if word in f"{text.title} {text.lead} {text.body} {text.rows_json}".lower().replace('"', " ").split()
        }
        found = world.find(word, viewer, limit=200)
        if found.mended:
            assert not there & allowed
            assert {hit.page_id for hit in found.hits} <= allowed
        else:
            assert {hit.page_id for hit in found.hits} == there & allowed
            assert found.total == len(there & allowed)
        assert {found.page_id for found in world.complete(page.title, viewer)} <= allowed


def test_a_suggestion_comes_only_from_readable_pages(world: World) -> None:
    world.space("secret", "none")
    world.page("Lighthouse", space="secret")
    world.page("Harbour")
    assert world.find("lighthuose").suggestion is None
    assert world.find("lighthuose", world.member("secret")).suggestion == "lighthouse"


def test_a_suggestion_is_a_word_that_the_reader_could_read(world: World) -> None:
    """The stem of a readable word is not enough: the word itself would come from a hidden page."""
    world.space("secret", "none")
    world.page("Harbour", space="secret")
    world.page("Harbours")
    assert world.find("harbuor").suggestion is None
    assert world.find("harbuor", world.member("secret")).suggestion == "harbour"


def test_a_narrower_page_is_hidden_at_once(database: Database) -> None:
    with database.transaction() as session:
        world = World(session)
        page = world.page("Water plan")
    with database.transaction() as session:
        session.get_one(Page, page.id).access = "steward_only"
    with database.read() as session:
        assert search.find(session, Viewer(1, None, "Ada"), "water").total == 0
        assert search.complete(session, Viewer(1, None, "Ada"), "wat") == []


def test_the_owner_of_a_page_is_named_only_to_who_may_know_them(world: World) -> None:
    world.space("secret", "none")
    ada = world.page("Ada Verdana", kind="person", space="secret")
    world.page("Water plan", owner=ada)
    assert world.titles("water by:ada") == []
    assert world.titles("water by:ada", world.member("secret", "coast")) == ["Water plan"]


def test_a_deleted_page_is_not_found(world: World) -> None:
    world.page("Water plan", deleted=True)
    assert world.find("water").total == 0
    assert world.find("watre").suggestion is None
    assert world.complete("water") == []
