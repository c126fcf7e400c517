"""Reading the form of a page: everything wrong at once, nothing lost."""

import re
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from tests.kinds.definitions import NOTE, write
from tests.kinds.known_pages import KnownPages
from wiki.errors import Invalid
from wiki.kinds import Catalogue, load
from wiki.pages.content import Content
from wiki.pages.forms import form_values, keep_unknown, read_form

PAGES = KnownPages()


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return load([write(tmp_path)], {"themes": ["money", "youth"]})


def read(catalogue: Catalogue, *pairs: tuple[str, str], old: Content | None = None) -> Content:
    return read_form(catalogue, catalogue["note"], MultiDict(pairs), PAGES, old)


def refused(catalogue: Catalogue, *pairs: tuple[str, str]) -> Invalid:
    with pytest.raises(Invalid) as caught:
        read(catalogue, *pairs)
    return caught.value


def test_it_works(catalogue: Catalogue) -> None:
    content = read(
        catalogue,
        ("title", "How long to answer"),
        ("body", "Thirty days.\r\n"),
        ("f.question", "How many days?"),
        ("f.themes", "youth"),
        ("f.themes", "money"),
        ("f.themes.free", "permits, tides"),
        ("f.owner", "Ada Verdana"),
        ("r.actions.0.id", "a1"),
        ("r.actions.0.what", "Send it round"),
        ("r.actions.0.due", "12/01/2026"),
        ("r.actions.0.status", "open"),
    )
    assert content == Content(
        "How long to answer",
        "Thirty days.\n",
        {
            "question": "How many days?",
            "themes": ["money", "youth", "permits", "tides"],
            "owner": 1,
            "actions": [{"id": "a1", "what": "Send it round", "due": "2026-12-01", "status": "open"}],
        },
    )


def test_what_is_empty_is_absent(catalogue: Catalogue) -> None:
    assert read(catalogue, ("title", "T"), ("f.question", " "), ("f.owner", ""), ("r.actions.0.what", "")).fields == {}


def test_a_page_needs_a_title_and_nothing_else(catalogue: Catalogue) -> None:
    (problem,) = refused(catalogue, ("title", "  "), ("f.question", "How?")).problems
    assert (problem.field, problem.anchor, problem.message) == ("title", "title", "Give the page a title.")


def test_every_problem_is_told_beside_its_own_input(catalogue: Catalogue) -> None:
    error = refused(
        catalogue,
        ("title", "x" * 301),
        ("f.question", "y" * 301),
        ("f.owner", "Nobody"),
        ("r.actions.0.what", "Send it round"),
        ("r.actions.0.due", "soon"),
        ("r.actions.1.what", "Ask"),
        ("r.actions.1.status", "later"),
    )
    assert [problem.field for problem in error.problems] == [
        "title",
        "f.question",
        "r.actions.0.due",
        "r.actions.1.status",
        "f.owner",
    ]
    assert all(problem.anchor == problem.field for problem in error.problems)
    assert error.problems[2].message.startswith("Next steps, row 1, Due: Write a day that exists")


def test_what_could_be_read_is_not_lost(catalogue: Catalogue) -> None:
    error = refused(
        catalogue, ("title", "T"), ("f.question", "How?"), ("r.actions.0.what", "Send it"), ("r.actions.0.due", "soon")
    )
    assert isinstance(error.readable, Content)
    assert error.readable.fields["question"] == "How?"
    assert [row["what"] for row in error.readable.fields["actions"]] == ["Send it"]


def test_a_body_over_its_limit_is_refused(catalogue: Catalogue) -> None:
    assert refused(catalogue, ("title", "T"), ("body", "é" * 131073)).problems[0].field == "body"
    read(catalogue, ("title", "T"), ("body", "e" * 256 * 1024))


def test_a_new_row_gets_an_id_that_stays(catalogue: Catalogue) -> None:
    (row,) = read(catalogue, ("title", "T"), ("r.actions.0.id", ""), ("r.actions.0.what", "Ask")).fields["actions"]
    assert len(row["id"]) == 6
    texts = form_values(catalogue, catalogue["note"], Content("T", "", {"actions": [row]}), PAGES)
    assert read(catalogue, *((name, str(text)) for name, text in texts.items())).fields["actions"] == [row]


