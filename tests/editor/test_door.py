"""The addresses that the rich text editor asks: who may, and what comes back."""

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.cases import entered
from tests.editor.trees import doc, paragraph, word
from tests.page import Page
from tests.world import World

HARD = "a\u0001b"


def ask(world: World, who: str, where: str, question: Any, token: bool = True) -> TestResponse:
    """A question to the editor's server, as the browser's script sends it."""
    client = entered(world, who)
    headers = {"Accept": "application/json"}
    if token and who != "visitor":
        shown = Page(client.get("/sign-out").text, 200, "/sign-out").form("/sign-out")
        headers["X-CSRFToken"] = shown.values["csrf_token"]
    data = question if isinstance(question, str | bytes) else json.dumps(question)
    return client.post(f"/editor/{where}", data=data, content_type="application/json", headers=headers)


def test_it_works(lone_world: World) -> None:
    answer = ask(lone_world, "ada", "tree", {"markdown": "# Tides\n\nlow\n", "space": "paper-coast"})
    assert answer.status_code == 200 and answer.json is not None and answer.json["safe"] is True
    tree = answer.json["doc"]
    assert [block["type"] for block in tree["content"]] == ["heading", "paragraph"]
    back = ask(lone_world, "ada", "markdown", {"doc": tree, "space": "paper-coast"})
    assert back.json == {"markdown": "# Tides\n\nlow\n"}
    clean = ask(lone_world, "ada", "paste", {"html": "<p>a <b>b</b>", "space": "paper-coast"})
    assert clean.json is not None
    assert ask(lone_world, "ada", "markdown", {"doc": clean.json["doc"]}).json == {"markdown": "a **b**"}


@pytest.mark.parametrize("where", ["tree", "markdown", "paste"])
def test_only_those_who_may_write_are_answered(lone_world: World, where: str) -> None:
    question = {"markdown": "a", "doc": doc(paragraph("a")), "html": "a", "space": "paper-coast"}
    statuses = {who: ask(lone_world, who, where, question).status_code for who in ("zoe", "dan", "ben", "ada")}
    assert statuses["ada"] == 200
    assert statuses["ben"] == 403
    assert set(statuses.values()) <= {200, 403, 404}
    assert ask(lone_world, "ada", where, {**question, "space": ""}).status_code == 200
    assert ask(lone_world, "ada", where, {**question, "space": "no-such-space"}).status_code == 404
    assert ask(lone_world, "visitor", where, question).status_code == 400
    assert ask(lone_world, "ada", where, question, token=False).status_code == 400


def test_a_text_that_cannot_be_held_says_why(lone_world: World) -> None:
    answer = ask(lone_world, "ada", "tree", {"markdown": HARD})
    assert answer.json is not None and answer.json["safe"] is False
    assert "shown as it is written" in answer.json["why"]


@pytest.mark.parametrize(
    ("where", "question"),
    [
        ("markdown", {"doc": {"type": "doc", "content": [{"type": "script"}]}}),
        ("markdown", {}),
        ("markdown", "[" * 200_000),
        ("markdown", b"\xff\xfe"),
        ("markdown", "5"),
        ("tree", {"markdown": 5}),
        ("tree", {}),
        ("paste", {"html": 5}),
        ("paste", {"html": "x" * 2_100_000}),
    ],
)
def test_nonsense_is_refused_with_a_sentence(lone_world: World, where: str, question: Any) -> None:
    answer = ask(lone_world, "ada", where, question)
    assert answer.status_code == 422
    assert answer.json is not None and answer.json["error"]["message"].endswith(".")


def test_too_much_at_once_is_refused(lone_world: World) -> None:
    assert ask(lone_world, "ada", "tree", " " * 4_300_000).status_code == 413


def test_a_link_in_what_is_written_is_still_a_link(lone_world: World) -> None:
    link = doc(paragraph("see ", word("tides", href="/paper-coast/tides")))
    assert ask(lone_world, "ada", "markdown", {"doc": link}).json == {"markdown": "see [tides](/paper-coast/tides)"}
