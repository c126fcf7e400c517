"""Before anything is typed a picker offers who and what the space speaks of lately; never what the reader may not open."""

from tests.cases import entered, ministry_page
from tests.world import World


def offered(world: World, who: str, kinds: str, space: str = "paper-coast") -> list[str]:
    answer = entered(world, who).get(f"/complete?q=&kinds={kinds}&space={space}")
    assert answer.status_code == 200
    return [one["title"] for one in answer.json]


def test_it_works(world: World) -> None:
    assert offered(world, "ada", "person")[0] == "Ada Verdana", "oneself is the likeliest"
    world.page(
        "hal",
        "paper-coast",
        "meeting",
        "Tide talk",
        {"actions": [{"id": "a1", "what": "Paint", "responsible": world.account("ben").person_id}]},
    )
    assert offered(world, "ada", "person")[1:3] == ["Hal Calibri", "Ben Optima"] or offered(world, "ada", "person")[
        1:3
    ] == ["Ben Optima", "Hal Calibri"]
    assert offered(world, "ada", "meeting") == ["Tide talk"]
    assert "Tide talk" in offered(world, "ada", "*")
    assert offered(world, "ada", "organisation")


def test_hidden_pages_are_not_likely(world: World) -> None:
    ministry_page(world, "meeting", "Undertow talk")
    for who, count in (("ada", 1), ("ben", 1), ("dan", 0), ("zoe", 0), ("visitor", 0), ("ivy", 0)):
        assert offered(world, who, "meeting").count("Undertow talk") == count, who


def test_nothing_is_offered_where_no_picker_asks(world: World) -> None:
    world.page("hal", "paper-coast", "meeting", "Tide talk")
    assert entered(world, "ada").get("/complete?q=").json == []
    assert offered(world, "ada", "meeting", "no-such-space") == ["Tide talk"]


def test_a_typed_day_is_read_in_the_readers_language(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    told = client.get("/complete/day?q=21+nov+2026").json
    assert told == {"iso": "2026-11-21", "said": "Saturday, November 21, 2026", "short": "Nov 21, 2026"}
    refused = client.get("/complete/day?q=soon").json
    assert refused["iso"] == "" and "Write a day that exists" in refused["said"]
