"""Themes are completed while they are typed: those of pages that the reader may open, most used first."""

from tests.cases import ministry_page, plainly_entered
from tests.world import World


def offered(world: World, who: str, text: str) -> list[str]:
    found: list[dict[str, str]] = plainly_entered(world, who).get("/search/suggestions", query_string={"q": text}).json  # type: ignore[assignment]
    return [one["title"] for one in found if one["type"] == "filter"]


def test_it_works(world: World) -> None:
    for title, themes in (("Tides", ["moon", "money"]), ("Ebb", ["moon", "moor lines"]), ("Flood", ["Moon"])):
        world.page("ada", "paper-coast", "article", title, {"themes": themes})
    ministry_page(world, fields={"themes": ["mooring secrets"]})
    assert offered(world, "dan", "theme:moo") == ["theme:Moon", 'theme:"moor lines"']
    assert offered(world, "ben", "theme:moo") == ["theme:Moon", 'theme:"moor lines"', 'theme:"mooring secrets"']
    assert offered(world, "visitor", "theme:mo") == []
    answer = plainly_entered(world, "dan").get("/search/suggestions", query_string={"q": 'tides theme:"moor l'}).json
    assert isinstance(answer, list)
    assert answer[0]["text"] == 'tides theme:"moor lines" '
