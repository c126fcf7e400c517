"""Notices for programs."""

from typing import Any

from tests.api.programs import program
from tests.api.test_openapi import check, description
from tests.cases import ministry_page
from tests.world import World
from wiki.notices.telling import tell


def suggest(world: World, *page_ids: int) -> None:
    with world.writing() as session:
        for page_id in page_ids:
            tell(session, [world.account("dan").id], "suggestion", page_id, by_name="Ada")


def test_it_works(lone_world: World) -> None:
    world = lone_world
    page, secret = world.page("ada", "paper-coast", "article", "Tides"), ministry_page(world, title="Secret tides")
    suggest(world, page.id, secret.id)
    client = program(world, "dan")
    whole = description(client)
    told = client.call("GET", "/notices?new=yes&topic=kept&limit=10")
    check(whole, "/api/v1/notices", "GET", 200, told.json)
    assert told.json is not None
    assert (told.json["new"], [one["page"]["title"] for one in told.json["notices"]]) == (1, ["Tides"])
    assert "Secret" not in told.text
    number = told.json["notices"][0]["id"]
    wrong: list[dict[str, Any]] = [{}, {"notices": "some"}, {"notices": ["1"]}, {"notices": []}, {"which": 1}]
    for body in wrong:
        refused = client.call("POST", "/notices/seen", body)
        assert refused.status_code == 422, body
        check(whole, "/api/v1/notices/seen", "POST", 422, refused.json)
    seen = client.call("POST", "/notices/seen", {"notices": [number]})
    check(whole, "/api/v1/notices/seen", "POST", 200, seen.json)
    assert seen.json == {"new": 0}
    assert client.call("GET", "/notices?new=yes").json["notices"] == []  # type: ignore[index]
    suggest(world, page.id)
    assert program(world, "ada").call("POST", "/notices/seen", {"notices": "all"}).json == {"new": 0}
    assert client.call("GET", "/notices").json["new"] == 1  # type: ignore[index]
    assert client.call("POST", "/notices/seen", {"notices": "all"}).json == {"new": 0}
    assert client.call("GET", "/notices?topic=nothing").status_code == 422
    assert client.call("GET", "/notices?limit=x").status_code == 422
    assert program(world, "visitor").call("GET", "/notices").status_code == 401
