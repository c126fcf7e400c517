"""Conversation for programs."""

from tests.api.programs import program
from tests.api.test_openapi import check, description
from tests.cases import ministry_page
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
