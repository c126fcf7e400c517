"""Titles offered while somebody types."""

from tests.search.world import World


def titles(world: World, text: str, **options: object) -> list[str]:
    return [found.title for found in world.complete(text, **options)]


def test_it_works(world: World) -> None:
    page = world.page("Paper Coast Partnership Agreement", kind="agreement")
    world.page("Water tests")
    found = world.complete("pap coa")
    assert found == [(page.id, "Paper Coast Partnership Agreement", "coast", page.slug, "agreement", "current", "")]
    assert found[0].space == "coast"


def test_words_may_come_in_any_order(world: World) -> None:
    world.page("Paper Coast Partnership Agreement")
    assert titles(world, "agr paper") == ["Paper Coast Partnership Agreement"]
    assert titles(world, "agr water") == []


def test_only_titles_count(world: World) -> None:
    world.page("Water tests", "paper")
    assert titles(world, "paper") == []


def test_titles_that_begin_so_come_first_then_short_ones(world: World) -> None:
    world.page("The water of the coast")
    world.page("Water quality of the coast")
    world.page("Water tests")
    world.page("A water")
    assert titles(world, "water") == ["Water tests", "Water quality of the coast", "A water", "The water of the coast"]


def test_what_no_longer_counts_comes_last_unless_it_is_called_just_so(world: World) -> None:
    world.page("Ten days", over="replaced")
    world.page("Ten days of notice", over="replaced")
    world.page("Thirty days after ten days were too few")
    world.page("Ten days off", over="retired")
    assert titles(world, "ten da") == [
        "Thirty days after ten days were too few",
        "Ten days",
        "Ten days off",
        "Ten days of notice",
    ]
    assert titles(world, "ten days")[0] == "Ten days"
    assert [one.over for one in world.complete("ten days o")] == ["retired", "replaced"]


def test_accents_codes_and_apostrophes(world: World) -> None:
    world.page("Décisions d'accord", language="fr")
    world.page("D-0009 Thirty days")
    world.page("会議の記録", language="ja")
    assert titles(world, "decis") == ["Décisions d'accord"]
    assert titles(world, "accor") == ["Décisions d'accord"]
    assert titles(world, "d’acc") == ["Décisions d'accord"]
    assert titles(world, "D-00") == ["D-0009 Thirty days"]
    assert titles(world, "記録") == ["会議の記録"]
    assert titles(world, "議") == ["会議の記録"]


def test_kinds_and_limit(world: World) -> None:
    for i in range(3):
        world.page(f"Ada {i}", kind="person")
        world.page(f"Ada town {i}", kind="article")
    assert titles(world, "ada", kinds=["person"], limit=2) == ["Ada 0", "Ada 1"]
    assert len(titles(world, "ada", limit=1000)) == 6


def test_nothing_typed_offers_what_changed_last(world: World) -> None:
    world.page("Old", days=1)
    world.page("New", days=2)
    assert titles(world, "") == ["New", "Old"]
    assert titles(world, "  ") == ["New", "Old"]
    assert titles(world, "!?") == []


def test_a_page_that_is_put_away_is_not_offered(world: World) -> None:
    world.page("Water", archived=True)
    assert titles(world, "water") == []


def test_signs_of_the_engines_are_only_signs(world: World) -> None:
    world.page("100 % of_it")
    assert titles(world, "%") == []
    assert titles(world, "100 % o") == ["100 % of_it"]
    assert titles(world, "100 %_of") == ["100 % of_it"]
