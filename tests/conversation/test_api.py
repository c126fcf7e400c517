"""Conversation for programs."""

from typing import Any

from tests.api.programs import Program, program
from tests.api.test_openapi import check, description
from tests.cases import act, ministry_page, stored
from tests.world import World


def test_it_works(lone_world: World) -> None:
    ministry_page(lone_world, body="They come and go.")
    ben = program(lone_world, "ben")
    whole, path = description(ben), "/api/v1/pages/{space}/{slug}/conversation"
    url = "/pages/paper-coast/tides/conversation"
    calls = [
        ("POST", path, url, {"text": "So?", "quote": "come and go"}, 201),
        ("POST", path, url, {"text": "So?", "quote": "run"}, 422),
        ("POST", path, url, {"text": "And @Dan Corbel?"}, 422),
        ("POST", path, url, {"text": "And @Dan Corbel?", "cannot_read": "leave_out"}, 201),
        ("POST", f"{path}/{{number}}", f"{url}/1", {"text": "Yes"}, 201),
        ("POST", f"{path}/{{number}}", f"{url}/9", {"text": "Yes"}, 404),
        ("POST", f"{path}/{{number}}/outcome", f"{url}/1/outcome", {"outcome": "So it is"}, 200),
        ("GET", path, url, None, 200),
    ]
    for method, described, address, body, status in calls:
        answer = ben.call(method, address, body)
        assert answer.status_code == status, (method, address, answer.text)
        check(whole, described, method, status, answer.json)
    threads = ben.call("GET", url).json["threads"]
    assert [(one["quote"], one["state"], len(one["comments"])) for one in threads] == [
        ("come and go", "resolved", 2),
        ("", "open", 1),
    ]
    for who, status in (("visitor", 401), ("zoe", 404), ("dan", 404)):
        assert program(lone_world, who).call("GET", url).status_code == status
        assert program(lone_world, who).call("POST", url, {"text": "Me"}).status_code == status


def test_suggestions(lone_world: World) -> None:
    """Ben may not edit: he suggests; Ada accepts one piece and declines the other; Dan learns nothing of it."""
    page = ministry_page(lone_world, body="They come and go.\n\nTwice a day.\n")
    ben, ada = program(lone_world, "ben"), program(lone_world, "ada")
    whole, path = description(ben), "/api/v1/pages/{space}/{slug}/suggestions"
    one, url = f"{path}/{{suggestion}}", "/pages/paper-coast/tides/suggestions"

    def call(who: Program, method: str, described: str, address: str, body: object, status: int) -> Any:
        answer = who.call(method, address, body)
        assert answer.status_code == status, (method, address, answer.text)
        check(whole, described, method, status, answer.json)
        return answer.json

    wished = {"base": 1, "body": "They come, and go.\n\nTwice a day.\n", "title": "Tides here", "note": "Clearer"}
    call(ben, "POST", path, url, {"base": 1}, 422)
    call(ben, "POST", path, url, {"body": "Other"}, 422)
    call(ben, "POST", path, url, {**wished, "fields": {"nothing": 1}}, 422)
    made = call(ben, "POST", path, url, wished, 201)
    assert [(piece["place"], piece["change"], piece["after"]) for piece in made["pieces"]] == [
        ("title", "changed", "Tides here"),
        ("body", "changed", "They come, and go."),
    ]
    assert (made["may_decide"], made["note"], made["author"]) == (False, "Clearer", "Ben Optima")
    title, text = (piece["piece"] for piece in made["pieces"])
    call(ben, "POST", f"{one}/acceptance", f"{url}/1/acceptance", {"pieces": [title]}, 403)
    call(ada, "POST", f"{one}/acceptance", f"{url}/1/acceptance", {"pieces": []}, 422)
    call(ada, "POST", f"{one}/acceptance", f"{url}/1/acceptance", {"pieces": ["other"]}, 422)
    call(ada, "POST", f"{one}/withdrawal", f"{url}/1/withdrawal", None, 403)
    left = call(ada, "POST", f"{one}/acceptance", f"{url}/1/acceptance", {"pieces": [text]}, 200)
    assert [piece["piece"] for piece in left["pieces"]] == [title] and left["may_decide"]
    assert act(lone_world, "ada", "paper-coast", "tides", "view", lambda _s, found: found.page.number) == 2
    done = call(ada, "POST", f"{one}/refusal", f"{url}/1/refusal", {"pieces": [title], "answer": "Thank you"}, 200)
    assert (done["state"], done["accepted"], done["declined"], done["pieces"]) == ("accepted", 1, 1, [])
    assert call(ben, "GET", one, f"{url}/1", None, 200)["answer"] == "Thank you"
    call(ben, "GET", one, f"{url}/9", None, 404)
    call(ben, "POST", path, url, {"base": 2, "body": "They come."}, 201)
    assert call(ben, "POST", f"{one}/withdrawal", f"{url}/2/withdrawal", None, 200)["state"] == "withdrawn"
    assert call(ben, "GET", path, url, None, 200)["total"] == 2
    assert stored(lone_world, page.slug).body == "They come, and go.\n\nTwice a day.\n"
    for who, status in (("visitor", 401), ("zoe", 404), ("dan", 404)):
        for method, address in (("GET", url), ("GET", f"{url}/1"), ("POST", url), ("POST", f"{url}/1/withdrawal")):
            assert program(lone_world, who).call(method, address, wished).status_code == status, (who, address)
