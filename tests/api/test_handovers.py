"""Handovers for programs: the same notes, the same acts, the same rights as in the browser."""

from typing import Any

from tests.api.programs import Program, program, said
from tests.api.test_openapi import check, description
from tests.handover.leaving import change, content, state
from tests.handover.test_leaks import SENSITIVE, TOKEN, with_secret
from tests.paper_coast import Coast
from tests.statements import Statements

ALL, ONE = "/api/v1/handovers", "/api/v1/handovers/{handover_id}"


class Checked:
    """Somebody's program whose answers are held against the description."""

    def __init__(self, coast: Coast, who: str) -> None:
        self._client: Program = program(coast, who)
        self._whole = description(self._client)

    def call(self, status: int, method: str, path: str, url: str, body: Any = None) -> Any:
        answer = self._client.call(method, url, body)
        assert answer.status_code == status, (method, url, answer.text)
        check(self._whole, path, method, status, answer.json)
        return answer.json


def item(note: Any, row: str) -> Any:
    return next(one for one in note["items"] if one["row"] == row)


def test_it_works(coast: Coast) -> None:
    """Ben's note: a thing is explained, passed on, sent back, asked about, answered, passed on again and taken on."""
    ben, ada = Checked(coast, "ben"), Checked(coast, "ada")
    page, ada_id, hal_id = coast.named("P27"), coast.named("U1").id, coast.named("U8").id
    url = f"/handovers/{page.id}"
    note = ben.call(200, "GET", ONE, url)
    listed = ben.call(200, "GET", ALL, f"/handovers?person={coast.named('U2').id}&limit=1")
    assert listed["total"] == 1
    assert {key: note[key] for key in listed["handovers"][0]} == listed["handovers"][0]
    assert note["gap_count"] == sum(len(sort["places"]) for sort in note["gaps"]) > 0
    row = next(one["row"] for one in note["items"] if one["status"] == "to_pass_on" and one["within_reach"])
    there, rows = f"{url}/items/{row}", {"items": [row]}
    word = {"what_to_know": "Letters are in the blue box", "next_owner": ada_id}
    assert item(ben.call(200, "PUT", f"{ONE}/items/{{row}}", there, {"status": "not_needed"}), row)["status"] == (
        "not_needed"
    )
    note = ben.call(200, "PUT", f"{ONE}/items/{{row}}", there, {**word, "status": "to_pass_on"})
    assert (item(note, row)["what_to_know"], item(note, row)["next_owner"]["id"]) == (word["what_to_know"], ada_id)
    assert item(ben.call(200, "PUT", f"{ONE}/items/{{row}}", there, {"next_owner": None}), row)["next_owner"] is None
    ben.call(422, "POST", f"{ONE}/offers", f"{url}/offers", rows)
    ben.call(200, "PUT", f"{ONE}/items/{{row}}", there, {"next_owner": ada_id})
    assert item(ben.call(200, "POST", f"{ONE}/offers", f"{url}/offers", rows), row)["status"] == "passed_on"
    ada.call(422, "POST", f"{ONE}/returns", f"{url}/returns", rows)
    note = ada.call(200, "POST", f"{ONE}/returns", f"{url}/returns", {**rows, "word": "Which box?"})
    assert (item(note, row)["status"], item(note, row)["sent_back"]) == ("to_pass_on", "Which box?")
    note = ada.call(201, "POST", f"{ONE}/questions", f"{url}/questions", {"question": "Where is the box?"})
    asked = note["questions"][-1]
    answers = f"{ONE}/questions/{{row}}", f"{url}/questions/{asked['row']}"
    answered = ben.call(200, "PUT", *answers, {"answer": "Under the stairs"})["questions"][-1]
    assert (answered["answer"], answered["answered_by"]["id"]) == ("Under the stairs", coast.named("U2").id)
    ben.call(200, "POST", f"{ONE}/offers", f"{url}/offers", rows)
    taken = ada.call(200, "POST", f"{ONE}/acceptances", f"{url}/acceptances", rows)
    assert taken == {"things": 1, "pages": 1, "closed": False}
    note = ada.call(200, "GET", ONE, url)
    assert (item(note, row)["status"], item(note, row)["accepted_by"]["id"]) == ("accepted", ada_id)
    ben.call(422, "PUT", f"{ONE}/items/{{row}}", there, {"next_owner": hal_id})
    ben.call(404, "PUT", f"{ONE}/items/{{row}}", f"{url}/items/none", word)
    ben.call(422, "PUT", f"{ONE}/items/{{row}}", f"{url}/items/i9", {"next_owner": coast.named("P05").id})
    ben.call(422, "PUT", f"{ONE}/items/{{row}}", f"{url}/items/i9", {"status": "accepted"})


