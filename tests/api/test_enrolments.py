"""Reading paths for programs: the same people, the same rights, the same receipts."""

from typing import Any

from tests.api.programs import program
from tests.api.test_openapi import check, description
from tests.paper_coast import Coast
from tests.paths.walking import taken, told

ALL, ONE, STEP = (f"/api/v1/enrolments{rest}" for rest in ("", "/{enrolment_id}", "/{enrolment_id}/steps/{row}"))
PATH = {"space": "paper-coast", "slug": "first-fourteen-days"}


def test_it_works(lone_coast: Coast) -> None:
    ada, ben, dan = (program(lone_coast, who) for who in ("ada", "ben", "dan"))
    whole = description(ada)
    new = {**PATH, "due": "2026-12-24"}
    calls: list[tuple[Any, str, str, str, Any, int]] = [
        (ada, "GET", ALL, "/enrolments", None, 200),
        (ada, "GET", ALL, "/enrolments?space=paper-coast&slug=first-fourteen-days", None, 200),
        (ada, "GET", ONE, "/enrolments/1", None, 200),
        (dan, "GET", ONE, "/enrolments/1", None, 404),
        (ada, "PUT", STEP, "/enrolments/1/steps/st4", {"status": "done", "note": "By the sea"}, 200),
        (ada, "PUT", STEP, "/enrolments/1/steps/st5", {"status": "perhaps"}, 422),
        (ada, "PUT", STEP, "/enrolments/1/steps/none", {"status": "done"}, 404),
        (ben, "PUT", STEP, "/enrolments/1/steps/st5", {"status": "done"}, 403),
        (ben, "POST", ALL, "/enrolments", new, 201),
        (ben, "POST", ALL, "/enrolments", new, 422),
        (ben, "POST", ALL, "/enrolments", {**new, "slug": "nothing"}, 404),
        (dan, "POST", ALL, "/enrolments", {**new, "person": lone_coast.named("U7").id}, 403),
    ]
    for client, method, path, url, body, status in calls:
        answer = client.call(method, url, body)
        assert answer.status_code == status, (method, url, answer.text)
        check(whole, path, method, status, answer.json)
    step = taken(lone_coast, "st4")
    assert step is not None and step.note == "By the sea"
    mine = ada.call("GET", "/enrolments/1").json
    assert (mine["steps_done"], mine["steps_needed"], mine["asked_inside"], mine["status"]) == (4, 8, 1, "on_time")
    assert told(lone_coast, "ivy") == ["path_buddy"]
    assert dan.call("GET", "/enrolments").json == {"enrolments": []}
