"""Did you mean."""

import pytest

from tests.search.world import World
from wiki.search.spelling import mistakes


def test_it_works(world: World) -> None:
    world.page("Permit notices")
    assert world.find("premit notices").suggestion == "permit notices"


@pytest.mark.parametrize(
    "typed", ["partnrship", "partnershipp", "partnerzhip", "patrnership", "PARTNRSHIP", "“partnrship”"]
)
def test_a_letter_missing_added_replaced_or_swapped(world: World, typed: str) -> None:
    world.page("Partnership")
    assert (world.find(typed).suggestion or "").strip("“”") == "partnership"


def test_the_rest_of_the_question_stays(world: World) -> None:
    world.page("Permit notices in thirty days", kind="decision")
    found = world.find('"thirty days" premit kind:decision')
    assert found.suggestion == '"thirty days" permit kind:decision'
    assert world.titles(found.suggestion) == ["Permit notices in thirty days"]


def test_none_when_the_question_finds_something(world: World) -> None:
    world.page("Permit notices")
    world.page("Premit")
    assert world.find("premit").suggestion is None


def test_none_when_it_would_not_help(world: World) -> None:
    world.page("Permit")
    world.page("Notices")
    assert world.find("premit notices").suggestion is None


def test_the_nearest_word_then_the_more_frequent(world: World) -> None:
    world.page("Harbour walls")
    world.page("Harbour light")
    world.page("Arbour")
    assert world.find("harbuor").suggestion == "harbour"
    world.page("Tests")
    world.page("Rests")
    world.page("Rests again")
    assert world.find("gests").suggestion == "rests"


def test_with_the_accents_that_the_page_has(world: World) -> None:
    world.page("Évaluation", "Une évaluation.", language="fr")
    assert world.find("evalaution").suggestion == "évaluation"


def test_short_words_and_numbers_are_left_alone(world: World) -> None:
    world.page("Sea 2024")
    assert world.find("sae").suggestion is None
    assert world.find("2042").suggestion is None


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("a", "a", 0),
        ("", "abc", 3),
        ("abcd", "abdc", 1),
        ("abcd", "abxd", 1),
        ("abcd", "acd", 1),
        ("kitten", "sitting", 3),
    ],
)
def test_counting_mistakes(one: str, other: str, count: int) -> None:
    assert mistakes(one, other) == mistakes(other, one) == count