def test_a_handover_is_prepared_and_its_manager_takes_things_on_as_caretaker(lone_coast: Coast) -> None:
    """Eva leaves; nobody is named. The note begins with what she holds, and she is set to leaving with it."""
    hal, dan, eva = Checked(lone_coast, "hal"), Checked(lone_coast, "dan"), lone_coast.named("U5")
    new = {"person": eva.id, "last_day": "2026-12-04", "manager": lone_coast.named("U4").id}
    hal.call(422, "POST", ALL, "/handovers", {**new, "last_day": "some day", "space": "nowhere"})
    hal.call(422, "POST", ALL, "/handovers", {**new, "successor": lone_coast.named("P05").id})
    made = hal.call(201, "POST", ALL, "/handovers", new)
    url = f"/handovers/{made['id']}"
    assert state(lone_coast, eva.id) == "leaving"
    note = dan.call(200, "GET", ONE, url)
    assert (note["state"], note["person"]["name"], note["successor"]) == ("draft", eva.title, None)
    assert note["items"] and {one["status"] for one in note["items"]} == {"to_pass_on"}
    row = next(one["row"] for one in note["items"] if one["within_reach"])
    word = {"what_to_know": "Ask Eva", "next_owner": lone_coast.named("U4").id}
    dan.call(200, "PUT", f"{ONE}/items/{{row}}", f"{url}/items/{row}", word)
    dan.call(200, "POST", f"{ONE}/offers", f"{url}/offers", {"items": [row]})
    assert dan.call(200, "PUT", f"{ONE}/items/{{row}}", f"{url}/items/{row}", {"next_owner": None})
    assert item(dan.call(200, "GET", ONE, url), row)["offered_as"] == "caretaker"
    dan.call(200, "POST", f"{ONE}/acceptances", f"{url}/acceptances", {"items": [row]})
    stored = next(one for one in content(lone_coast, made["id"]).rows("items") if one["id"] == row)
    assert (stored["accepted_by"], stored["caretaker"]) == (lone_coast.named("U4").id, "yes")


def test_rights_are_those_of_the_browser(lone_coast: Coast) -> None:
    """Who may not see the note, who may not prepare one, who does not speak for who leaves, to whom a thing is not offered."""
    url, ben = f"/handovers/{lone_coast.named('P27').id}", lone_coast.named("U2").id
    orgs = [lone_coast.named("O1").id]
    change(lone_coast, lone_coast.named("P27").id, "ben", access="named_orgs", access_orgs=orgs)
    before = content(lone_coast, lone_coast.named("P27").id)
    for who, method, path, body, status in (
        ("visitor", "GET", "/handovers", None, 401),
        ("dan", "GET", url, None, 404),
        ("dan", "POST", "/handovers", {"person": ben, "last_day": "2026-12-04"}, 403),
        ("ada", "POST", f"{url}/offers", {"items": ["i9"]}, 403),
        ("ivy", "POST", f"{url}/acceptances", {"items": ["i1"]}, 422),
        ("ada", "POST", f"{url}/acceptances", {"items": ["i1", "i8"]}, 422),
        ("ada", "POST", f"{url}/acceptances", {"items": [1]}, 422),
        ("ben", "GET", f"/handovers/{lone_coast.named('P24').id}", None, 404),
    ):
        answer = program(lone_coast, who).call(method, path, body)
        assert answer.status_code == status, (who, method, path, answer.text)
        assert said(answer)
    assert content(lone_coast, lone_coast.named("P27").id) == before
    listed = {who: program(lone_coast, who).call("GET", "/handovers").json for who in ("ada", "dan")}
    number = lone_coast.named("P27").id
    seen = {who: number in [one["id"] for one in found["handovers"]] for who, found in listed.items() if found}
    assert seen == {"ada": True, "dan": False}


def test_what_the_caller_may_not_see_has_no_title_and_is_not_taken(lone_coast: Coast) -> None:
    note = with_secret(lone_coast)
    ada, dan = program(lone_coast, "ada"), program(lone_coast, "dan")
    answer = ada.call("GET", f"/handovers/{note}")
    assert TOKEN not in answer.text and TOKEN not in ada.call("GET", "/handovers").text
    hidden = item(answer.json, "s1")
    assert (hidden["title"], hidden["url"], hidden["on_page"], hidden["due"]) == (None, None, None, None)
    refused = ada.call("POST", f"/handovers/{note}/acceptances", {"items": ["s1"]})
    assert refused.status_code == 422 and TOKEN not in refused.text
    assert TOKEN in program(lone_coast, "finn").call("GET", f"/handovers/{note}").text
    assert SENSITIVE not in answer.text and SENSITIVE not in dan.call("GET", "/handovers").text


def test_lists_cost_a_few_statements_however_long(lone_coast: Coast) -> None:
    heard, ben = Statements(lone_coast.database), program(lone_coast, "ben")
    ben.call("GET", "/handovers")
    asked = heard.during(lambda: ben.call("GET", "/handovers"))
    assert len(asked) <= 6, asked
