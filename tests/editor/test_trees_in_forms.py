"""Forms in which the rich text editor sends trees: every door that reads a form reads their Markdown."""

import json
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cases import entered
from tests.client import Browser
from tests.editor.trees import doc, opened, paragraph
from tests.world import World
from wiki.models import Draft, Page
from wiki.pages.storing import content_of, current_revision

BODY = "One\n\n* star\n"


def body_of(world: World, slug: str = "tides") -> str:
    with world.reading() as session:
        page = session.scalars(select(Page).where(Page.slug == slug)).one()
        return content_of(current_revision(session, page)).body


def form_of(client: Browser, url: str = "/paper-coast/tides/edit") -> dict[str, Any]:
    return dict(client.read(url).form(having="draft_place").filled({"do": "save"}))


def with_tree(values: dict[str, Any], tree: Any, name: str = "body") -> dict[str, Any]:
    text = tree if isinstance(tree, str) else json.dumps(tree)
    return {**values, f"{name}.tree": text}


def test_it_works(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    client = entered(lone_world, "ada")
    tree = opened(BODY)
    tree["content"][0]["content"][0]["text"] = "Two"
    values = form_of(client)
    del values["body"]
    assert client.post("/paper-coast/tides/edit", data=with_tree(values, tree)).status_code == 303
    assert body_of(lone_world) == "Two\n\n* star\n"


def test_a_tree_that_was_not_edited_is_no_change(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    client = entered(lone_world, "ada")
    shown = client.post("/paper-coast/tides/edit", data=with_tree(form_of(client), opened(BODY)), follow_redirects=True)
    assert "Nothing was changed" in shown.text


def test_where_both_are_sent_the_tree_wins(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    client = entered(lone_world, "ada")
    values = {**form_of(client), "body": "not this"}
    client.post("/paper-coast/tides/edit", data=with_tree(values, doc(paragraph("this"))))
    assert body_of(lone_world) == "this"


def test_a_tree_that_is_none_is_refused_and_everything_kept(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    client = entered(lone_world, "ada")
    for broken in ("nonsense", "[" * 50_000, '{"type": "doc", "content": [{"type": "script"}]}'):
        values = {**form_of(client), "title": "New title", "body": "typed", "note": "why"}
        answer = client.post("/paper-coast/tides/edit", data=with_tree(values, broken))
        assert answer.status_code == 422
        for kept in ("New title", "typed", "why", "could not be read"):
            assert kept in answer.text
    assert body_of(lone_world) == BODY


def test_fields_and_a_new_page_have_trees_too(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    values = {**form_of(client, "/paper-coast/new?kind=decision"), "title": "Move the boats"}
    values = with_tree(values, doc(paragraph("Because of the tide.")), "f.why")
    assert client.post("/paper-coast/new", data=values).status_code == 303
    with lone_world.reading() as session:
        page = session.scalars(select(Page).where(Page.slug == "move-the-boats")).one()
        assert content_of(current_revision(session, page)).fields["why"] == "Because of the tide."


def test_previews_and_drafts_read_the_tree(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    client = entered(lone_world, "ada")
    values = form_of(client)
    sent = with_tree(values, doc(paragraph("**seen**")))
    shown = FlaskClient.open(
        client, "/paper-coast/preview", method="POST", data=sent
    )  # a part of a page, not inspected
    assert "**seen**" in shown.text
    client.post("/paper-coast/draft", data=with_tree({**values, "draft_page": "tides"}, doc(paragraph("kept"))))
    with lone_world.reading() as session:
        draft = session.scalars(select(Draft)).one()
        assert draft.form["body"] == ["kept"]
        assert "body.tree" not in draft.form


def test_a_conflict_shows_what_the_tree_says(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    client = entered(lone_world, "ada")
    mine, theirs = form_of(client), form_of(client)
    client.post("/paper-coast/tides/edit", data=with_tree(theirs, doc(paragraph("Theirs"))))
    answer = client.post("/paper-coast/tides/edit", data=with_tree(mine, doc(paragraph("Mine"))))
    assert answer.status_code == 409
    assert "Mine" in answer.text and "Theirs" in answer.text
