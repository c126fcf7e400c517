"""The passage that is shown with a hit."""

from tests.search.world import World
from wiki.search import Hit

FILLER = "Nothing of interest stands here, only words that fill the page until something comes. " * 6


def shown(hit: Hit) -> str:
    return "".join(text for text, _ in hit.snippet)


def marked(hit: Hit) -> list[str]:
    return [text for text, is_marked in hit.snippet if is_marked]


def test_it_works(world: World) -> None:
    world.page("Permits", f"{FILLER}Partners asked for thirty days to answer permit notices.{FILLER}")
    hit = world.find("notice thirty").hits[0]
    assert "Partners asked for thirty days to answer permit notices." in shown(hit)
    assert marked(hit) == ["thirty", "notices"]
    assert len(shown(hit)) < 300
    assert shown(hit).startswith("… ")
    assert shown(hit).endswith(" …")


def test_words_are_marked_as_people_wrote_them(world: World) -> None:
    world.page("Été", "Les ÉVALUATIONS de l’été, D-0009.", language="fr")
    assert marked(world.find("evaluation d0009 ete").hits[0]) == ["ÉVALUATIONS", "l’été", "D-0009"]


def test_the_passage_with_most_words_is_taken(world: World) -> None:
    world.page("Permits", f"A notice came.{FILLER}The notice about water came late.{FILLER}")
    assert "The notice about water came late." in shown(world.find("notice water").hits[0])


def test_the_beginning_when_only_the_title_matched(world: World) -> None:
    world.page("Permits", FILLER, lead="What the page is about.")
    hit = world.find("permits").hits[0]
    assert shown(hit) == "What the page is about."
    assert marked(hit) == []


def test_beginnings_and_joined_scripts_are_marked(world: World) -> None:
    world.page("Permits", "Organisation and organic food.")
    world.page("記録", "次の会議は東京で開かれます。", language="ja")
    assert marked(world.find("organ*").hits[0]) == ["Organisation", "organic"]
    assert marked(world.find("会議").hits[0])


def test_a_snippet_is_plain_text(world: World) -> None:
    world.page("Permits", "<script>alert(1)</script> & notice")
    hit = world.find("notice").hits[0]
    assert shown(hit) == "<script>alert(1)</script> & notice"


def test_line_ends_become_spaces(world: World) -> None:
    world.page("Permits", "One\n\nnotice\n\n\ttwo")
    assert shown(world.find("notice").hits[0]) == "One notice two"


def test_it_is_seen_where_a_value_ends(world: World) -> None:
    world.page(
        "Partner",
        lead="Who answers permit notices?\nPartners\nWithin thirty days",
        fields="Keel Office; Council\n\nYearly\nMar 5, 2027",
    )
    assert shown(world.find("thirty").hits[0]) == "Who answers permit notices? Partners · Within thirty days"
    assert shown(world.find("keel").hits[0]) == "Keel Office; Council · Yearly · Mar 5, 2027"


def test_an_empty_page(world: World) -> None:
    world.page("Permits")
    assert world.find("permits").hits[0].snippet == []


def test_a_long_word_or_a_long_page_is_no_trouble(world: World) -> None:
    world.page("Permits", "x" * 5000 + " notice " + "y" * 5000)
    assert marked(world.find("notice").hits[0]) == ["notice"]
    assert len(shown(world.find("notice").hits[0])) < 300


def test_excluded_words_are_not_marked(world: World) -> None:
    world.page("Permits", "a notice in time")
    assert marked(world.find("notice -late").hits[0]) == ["notice"]


def test_between_two_passages_stands_one_sign(world: World) -> None:
    filler = FILLER * 3
    world.page("Permits", f"{filler}A notice came.{filler}Water rose.{filler}")
    found = shown(world.find("notice water").hits[0])
    assert "A notice came." in found and "Water rose." in found
    assert found.count("…") == 3 and "… …" not in found
