"""Questions for programs: the same people, the same order, the same rights."""

from tests.api.programs import program
from tests.api.test_openapi import check, description
from tests.cases import WHO, ministry_page
from tests.questions.asked import asked_of, council_page, speaks, told
from tests.world import World

QUESTIONS, ONE, ANSWERS = (f"/api/v1/questions{rest}" for rest in ("", "/{question_id}", "/{question_id}/answers"))


def test_it_works(lone_world: World) -> None:
    speaks(lone_world, "dan", "council")
    council_page(lone_world)
    ada, ben = program(lone_world, "ada"), program(lone_world, "ben")
    whole = description(ada)
    new = {
        "space": "paper-coast",
        "slug": "shells",
        "text": "Who counts?",
        "more": "All of them.",
        "theme": "money",
        "carry": "yes",
    }
    calls = [
        (ada, "POST", QUESTIONS, "/questions", new, 201),
        (
            ada,
            "POST",
            QUESTIONS,
            "/questions",
            {"space": "paper-coast", "text": "Who has the key?", "close": "yes"},
            201,
        ),
        (ada, "POST", QUESTIONS, "/questions", {**new, "text": " "}, 422),
        (ada, "POST", QUESTIONS, "/questions", {**new, "carry": "perhaps"}, 422),
        (ada, "POST", QUESTIONS, "/questions", {**new, "slug": "nothing"}, 404),
        (ada, "POST", QUESTIONS, "/questions", {"text": "Where?"}, 422),
        (ben, "POST", ANSWERS, "/questions/1/answers", {"text": "Hal."}, 201),
        (ben, "POST", ANSWERS, "/questions/1/answers", {"text": ""}, 422),
        (ben, "GET", ONE, "/questions/1", None, 200),
        (ben, "GET", ONE, "/questions/2", None, 404),
        (ben, "GET", QUESTIONS, "/questions?whose=organisation", None, 200),
    ]
    for client, method, path, url, body, status in calls:
        answer = client.call(method, url, body)
        assert answer.status_code == status, (url, answer.text)
        check(whole, path, method, status, answer.json)
    found = ben.call("GET", "/questions").json
    assert [one["text"] for one in found["questions"]] == ["Who counts?"]
    assert (found["questions"][0]["asked_of"], found["questions"][0]["status"]) == (["Hal Calibri"], "has_answer")
    assert asked_of(lone_world, 1) == {"hal": "coordinator"} and told(lone_world, "dan") == []


def test_who_may_not_know_of_it_gets_nothing(lone_world: World) -> None:
    ministry_page(lone_world)
    program(lone_world, "ada").call("POST", "/questions", {"space": "paper-coast", "slug": "tides", "text": "When?"})
    got = {who: program(lone_world, who).call("GET", "/questions/1").status_code for who in WHO}
    assert got == {"visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200}
    listed = program(lone_world, "dan").call("GET", "/questions").json
    assert listed == {"questions": []}
