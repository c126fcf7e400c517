"""What pickers and wikilinks offer while somebody types: only what they may open."""

from typing import Any

import pytest

from tests.cases import entered, ministry_page
from tests.world import World


def offered(world: World, who: str, query: str) -> list[dict[str, Any]]:
    answer = entered(world, who).get(f"/complete?{query}")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json
    return found


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tide tables")
    assert [one["title"] for one in offered(world, "ben", "q=tid")] == ["Tide tables"]
    assert offered(world, "ben", "q=tid")[0]["url"] == "/paper-coast/tide-tables"


def test_hidden_pages_and_rows_are_not_offered(world: World) -> None:
    rows = [{"id": "a1", "what": "Undertow watch"}]
    ministry_page(world, "meeting", "Undertow talk", fields={"actions": rows})
    for query in ("q=undertow", "q=und", "q=undertow&kinds=meeting", "q=undertow&kinds=row:*.actions"):
        for who, count in (("ada", 1), ("ben", 1), ("dan", 0), ("zoe", 0), ("visitor", 0), ("ivy", 0)):
            assert len(offered(world, who, query)) == count, (who, query)


def test_only_the_wished_kinds_are_offered(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tide talk")
    world.page("ada", "paper-coast", "article", "Tide tables")
    assert [one["title"] for one in offered(world, "ben", "q=tide&kinds=meeting,nonsense")] == ["Tide talk"]


def test_rows_are_offered_as_they_are_typed(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Talk", {"actions": [{"id": "a1", "what": "Paint the boats"}]})
    found = offered(world, "ben", "q=boats+paint&kinds=row:*.actions")
    assert [one["typed"] for one in found] == ["Paint the boats (paper-coast/talk#a1)"]
    assert offered(world, "ben", "q=boats&kinds=row:*.commitments") == []


@pytest.mark.parametrize("query", ["", "q=", "q=%25", "q=_", "q='", "q=" + "x" * 5000, "q=%22&kinds=,,", "q=%ED%A0%80"])
@pytest.mark.parametrize("kinds", ["", "&kinds=row:*.actions"])
def test_strange_questions_do_no_harm(world: World, query: str, kinds: str) -> None:
    world.page("ada", "paper-coast", "meeting", "Talk", {"actions": [{"id": "a1", "what": "Paint the boats"}]})
    found = offered(world, "ben", query + kinds)
    if query in ("q=%25", "q=_"):
        assert found == [], "a wildcard was taken for one"