def test_an_id_that_is_none_or_taken_is_made_anew(catalogue: Catalogue) -> None:
    rows = read(
        catalogue,
        ("title", "T"),
        *(
            pair
            for n, identity in enumerate(["a1", "a1", "A 1", "<script>"])
            for pair in [(f"r.actions.{n}.id", identity), (f"r.actions.{n}.what", f"Row {n}")]
        ),
    ).fields["actions"]
    assert rows[0]["id"] == "a1"
    assert len({row["id"] for row in rows}) == 4
    assert all(re.fullmatch(r"[a-z0-9]{6}", row["id"]) for row in rows[1:])


def test_rows_come_in_the_order_of_their_numbers(catalogue: Catalogue) -> None:
    pairs = [(f"r.actions.{n}.what", f"Row {n}") for n in (10, 2, 33)]
    rows = read(catalogue, ("title", "T"), *pairs).fields["actions"]
    assert [row["what"] for row in rows] == ["Row 2", "Row 10", "Row 33"]


def test_a_new_row_with_nothing_but_defaults_is_dropped(catalogue: Catalogue) -> None:
    assert "actions" not in read(catalogue, ("title", "T"), ("r.actions.0.status", "open")).fields
    kept = read(catalogue, ("title", "T"), ("r.actions.0.id", "a1"), ("r.actions.0.status", "open"))
    assert kept.fields["actions"] == [{"id": "a1", "status": "open"}]
    assert read(catalogue, ("title", "T"), ("r.actions.0.status", "done")).fields["actions"][0]["status"] == "done"


def test_a_field_that_the_form_did_not_have_stays_as_it_was(catalogue: Catalogue) -> None:
    old = Content("T", "Old body", {"question": "How?", "themes": ["money"], "actions": [{"id": "a1", "what": "Ask"}]})
    assert read(catalogue, ("title", "T"), old=old) == old
    emptied = read(
        catalogue, ("title", "T"), ("body", ""), ("f.question", ""), ("f.themes", ""), ("r.actions", ""), old=old
    )
    assert emptied == Content("T", "", {})


def test_unknown_inputs_are_passed_over(catalogue: Catalogue) -> None:
    pairs = (("f.nothing", "x"), ("r.nothing.0.what", "x"), ("r.actions.x.what", "x"), ("r.actions.0.nothing", "x"))
    assert read(catalogue, ("title", "T"), *pairs).fields == {}


def test_values_of_an_earlier_version_are_kept(catalogue: Catalogue) -> None:
    old = Content("T", "", {"gone": 1, "actions": [{"id": "a1", "what": "Ask", "gone_column": "x"}]})
    new = read(catalogue, ("title", "T"), ("r.actions.0.id", "a1"), ("r.actions.0.what", "Ask again"))
    assert keep_unknown(old, new, catalogue["note"]).fields == {
        "gone": 1,
        "actions": [{"id": "a1", "what": "Ask again", "gone_column": "x"}],
    }


def test_a_row_that_was_taken_away_takes_its_old_values_along(catalogue: Catalogue) -> None:
    old = Content("T", "", {"actions": [{"id": "a1", "what": "Ask", "gone_column": "x"}]})
    assert keep_unknown(old, read(catalogue, ("title", "T")), catalogue["note"]).fields == {}


def test_the_same_id_in_two_tables_of_a_page_is_made_two(tmp_path: Path) -> None:
    second = '[[fields]]\nkey = "later"\nlabel = "Later"\ntype = "rows"\nrows = "action"\n\n[[computed]]'
    catalogue = load([write(tmp_path, NOTE.replace("[[computed]]", second, 1))])
    pairs = [
        (f"r.{table}.0.{key}", text) for table in ("actions", "later") for key, text in (("id", "a1"), ("what", "x"))
    ]
    content = read(catalogue, ("title", "T"), *pairs)
    assert content.fields["actions"][0]["id"] == "a1"
    assert content.fields["later"][0]["id"] != "a1"


def test_the_same_content_has_the_same_canonical_text() -> None:
    one = Content("T", "B", {"a": 1, "b": [{"id": "x", "c": "é"}]})
    other = Content("T", "B", {"b": [{"c": "é", "id": "x"}], "a": 1})
    assert one.canonical() == other.canonical()
    assert Content.from_json(one.canonical()) == one


def test_the_same_choices_in_another_order_are_no_change(catalogue: Catalogue) -> None:
    old = Content("Tides", fields={"themes": ["youth", "money"]})
    both = read(catalogue, ("title", "Tides"), ("f.themes", "money"), ("f.themes", "youth"), old=old)
    one = read(catalogue, ("title", "Tides"), ("f.themes", "money"), old=old)
    assert (both.fields["themes"], one.fields["themes"]) == (["youth", "money"], ["money"])
