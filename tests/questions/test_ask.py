"""Asking: what was answered before and who will get it are shown before anything is sent."""

import pytest

from tests.cases import FORM, WHO, answers, entered, ministry_page, send, shown
from tests.moments import Moments
from tests.questions.asked import TUESDAY, answer, ask, asked_of, council_page, settle, speaks, stored, told
from tests.world import World
from wiki.errors import Invalid


def test_it_works(world: World, moments: Moments) -> None:
    """A newcomer asks about a partner's page: it goes to somebody inside, and nobody of the partner is told."""
    moments.now = TUESDAY
    speaks(world, "dan", "council")
    page = council_page(world)
    client = entered(world, "ada")
    form = client.read(f"/questions/new?page={page.id}")
    assert form.heading == "Ask about “Shells”"
    typed = {"text": "Who counts the shells?", "more": "For the **report**."}
    checked = client.send(form.form(having="more"), typed)
    assert "Hal Calibri coordinates Paper Coast" in checked.main
    assert (
        "It goes to the partner on Thu, Nov 26, 2026 Dan Corbel speaks for Placeholder Nation Council" in checked.main
    )
    question = client.send(checked.form(having="way"), {})
    assert question.heading == "Who counts the shells?"
    assert "Your question is with Hal Calibri." in question.text("body")
    assert "Goes to Placeholder Nation Council on Thu, Nov 26, 2026 if nobody inside answers" in question.main
    number = int(question.url.rpartition("/")[2])
    assert asked_of(world, number) == {"hal": "coordinator"}
    assert (told(world, "hal"), told(world, "dan"), told(world, "ada"), told(world, "ben")) == (
        ["question_asked"],
        [],
        [],
        [],
    )
    assert "<strong>report</strong>" in question.html
    assert client.read("/paper-coast/shells").main.count("1 question about this page") == 1


def test_everybody_with_a_role_asks_about_what_they_read(lone_world: World) -> None:
    page = ministry_page(lone_world)
    asking = answers(lone_world, lambda client: client.get(f"/questions/new?page={page.id}"))
    assert asking == {**dict.fromkeys(WHO, 404), "visitor": 401, "ben": 200, "ada": 200}
    sending = answers(
        lone_world,
        lambda client: send(client, "/questions", {"page": page.id, "text": "When?", "way": "stay"}),
    )
    assert sending == {**asking, "ben": 303, "ada": 303}
    public = lone_world.page("founder", "paper-coast", "article", "Open", {"access": "public"})
    assert entered(lone_world, "zoe").get(f"/questions/new?page={public.id}").status_code == 403
    assert FORM["zoe"] == asking["zoe"]


def test_without_a_page_a_question_belongs_to_a_space(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    where = client.read("/questions/new?q=Who+has+the+key%3F")
    assert where.links()["Paper Coast"] == "/questions/new?space=paper-coast&q=Who%20has%20the%20key%3F"
    form = client.read(where.links()["Paper Coast"]).form("/questions/new")
    assert form.values["text"] == "Who has the key?"
    question = client.send(client.send(form).form(having="way"))
    assert "Waiting for Hal Calibri" in question.main
    assert client.get("/questions/new?space=nowhere").status_code == 404


def test_nothing_typed_is_lost_and_nothing_empty_is_sent(lone_world: World) -> None:
    page = council_page(lone_world)
    client = entered(lone_world, "ada")
    form = client.read(f"/questions/new?page={page.id}").form("/questions/new")
    refused = client.send(form, {"text": " ", "more": "Still here"}, status=422)
    assert "Write your question." in refused.main
    assert refused.form("/questions/new").values["more"] == "Still here"
    long = client.send(form, {"text": "x" * 301}, status=422)
    assert "at most 300 characters" in long.main
    checked = client.send(form, {"text": "Who?", "more": "Why I ask", "theme": "money"})
    again = client.send(checked.form(having="do"), {})
    assert again.form(having="more").values["more"] == "Why I ask"


def test_only_they_can_know_goes_to_the_partner_at_once(lone_world: World) -> None:
    speaks(lone_world, "dan", "council")
    page = council_page(lone_world)
    number = ask(lone_world, "ada", "What does the song mean?", page, only_they=True)
    question = stored(lone_world, number)
    assert (asked_of(lone_world, number), question.only_they, question.goes_at) == ({"dan": "partner"}, True, None)
    assert question.partner_at is not None
    assert (told(lone_world, "dan"), told(lone_world, "hal")) == (["question_partner"], [])
    with pytest.raises(Invalid):
        ask(lone_world, "ada", "And this?", page, only_they=True, partner="-")


def test_the_asker_chooses_among_people_inside_and_nobody_else(lone_world: World) -> None:
    page = council_page(lone_world)
    number = ask(lone_world, "ada", "Who counts?", page, to=["dan", "zoe"])
    assert asked_of(lone_world, number) == {"hal": "coordinator"}
    dan = lone_world.account("dan").id
    sent = send(
        entered(lone_world, "ada"),
        "/questions",
        {"page": page.id, "text": "Who?", "way": "stay", "to": [dan, "x", "-1"]},
    )
    assert asked_of(lone_world, int(sent.headers["Location"].rpartition("/")[2])) == {"hal": "coordinator"}


def test_the_second_question_meets_the_first_answer(world: World) -> None:
    page = council_page(world)
    other = world.page("ada", "paper-coast", "article", "Boats")
    first = ask(world, "ben", "Which day is the tide table printed?", page)
    settle(world, "ben", first, answer(world, "hal", first, "Every **Friday**, see [[Shells]]."))
    unlike = ask(world, "ben", "How long is a boat?", other)
    client = entered(world, "ada")
    typed = {"page": str(other.id), "text": "On what days are tide tables printed?", "do": "check"}
    checked = shown(send(client, "/questions/new", typed))
    assert "Which day is the tide table printed?" in checked.main and "Every Friday, see Shells." in checked.main
    here = [text for text, href in checked.links().items() if href in (f"/questions/{first}", f"/questions/{unlike}")]
    assert here == ["Which day is the tide table printed?", "How long is a boat?"]
    thanked = client.send(checked.form(f"/questions/{first}/sparing"))
    assert "Good: nothing was sent" in thanked.text("body")
    assert "1 person found the answer here instead of asking." in thanked.text("body")
    found = client.read("/search?q=tide+table+printed")
    assert "Asked before" in found.main and "Every Friday" in found.main


def test_a_part_of_the_page_is_named(lone_world: World) -> None:
    fields = {"actions": [{"id": "a1", "what": "Send the form", "responsible": lone_world.viewer("ben").person_id}]}
    page = lone_world.page("ada", "paper-coast", "meeting", "Spring", fields, "## Dates\n\nSoon.")
    client = entered(lone_world, "ada")
    client.read("/paper-coast/spring")
    form = client.read(f"/questions/new?page={page.id}&at=r-a1").form("/questions/new")
    assert form.values["at"] == "r-a1"
    question = client.send(client.send(form, {"text": "To whom?"}).form(having="way"))
    assert "Send the form" in question.main
    assert 'href="/paper-coast/spring#r-a1"' in question.html
    assert asked_of(lone_world, int(question.url.rpartition("/")[2])) == {"ben": "holds"}
    plain = client.send(client.send(form, {"text": "To whom?", "at": ""}).form(having="way"))
    assert "spring#r-" not in plain.html
