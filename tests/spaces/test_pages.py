"""All pages of a space: by kind, in pieces, filtered; the same for the side column. Only what its reader may see."""

from typing import Any

import pytest

from tests.cases import entered, ministry_page, plain_answers, plainly_entered
from tests.world import World
from wiki.spaces import listing


def asked(world: World, who: str, **about: Any) -> Any:
    answer = plainly_entered(world, who).get("/paper-coast/pages", query_string={"as": "json", **about})
    assert answer.status_code == 200
    return answer.get_json()


def titles(world: World, who: str, **about: Any) -> list[str]:
    return [page["title"] for page in asked(world, who, **about)["pages"]]


@pytest.fixture
def tides(world: World) -> list[int]:
    """Five pages of a kind, and one of another."""
    world.page("ada", "paper-coast", "lesson", "Look at the moon")
    return [world.page("ada", "paper-coast", "article", f"Tide {n}").id for n in range(5)]


def test_it_works(world: World, tides: list[int]) -> None:
    client = entered(world, "ada")
    page = client.read("/paper-coast/pages")
    assert page.links()["Tide 0"] == "/paper-coast/tide-0"
    assert page.links()["Look at the moon"] == "/paper-coast/look-at-the-moon"
    assert client.read("/paper-coast/pages?q=moon").links()["Look at the moon"]
    assert "Tide 3" in client.read("/paper-coast/pages?kind=article").main
    assert asked(world, "ada") == {"counts": {"article": 5, "lesson": 1}}
    assert titles(world, "ada", kind="article") == [f"Tide {n}" for n in range(5)]
    assert titles(world, "ada", q="tid") == [f"Tide {n}" for n in range(5)]


def test_a_long_list_comes_in_pieces(world: World, tides: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PIECE", 2)
    assert titles(world, "ada", kind="article") == ["Tide 0", "Tide 1"]
    middle = asked(world, "ada", kind="article", first=2)
    assert ([page["title"] for page in middle["pages"]], middle["first"], middle["more"]) == (
        ["Tide 2", "Tide 3"],
        2,
        True,
    )
    last = asked(world, "ada", kind="article", at=tides[4])
    assert ([page["title"] for page in last["pages"]], last["first"], last["more"]) == (["Tide 4"], 4, False)
    assert asked(world, "ada", kind="article", at=999)["first"] == 0
    assert asked(world, "ada", kind="article", first="x")["first"] == 0
    page = entered(world, "ada").read("/paper-coast/pages?kind=article&first=2")
    assert "3 to 4 of 5" in page.main
    assert page.links()["Next"] == "/paper-coast/pages?kind=article&first=4"


def test_nobody_learns_of_what_they_may_not_see(world: World) -> None:
    page = ministry_page(world, title="Quiet water")
    for who, sees in (("ada", True), ("ben", True), ("dan", False)):
        client = plainly_entered(world, who)
        for about in (
            "",
            "?kind=article",
            f"?kind=article&at={page.id}",
            "?q=quiet",
            "?as=json",
            "?as=json&kind=article",
            "?as=json&q=qui",
        ):
            told = client.get(f"/paper-coast/pages{about}").text
            assert ("quiet-water" in told or '"article":1' in told.replace(" ", "")) == sees, (who, about)
    assert plain_answers(world, lambda client: client.get("/paper-coast/pages")) == {
        "visitor": 401, "zoe": 404, "dan": 200, "ben": 200, "ada": 200,
    }  # fmt: skip


def test_archived_pages_are_not_in_the_way(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    client = entered(lone_world, "ada")
    client.send(client.read("/paper-coast/tides/archive").form("/paper-coast/tides/archive"), {"note": "Old"})
    assert titles(lone_world, "ada", kind="article") == []
    assert asked(lone_world, "ada") == {"counts": {}}


def test_what_is_empty_says_what_to_do(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    assert client.read("/paper-coast/pages").links()["Write the first page"] == "/new?space=paper-coast"
    assert client.read("/paper-coast/pages?kind=lesson").links()["Write the first"] == "/paper-coast/new?kind=lesson"
    found = client.read("/paper-coast/pages?q=zeppelin").links()
    assert found["Search for “zeppelin”"] == "/search?q=zeppelin&space=paper-coast"
    assert "Write the first" not in entered(lone_world, "ben").read("/paper-coast/pages").main


def test_the_side_column_knows_the_kind_of_the_page_that_is_read(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    text = entered(lone_world, "ada").get("/paper-coast/tides").text
    assert 'data-kind="article"' in text
    assert 'space=paper-coast" aria-current="true"' in text
