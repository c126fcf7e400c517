"""An answer becomes page text, in one revision by who asks for it; who may not edit suggests it."""

import pytest

from tests.cases import answers, entered, ministry_page, send, stored
from tests.questions.asked import answer, ask, council_page, does, told
from tests.questions.asked import stored as question_of
from tests.world import World
from wiki.errors import Forbidden
from wiki.questions import page_text
from wiki.questions.actions import answer_of
from wiki.questions.page_text import lowered, with_part

NAMES = {"Questions and answers"}


def test_it_works(lone_world: World) -> None:
    page = ministry_page(lone_world)
    number = ask(lone_world, "ada", "When is the ebb?", page)
    given = answer(lone_world, "ben", number, "# At six\n\nAsk **Hal**.")
    client = entered(lone_world, "ada")
    form = client.read(f"/questions/{number}").form(f"/questions/{number}/page-text")
    there = client.send(form)
    assert there.heading == "Tides"
    assert stored(lone_world, "tides").body.startswith(
        "They come and go.\n\n## Questions and answers\n\n### When is the ebb?\n\n#### At six\n\nAsk **Hal**.\n\n*Answered by Ben Optima, "
    )
    assert (
        lone_world.found("ada", "paper-coast", "tides").page.number,
        question_of(lone_world, number).written_id,
    ) == (
        2,
        page.id,
    )
    assert "1 question about this page" in there.main
    assert "stands in the text" in client.read("/paper-coast/tides/questions").main
    assert "The answer stands in “Tides”" in client.read(f"/questions/{number}").main
    assert given in {one.id for one in does(lone_world, "ada", number, lambda s, _v, one: [answer_of(s, one, given)])}


def test_without_a_page_it_becomes_one(lone_world: World) -> None:
    number = ask(lone_world, "ada", "Who has the key?", theme="money", more="To the shed.")
    answer(lone_world, "hal", number, "Hal.")
    client = entered(lone_world, "ada")
    page = client.read(f"/questions/{number}")
    forms = [one for one in page.forms() if one.action == f"/questions/{number}/page-text"]
    made = client.send(next(one for one in forms if one.values["kind"] == "howto"))
    assert made.heading == "Who has the key?"
    assert stored(lone_world, "who-has-the-key").body.strip() == "To the shed.\n\nHal."
    assert "1 question about this page" in made.main


def test_who_may_not_edit_suggests_it_to_who_keeps_the_page(lone_world: World) -> None:
    """But never to a partner whom the question has not reached: then the coordinators hear of it."""
    ours = ministry_page(lone_world, fields={"owner": lone_world.viewer("ada").person_id})
    theirs = council_page(lone_world)
    for page, hears in ((ours, "ada"), (theirs, "hal")):
        number = ask(lone_world, "ada", "When?", page)
        answer(lone_world, "ben", number)
        client = entered(lone_world, "ben")
        shown = client.read(f"/questions/{number}")
        assert not [one for one in shown.forms() if one.action.endswith("/page-text")]
        assert "1 person was told." in client.send(shown.form(f"/questions/{number}/suggestion")).text("body")
        assert told(lone_world, hears)[-1] == "question_suggested"
    assert told(lone_world, "dan") == []
    refused = answers(lone_world, lambda client: send(client, f"/questions/{number}/page-text", {"answer": "2"}))
    assert refused == {"visitor": 401, "zoe": 404, "dan": 404, "ben": 403, "ada": 303}


def test_only_the_asker_makes_public_what_was_kept_between_few(lone_world: World) -> None:
    number = ask(lone_world, "ada", "May I?", ministry_page(lone_world), to=[], close=True)
    given = answer(lone_world, "ada", number, "Yes.")
    catalogue = lone_world.catalogue
    with lone_world.reading() as session:
        kept = question_of(lone_world, number)
        assert kept.close and session is not None
    does(
        lone_world,
        "ada",
        number,
        lambda s, v, one: page_text.write_into_page(s, catalogue, v, one, answer_of(s, one, given)),
    )
    assert "Yes." in stored(lone_world, "tides").body
    with pytest.raises(Forbidden):
        asked = ask(lone_world, "ada", "And I?", council_page(lone_world), close=True)
        theirs = answer(lone_world, "hal", asked)
        does(
            lone_world,
            "hal",
            asked,
            lambda s, v, one: page_text.write_into_page(s, catalogue, v, one, answer_of(s, one, theirs)),
        )


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("", "## Questions and answers\n\nPART\n"),
        ("Text.\n", "Text.\n\n## Questions and answers\n\nPART\n"),
        ("A\n\n## questions and ANSWERS\n\nOld.\n\n## Then\n\nB", "A\n\n## questions and ANSWERS\n\nOld.\n\nPART\n\n## Then\n\nB\n"),
        ("## Questions and answers\n\n### One\n\nYes.", "## Questions and answers\n\n### One\n\nYes.\n\nPART\n"),
        ("```\n## Questions and answers\n```\n", "```\n## Questions and answers\n```\n\n## Questions and answers\n\nPART\n"),
        ("## Questions and answers ##\n\n~~~\n# no\n~~~\n\n# End", "## Questions and answers ##\n\n~~~\n# no\n~~~\n\nPART\n\n# End\n"),
    ],
)  # fmt: skip
def test_the_part_comes_at_the_end_of_its_section(body: str, after: str) -> None:
    assert with_part(body, "Questions and answers", NAMES, "PART") == after


def test_headings_of_an_answer_go_below_the_question() -> None:
    assert lowered("# A\n\n#b\n\n```\n# c\n```\n###### D #") == "#### A\n\n#b\n\n```\n# c\n```\n###### D"
