"""The list of questions: what it can be asked, as a page and as files."""

import csv
import io
from functools import partial
from xml.etree import ElementTree

import pytest

from tests.cases import entered
from tests.moments import Moments
from tests.questions.asked import TUESDAY, answer, ask, council_page, does, settle, speaks
from tests.statements import Statements
from tests.world import World
from wiki.questions import actions
from wiki.questions.carrying import carry
from wiki.questions.counting import Counts, counts_of
from wiki.questions.topics import repeated

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def asked(world: World, moments: Moments) -> dict[str, int]:
    return five(world, moments)


@pytest.fixture
def on_sqlite(lone_world: World, moments: Moments) -> dict[str, int]:
    return five(lone_world, moments)


def five(world: World, moments: Moments) -> dict[str, int]:
    """Five questions, each of another sort."""
    moments.now = TUESDAY
    speaks(world, "dan", "council")
    page = council_page(world)
    found = {
        "open": ask(world, "ada", "Who counts the shells?", page, theme="money"),
        "answered": ask(world, "ben", "=When do we count?", page),
        "withdrawn": ask(world, "ada", "Never mind?", page),
        "partner": ask(world, "ada", "What does the song mean?", page, only_they=True),
        "other": ask(world, "dan", "Is Hal there?"),
    }
    settle(world, "ben", found["answered"], answer(world, "hal", found["answered"], "At **ebb**."))
    does(world, "ada", found["withdrawn"], actions.withdraw)
    return found


TITLES = {
    "open": "Who counts the shells?",
    "answered": "=When do we count?",
    "withdrawn": "Never mind?",
    "partner": "What does the song mean?",
    "other": "Is Hal there?",
}


def test_it_works(world: World, asked: dict[str, int]) -> None:
    ada, hal = entered(world, "ada"), entered(world, "hal")

    def listed(client, question: str) -> set[str]:  # type: ignore[no-untyped-def]
        page = client.read(f"/questions{question}").main
        return {key for key, title in TITLES.items() if title in page}

    assert listed(ada, "") == {"open", "answered", "partner"}
    assert listed(ada, "?whose=mine") == {"open", "partner"}
    assert listed(ada, "?whose=mine&show=withdrawn") == {"withdrawn"}
    assert listed(ada, "?show=answered") == {"answered"}
    assert listed(ada, "?show=open&whose=organisation") == {"open", "partner"}
    assert listed(ada, "?whose=partners") == {"partner"}
    assert listed(ada, "?theme=money") == {"open"}
    assert listed(ada, "?q=counting+shell") == {"open"}
    assert listed(ada, "?q=zzz&show=nothing&page=x&whose=anybody") == set()
    assert listed(hal, "") == {"open", "answered", "partner", "other"}
    assert listed(hal, "?whose=for-me") == {"open", "answered", "other"}
    assert "No question is like that" in ada.read("/questions?q=zzz").main
    assert "No questions yet" in entered(world, "zoe").read("/questions").main


def test_the_file_and_the_feed_hold_the_same(lone_world: World, on_sqlite: dict[str, int]) -> None:
    client = entered(lone_world, "ada")
    rows = list(csv.DictReader(io.StringIO(client.get("/questions.csv").text.lstrip("\ufeff"))))
    assert {row["question"]: row["status"] for row in rows} == {
        "Who counts the shells?": "waiting",
        "'=When do we count?": "answered",
        "What does the song mean?": "with_partner",
    }
    first = next(row for row in rows if row["status"] == "waiting")
    assert (first["goes_on"], first["partner"], first["asked_of"]) == (
        "2026-11-26",
        "Placeholder Nation Council",
        "Hal Calibri",
    )
    assert next(row for row in rows if row["status"] == "answered")["answer"] == "At **ebb**."
    feed = ElementTree.fromstring(client.get("/questions.atom?show=answered").data)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "=When do we count?: Answered"
    assert entry.findtext(f"{ATOM}summary") == "At ebb."


def test_counts_say_what_stayed_inside(lone_world: World, on_sqlite: dict[str, int]) -> None:
    ada, ben = (lone_world.viewer(who).person_id or 0 for who in ("ada", "ben"))
    with lone_world.reading() as session:
        assert counts_of(session, [ada, ben, 99]) == {ada: Counts(1, 1), ben: Counts(1, 0), 99: Counts()}
        assert counts_of(session, [ada], TUESDAY.replace(day=25)) == {ada: Counts()}


def test_a_topic_that_comes_to_a_partner_twice_can_be_written_down(
    lone_world: World, on_sqlite: dict[str, int], moments: Moments
) -> None:
    with lone_world.reading() as session:
        assert repeated(session, lone_world.viewer("ada"), moments.now.date()) == []
    moments.pass_by(days=2)
    assert carry(lone_world.database, lone_world.settings) == 1
    client = entered(lone_world, "ada")
    again = client.read(f"/questions/{on_sqlite['open']}").main
    assert (
        "Can we write this down once?" in again
        and "2 questions on this topic went to Placeholder Nation Council" in again
    )
    assert "Can we write this down once?" in client.read("/questions").main
    assert (
        "Can we write this down once?"
        not in entered(lone_world, "ben").read(f"/questions/{on_sqlite['answered']}").main
    )
    with lone_world.reading() as session:
        (topic,) = repeated(session, lone_world.viewer("hal"), moments.now.date())
        assert (topic.count, set(topic.question_ids)) == (2, {on_sqlite["open"], on_sqlite["partner"]})
        assert repeated(session, lone_world.viewer("zoe"), moments.now.date()) == []
        moments.pass_by(days=91)
        assert repeated(session, lone_world.viewer("hal"), moments.now.date()) == []


def test_lists_cost_the_same_however_many_there_are(world: World, asked: dict[str, int]) -> None:
    heard = Statements(world.database)
    ada, page = entered(world, "ada"), council_page(world, "Sand")

    def costs() -> dict[str, int]:
        where = (
            "/questions",
            f"/questions/{asked['open']}",
            "/paper-coast/shells",
            "/questions.csv",
            "/paper-coast/shells/questions",
            "/",
        )
        for url in where:
            ada.get(url)
        return {url: len(heard.during(partial(ada.get, url))) for url in where}

    before = costs()
    for number in range(12):
        ask(world, "ada", f"And number {number}?", page)
    after = costs()
    assert before == after
    assert before["/paper-coast/shells"] <= 4 and before["/questions"] <= 8 and before["/questions.csv"] <= 6
