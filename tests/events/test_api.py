"""`/api/v1/pages/…/signups`: the same list with the rights of the browser."""

from tests.api.programs import program, statuses
from tests.api.test_openapi import check, description
from tests.cases import ministry_page
from tests.events.gathering import DAY, event, guest, standing
from tests.moments import Moments, moments
from tests.world import World

__all__ = ["moments"]

ALL, MINE = "/api/v1/pages/{space}/{slug}/signups", "/api/v1/pages/{space}/{slug}/signups/mine"


def test_it_works(lone_world: World, moments: Moments) -> None:
    page = event(lone_world, places=1)
    guest(lone_world, page, "Gus Gill", **{"needs.food": "no whelks"})
    whole = description(program(lone_world, "ada"))
    url = f"/pages/paper-coast/{page.slug}/signups"
    ben, ada = program(lone_world, "ben"), program(lone_world, "ada")
    for client, method, path, rest, body, status in (
        (ben, "GET", ALL, "", None, 200),
        (ben, "PUT", MINE, "/mine", {"needs": {"access": "a ramp"}, "named": True}, 200),
        (ben, "PUT", MINE, "/mine", {"needs": {"colour": "red"}}, 422),
        (ben, "PUT", MINE, "/mine", {"named": "yes"}, 422),
        (ada, "GET", ALL, "", None, 200),
        (ben, "DELETE", MINE, "/mine", None, 200),
        (ben, "DELETE", MINE, "/mine", None, 404),
    ):
        answer = client.call(method, url + rest, body)
        assert answer.status_code == status, answer.text
        check(whole, path, method, status, answer.json)
        if client is ben:
            assert "whelks" not in answer.text and "Gus" not in answer.text
        elif status == 200:
            told = [(one["name"], one["status"], one["needs"]) for one in answer.json["signups"]]  # type: ignore[index]
            assert told == [("Gus Gill", "in", {"food": "no whelks"}), ("Ben Optima", "waiting", {"access": "a ramp"})]
    assert standing(lone_world, page) == {"Gus Gill": "in", "Ben Optima": "out"}


def test_a_closed_event_is_not_there_for_strangers(lone_world: World, moments: Moments) -> None:
    page = ministry_page(lone_world, "event", "Knots", fields={"dates": {"from": DAY, "until": DAY}}, state="open")
    assert statuses(lone_world, "GET", f"/pages/paper-coast/{page.slug}/signups") == {
        "visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200
    }  # fmt: skip
