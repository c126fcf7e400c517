"""Acknowledgement through the API: the same verbs and rights as in the browser, as its description says."""

from typing import Any

from tests.api.programs import program, statuses
from tests.api.test_openapi import check, description
from tests.cases import ministry_page
from tests.moments import Moments
from tests.world import World

TIDES = "/pages/paper-coast/tides"
ASK = f"{TIDES}/acknowledgements"
WISH: dict[str, Any] = {"who": ["Ben Optima"], "due": "2026-12-31", "why": "New rules"}


def test_it_works(world: World, moments: Moments) -> None:
    ministry_page(world)
    ada, ben, whole = program(world, "ada"), program(world, "ben"), description(program(world, "ada"))
    of_page = "/api/v1/pages/{space}/{slug}/acknowledgements"
    both = {**WISH, "who": ["Ben Optima", "Dan Corbel"]}

    def call(client: Any, method: str, path: str, url: str, body: Any, status: int) -> Any:
        answer = client.call(method, url, body)
        assert answer.status_code == status, answer.text
        check(whole, path, method, status, answer.json)
        return answer.json

    refused = call(ada, "POST", of_page, ASK, both, 422)
    assert "Dan Corbel" in str(refused)
    made = call(ada, "POST", of_page, ASK, {**both, "cannot_read": "leave_out"}, 201)
    assert (made["asked"], made["cannot_read"]) == (["Ben Optima"], ["Dan Corbel"])
    call(ada, "POST", of_page, ASK, {**WISH, "who": [1]}, 422)
    listed = call(ben, "GET", "/api/v1/acknowledgements", "/acknowledgements?part=of_me", None, 200)
    assert [(one["person"], one["status"], one["confirmed_revision"]) for one in listed["acknowledgements"]] == [
        ("Ben Optima", "asked", None)
    ]
    call(ben, "GET", "/api/v1/acknowledgements", "/acknowledgements?status=unread", None, 422)
    call(ben, "POST", f"{of_page}/confirmation", f"{ASK}/confirmation", {"revision": 1}, 201)
    call(ben, "POST", f"{of_page}/confirmation", f"{ASK}/confirmation", {"revision": 9}, 422)
    done = call(ada, "GET", of_page, ASK, None, 200)
    assert [(one["status"], one["confirmed_revision"]) for one in done["acknowledgements"]] == [("confirmed", 1)]
    end = f"{ASK}/{made['request']}/withdrawal"
    call(ada, "POST", f"{of_page}/{{number}}/withdrawal", end, {"why": ""}, 422)
    call(ada, "POST", f"{of_page}/{{number}}/withdrawal", end, {"why": "Not needed"}, 200)
    by_me = call(ada, "GET", "/api/v1/acknowledgements", "/acknowledgements?part=by_me&status=confirmed", None, 200)
    assert by_me["total"] == 1, "what was confirmed stays"


def test_the_four_cases(world: World, moments: Moments) -> None:
    ministry_page(world)
    assert statuses(world, "POST", ASK, WISH) == {"visitor": 401, "zoe": 404, "dan": 404, "ben": 403, "ada": 201}
    assert statuses(world, "GET", ASK) == {"visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200}
    confirming = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 201, "ada": 403}
    assert statuses(world, "POST", f"{ASK}/confirmation", {}) == confirming
    ending = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 404, "ada": 200}
    assert statuses(world, "POST", f"{ASK}/1/withdrawal", {"why": "x"}) == ending
    assert program(world, "ada").call("POST", f"{ASK}/999999999999/withdrawal", {"why": "x"}).status_code == 404


def test_the_author_of_a_change_says_what_it_means(world: World, moments: Moments) -> None:
    ministry_page(world)
    program(world, "ada").call("POST", ASK, WISH)
    program(world, "ben").call("POST", f"{ASK}/confirmation", {})
    moments.pass_by(hours=1)
    for base, weight, status in ((1, "small", "confirmed"), (2, "", "changed")):
        body = {"base": base, "body": f"Something else, {base} times over.", "weight": weight}
        assert program(world, "ada").call("PUT", TIDES, body).status_code == 200
        found: Any = program(world, "ben").call("GET", ASK).json
        assert [one["status"] for one in found["acknowledgements"]] == [status]
