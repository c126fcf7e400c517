"""The buttons beside rows: they change the form, keep all that was typed, and check nothing."""

import pytest
from werkzeug.datastructures import MultiDict

from wiki.pages.forms import apply_row_command

FORM = [
    ("title", "T"),
    ("body", "Half a sen"),
    ("f.themes", "money"),
    ("f.themes", "youth"),
    ("f.date", "not a day"),
    ("r.actions.0.id", "a1"),
    ("r.actions.0.what", "One"),
    ("r.actions.4.id", "a2"),
    ("r.actions.4.what", "Two"),
    ("r.actions.4.tags", "x"),
    ("r.actions.4.tags", "y"),
    ("r.actions.7.id", ""),
    ("r.actions.7.what", "Three"),
    ("r.others.0.id", "b1"),
    ("do", "save"),
]


def after(command: str) -> dict[str, str | list[str]]:
    return apply_row_command(MultiDict(FORM), command)


def order(texts: dict[str, str | list[str]]) -> list[str | list[str]]:
    return [texts.get(f"r.actions.{n}.what", "") for n in range(10) if f"r.actions.{n}.id" in texts]


def test_it_works() -> None:
    assert order(after("add-row:actions")) == ["One", "Two", "Three", ""]


@pytest.mark.parametrize(
    ("command", "rows"),
    [
        ("remove-row:actions:4", ["One", "Three"]),
        ("row-up:actions:4", ["Two", "One", "Three"]),
        ("row-up:actions:0", ["One", "Two", "Three"]),
        ("row-down:actions:4", ["One", "Three", "Two"]),
        ("row-down:actions:7", ["One", "Two", "Three"]),
        ("copy-row:actions:4", ["One", "Two", "Two", "Three"]),
        ("copy-row:actions:99", ["One", "Two", "Three"]),
        ("remove-row:actions:99", ["One", "Two", "Three"]),
        ("remove-row:actions", ["One", "Two", "Three"]),
    ],
)
def test_rows_move_and_go(command: str, rows: list[str]) -> None:
    assert order(after(command)) == rows


def test_a_copy_is_a_row_of_its_own_with_all_that_was_typed() -> None:
    texts = after("copy-row:actions:4")
    assert [texts[f"r.actions.{n}.id"] for n in range(4)] == ["a1", "a2", "", ""]
    assert texts["r.actions.2.tags"] == ["x", "y"]


def test_nothing_else_is_lost_not_even_what_is_wrong() -> None:
    texts = after("row-up:actions:4")
    assert texts["body"] == "Half a sen"
    assert texts["f.date"] == "not a day"
    assert texts["f.themes"] == ["money", "youth"]
    assert texts["r.actions.0.tags"] == ["x", "y"]
    assert texts["r.others.0.id"] == "b1"
    assert "do" not in texts


def test_a_row_moves_with_its_id() -> None:
    texts = after("row-down:actions:0")
    assert [texts[f"r.actions.{n}.id"] for n in range(3)] == ["a2", "a1", ""]


def test_a_first_row_can_be_added_to_an_empty_table() -> None:
    assert after("add-row:risks")["r.risks.0.id"] == ""


@pytest.mark.parametrize(
    "command", ["", "save", "add-row:", "add-row:a.b", "row-up:actions:-1", "drop-table:actions:0"]
)
def test_a_command_that_is_none_changes_nothing(command: str) -> None:
    assert after(command)["r.actions.4.what"] == "Two"
    assert after(command).keys() == {name for name, _text in FORM if name != "do"}
