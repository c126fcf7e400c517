"""Every revision with who, when and why; the comparison of any two; the page as it was; who wrote what."""

from typing import Any

import pytest

from tests.cases import READABLE, act, answers, entered, ministry_page, send
from tests.page import text_of
from tests.world import World
from wiki.kinds import Content
from wiki.pages import actions


def save(world: World, who: str, slug: str, body: str = "", note: str = "", **fields: Any) -> None:
    by = world.viewer(who)

    def change(session: Any, found: Any) -> None:
        old = actions.content_at(session, found.page, found.page.number)
        new = Content(old.title, body or old.body, {**old.fields, **fields})
        actions.save_page(session, world.catalogue, by, found.page, new, found.page.number, note)

    act(world, who, "paper-coast", slug, "edit", change)


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.", note="From my notes")
    save(world, "dan", "tides", "They come and go.", "Half was missing")
    client = world.browser("ben")
    page = client.read("/paper-coast/tides/history")
    for words in ("Ada Verdana", "From my notes", "Dan Corbel", "Half was missing"):
        assert words in page.main
    compared = client.send(page.form(having="a"), {"a": "1", "b": "2"})
    assert compared.url == "/paper-coast/tides/compare/1/2"
    assert "and go" in [text_of(one) for one in compared.all("ins")]
    assert "They come." in client.read("/paper-coast/tides/history/1").main
    authors = client.read("/paper-coast/tides/authors")
    assert "Dan Corbel" in authors.main


def test_texts_are_compared_as_they_are_read(world: World) -> None:
    """Rendered, with marks in them; what a reader would not see as it is typed; names of hidden pages to nobody."""
    ministry_page(world, title="Sandbank")
    text = "## When\n\nThey *come*.\n\n- by day\n- by night\n\n"
    world.page("ada", "paper-coast", "article", "Tides", body=text)
    new = text.replace("They *come*.", "They *come* and **go**, see [[Sandbank]].").replace("## When", "### When")
    save(world, "ada", "tides", new.replace("- by night", "- by night too\n- at noon"))
    shown = entered(world, "ada").read("/paper-coast/tides/compare/1/2")
    assert [text_of(one) for one in shown.all("ins") if text_of(one)][-3:] == ["too", "at noon", "too - at noon"]
    assert (
        "They come and go, see Sandbank." in shown.main and "- by night" not in shown.main.split("As it is typed")[-2]
    )
    assert "### When" in shown.main, "a reader would see no difference"
    assert [text_of(one) for one in shown.all("strong") if text_of(one) == "go"] and "/sandbank" in shown.html
    hidden = entered(world, "dan").read("/paper-coast/tides/compare/1/2").html
    assert "/paper-coast/sandbank" not in hidden and "missing" in hidden
    authors = entered(world, "ada").read("/paper-coast/tides/authors")
    assert "### When" not in authors.main and "/sandbank" in authors.html and "**" not in authors.main
    assert "/paper-coast/sandbank" not in entered(world, "dan").read("/paper-coast/tides/authors").html


