"""Answering: by anybody who may read the question; mended, settled, taken up again, taken back."""

from functools import partial

import pytest

from tests.cases import answers, entered, send
from tests.moments import Moments
from tests.questions.asked import TUESDAY, answer, ask, council_page, does, seen, settle, speaks, stored, told
from tests.world import World
from wiki.errors import Forbidden, Invalid, NotFound
from wiki.questions import actions
from wiki.questions.carrying import carry


def test_it_works(world: World, moments: Moments) -> None:
    moments.now = TUESDAY
    number = ask(world, "ada", "Who counts the shells?", council_page(world))
    ben, ada = entered(world, "ben"), entered(world, "ada")
    page = ben.read(f"/questions/{number}")
    answered = ben.send(page.form(having="answer"), {"answer": "**Hal**, in the [[Shells|shed]]."})
    assert "<strong>Hal</strong>" in answered.html and 'href="/paper-coast/shells"' in answered.html
    assert (told(world, "ada"), stored(world, number).goes_at) == (["question_answered"], None)
    asker = ada.read(f"/questions/{number}")
    assert "Has an answer" in asker.main
    settled = ada.send(asker.form(f"/questions/{number}/settling"))
    assert "Answered asked by you" in settled.main and "This answers it" in settled.main
    assert told(world, "ben") == ["question_settled"]
    opened = ada.send(settled.form(f"/questions/{number}/reopening"))
    assert "Has an answer" in opened.main and stored(world, number).state == "open"
    taken = ada.send(opened.form(f"/questions/{number}/withdrawal"))
    assert "Taken back" in taken.main
    assert ben.get(f"/questions/{number}").status_code == 404


def test_an_answer_is_mended_by_who_wrote_it(lone_world: World) -> None:
    number = ask(lone_world, "ada", "Who counts?", council_page(lone_world))
    given = answer(lone_world, "ben", number, "Hall.")
    ben = entered(lone_world, "ben")
    form = ben.read(f"/questions/{number}/answers/{given}").form(having="answer")
    assert form.values["answer"].strip() == "Hall."
    assert ben.send(form, {"answer": ""}, status=422).form(having="answer")
    assert "Hal." in ben.send(form, {"answer": "Hal."}).main
    with pytest.raises(Forbidden):
        does(lone_world, "hal", number, lambda s, viewer, one: actions.edit_answer(s, viewer, one, given, "Me."))
    other = ask(lone_world, "ada", "And?", council_page(lone_world, "Sand"))
    with pytest.raises(NotFound):
        does(lone_world, "ben", other, lambda s, viewer, one: actions.edit_answer(s, viewer, one, given, "Me."))
    refused = send(ben, f"/questions/{number}/answers", {"answer": " "})
    assert refused.status_code == 422 and "Write the answer." in refused.text


def test_who_may_see_it_may_answer_and_only_the_asker_settles(lone_world: World) -> None:
    number = ask(lone_world, "ada", "Who counts?", council_page(lone_world))
    where = f"/questions/{number}"
    assert answers(lone_world, lambda client: client.get(where)) == {
        "visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200,
    }  # fmt: skip
    assert answers(lone_world, lambda client: send(client, f"{where}/answers", {"answer": "I."})) == {
        "visitor": 401, "zoe": 404, "dan": 404, "ben": 303, "ada": 303,
    }  # fmt: skip
    for act in ("settling", "reopening", "withdrawal", "opening", "partner"):
        data = {"answer": "1"} if act == "settling" else {}
        found = answers(lone_world, partial(send, url=f"{where}/{act}", data=data))
        assert (found["visitor"], found["zoe"], found["dan"], found["ben"]) == (401, 404, 404, 403), act
        if act == "withdrawal":
            break
    assert stored(lone_world, number).state == "withdrawn"


def test_the_partner_reads_what_was_said_since_it_came_to_them(lone_world: World, moments: Moments) -> None:
    """What people inside wrote to each other before was not for the partner."""
    moments.now = TUESDAY
    speaks(lone_world, "dan", "council")
    number = ask(lone_world, "ada", "Who counts?", council_page(lone_world))
    answer(lone_world, "ada", number, "Between us: I am afraid to ask.")
    moments.pass_by(days=2)
    assert carry(lone_world.database, lone_world.settings) == 1
    moments.pass_by(hours=1)
    dan = entered(lone_world, "dan")
    page = dan.read(f"/questions/{number}")
    assert "afraid" not in page.html and "No answer yet" in page.main
    dan.send(page.form(having="answer"), {"answer": "Eva counts."})
    asker = entered(lone_world, "ada").read(f"/questions/{number}")
    assert "afraid" in asker.main and "Eva counts." in asker.main and "partner" in asker.main
    assert "afraid" not in dan.get("/questions.csv").text
    assert told(lone_world, "ada") == ["question_carried", "question_answered"]


def test_the_asker_sends_it_on_when_only_they_can_know(lone_world: World) -> None:
    speaks(lone_world, "dan", "council")
    number = ask(lone_world, "ada", "What does it mean?", council_page(lone_world))
    client = entered(lone_world, "ada")
    page = client.read(f"/questions/{number}")
    sent = client.send(page.form(f"/questions/{number}/partner"))
    assert "With Placeholder Nation Council" in sent.main
    assert (stored(lone_world, number).only_they, told(lone_world, "dan")) == (True, ["question_partner"])
    with pytest.raises(Invalid):
        does(
            lone_world,
            "ada",
            number,
            lambda s, viewer, one: actions.ask_partner(s, lone_world.settings, viewer, one, None),
        )


def test_what_was_kept_between_few_can_be_opened_to_the_organisation(lone_world: World) -> None:
    number = ask(lone_world, "ada", "May I say no?", council_page(lone_world), close=True)
    with pytest.raises(NotFound):
        seen(lone_world, "ben", number)
    does(lone_world, "ada", number, actions.open_to_all)
    settle(lone_world, "ada", number, answer(lone_world, "ben", number, "You may."))
    assert stored(lone_world, number).state == "answered"
