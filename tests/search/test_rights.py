"""Nothing that search says betrays a page: compared with what each reader could work out from their own pages alone."""

import random

import pytest
from sqlalchemy import select

from tests.search.oracle import COMMON, READERS, answers, build, questions, reader, without
from tests.search.world import World
from wiki import search
from wiki.access import VISITOR, Viewer, visible_pages
from wiki.db import Database
from wiki.models import Page, SearchText

#: Readers whose answers are compared with those of a world without what they may not see, and questions of each.
COMPARED, ASKED = 6, 5


def test_it_works(world: World) -> None:
    world.page("Water plan", space="closed", access="public")
    world.page("Water secret", space="closed")
    world.space("closed").default_role = "none"
    world.session.flush()
    assert world.titles("water") == ["Water plan"]
    assert world.titles("water", VISITOR) == ["Water plan"]
    assert sorted(world.titles("water", world.member("closed"))) == ["Water plan", "Water secret"]
    assert [found.title for found in world.complete("wat")] == ["Water plan"]


@pytest.mark.parametrize("part", range(2))
def test_nothing_betrays_a_hidden_page_and_everybody_finds_exactly_their_own(world: World, part: int) -> None:
    """In one random world, because building it takes longest."""
    chance = random.Random(part)
    pages = build(world, chance)
    said = {one.page_id: everything(one) for one in world.session.scalars(select(SearchText))}
    for _ in range(READERS // 2):
        finds_their_own(world, reader(world, chance), chance.choice(pages), chance, said)
    for _ in range(COMPARED):
        viewer = reader(world, chance)
        asked = chance.sample(questions(pages, chance), ASKED)
        told = answers(world, viewer, asked)
        with without(world, viewer):
            assert told == answers(world, viewer, asked)


def everything(text: SearchText) -> set[str]:
    return set(f"{text.title} {text.lead} {text.body} {text.rows_json}".lower().replace('"', " ").split())


def finds_their_own(world: World, viewer: Viewer, page: Page, chance: random.Random, said: dict[int, set[str]]) -> None:
    """`said` is the words of each page."""
    allowed = set(world.session.scalars(select(Page.id).where(visible_pages(viewer))))
    word = chance.choice([page.title.split()[1], *COMMON])
    there = {page_id for page_id, words in said.items() if word in words}
    found = world.find(word, viewer, replaced=True, limit=200)
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


def test_a_synonym_works_only_for_who_may_read_where_it_is_said(world: World) -> None:
    world.space("secret", "none")
    world.page("Wharf")
    world.page("Words", space="secret", synonyms=(("quay", "wharf"),))
    assert world.find("quay").total == 0
    assert "Wharf" in world.titles("quay", world.member("secret"))