ADDRESSES = ["/history", "/history/1", "/compare/1/2", "/compare?a=1&b=2", "/authors"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_four_cases(lone_world: World, address: str) -> None:
    ministry_page(lone_world)
    save(lone_world, "ada", "tides", "Changed.")
    expected = READABLE if "?" not in address else {**READABLE, "ben": 302, "ada": 302}
    assert answers(lone_world, lambda client: client.get(f"/paper-coast/tides{address}")) == expected


@pytest.mark.parametrize("address", ["/history/0", "/history/3", "/compare/1/3", "/compare/0/1", "/history/2147483647"])
def test_a_revision_that_is_not_there_is_not_found(world: World, address: str) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    assert entered(world, "ada").get(f"/paper-coast/tides{address}").status_code == 404


@pytest.mark.parametrize("query", ["compare?a=1", "compare?a=x&b=2", "compare?a=-1&b=2", "history?p=x", "history?p=-1"])
def test_a_question_that_makes_no_sense_is_refused(lone_world: World, query: str) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    assert entered(lone_world, "ada").get(f"/paper-coast/tides/{query}").status_code == 422


def test_a_comparison_of_nothing_leads_to_the_choice(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    assert entered(lone_world, "ada").read("/paper-coast/tides/compare").url == "/paper-coast/tides/history"


def test_a_screen_beyond_the_last_is_empty(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    assert entered(lone_world, "ada").get("/paper-coast/tides/history?p=999999999").status_code == 200


def test_fields_and_rows_are_compared_one_by_one_and_a_moved_row_is_followed(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint"}, {"id": "b2", "what": "Row"}, {"id": "c3", "what": "Rest"}]
    world.page("ada", "paper-coast", "meeting", "Tides", {"actions": rows, "place": "Pier"})
    moved = [{"id": "c3", "what": "Rest a while"}, rows[0], {"id": "d4", "what": "Sing"}]
    save(world, "ada", "tides", actions=moved, place="Harbour")
    page = entered(world, "ben").read("/paper-coast/tides/compare/1/2")
    for words in ("Pier", "Harbour", "Row", "Sing", "Rest a while"):
        assert words in page.main
    assert "Paint" not in page.main, "a row that stayed where it was is shown as a change"
    assert "a while" in [text_of(one) for one in page.all("ins")]
    assert "moved" in page.main.lower()


def test_a_comparison_shows_nothing_that_one_may_not_see(world: World) -> None:
    ben = world.account("ben").person_id
    secret = ministry_page(world, "person", "Sub Rosa")
    fields = {"holders": [{"id": "h1", "person": ben}], "workload_note": "First whisper"}
    world.page("hal", "paper-coast", "role", "Harbour master", fields)
    save(world, "hal", "harbour-master", workload_note="Second whisper", cleared_by=secret.id)
    for rest in ("/compare/1/2", "/history/1", "/history/2"):
        answer = entered(world, "dan").get(f"/paper-coast/harbour-master{rest}").text
        assert "whisper" not in answer and "Sub Rosa" not in answer, rest
    assert "Second" in entered(world, "ben").get("/paper-coast/harbour-master/compare/1/2").text


def test_many_revisions_come_in_screens(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides", body="0")
    for number in range(1, 56):
        save(lone_world, "ada", "tides", f"{number}", f"change {number}.")
    client = entered(lone_world, "ben")
    first, second = (client.read(f"/paper-coast/tides/history?p={p}").main for p in (1, 2))
    assert "change 55." in first and "change 2." not in first
    assert "change 2." in second and "change 55." not in second


def test_who_wrote_which_paragraph(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="One.\n\nTwo.\n")
    save(world, "dan", "tides", "One.\n\nZwei.\n\nDrei.\n")
    page = entered(world, "ben").read("/paper-coast/tides/authors")
    text = page.main
    assert text.index("One.") < text.index("Zwei.")
    assert "Ada Verdana" in text and "Dan Corbel" in text


def test_a_page_that_changed_its_kind_can_be_compared(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", {"place": "Pier"}, "We met.")
    send(entered(world, "ada"), "/paper-coast/tides/kind", {"kind": "article"})
    save(world, "ada", "tides", "We met again.", place="Harbour")
    client = entered(world, "ben")
    assert "Harbour" in client.read("/paper-coast/tides/compare/1/3").main
    assert "Pier" in client.read("/paper-coast/tides/history/1").main


def test_the_comparison_sums_up_folds_and_names_every_change(lone_world: World) -> None:
    """Words beside the colours: what was added, removed, changed, and from where a row was moved."""
    same = "\n\n".join(f"Paragraph {number} stays as it is." for number in range(9))
    rows = [{"id": f"r{number}", "what": f"Task {number}"} for number in range(4)]
    lone_world.page(
        "ada", "paper-coast", "meeting", "Tides", body=f"They come.\n\n{same}\n\nGone.", fields={"actions": rows}
    )
    moved = [rows[3], rows[0], {**rows[1], "what": "Task one"}, rows[2]]
    save(lone_world, "dan", "tides", f"They come and go.\n\n{same}\n\nNew.", actions=moved)
    client = lone_world.browser("ben")
    page = client.read("/paper-coast/tides/compare/1/2")
    for words in (
        "2 rows, 2 paragraphs changed",
        "Moved from row 4 to row 1",
        "7 unchanged paragraphs",
        "Changed",
    ):
        assert words in page.main, words
    assert {one.get("href") for one in page.all("a")} >= {"#table-1", "#text"}
    beside = client.read("/paper-coast/tides/compare/1/2?view=beside").main
    assert "Before" in beside and "After" in beside and "They come." in beside
