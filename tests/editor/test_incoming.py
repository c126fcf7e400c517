"""Trees from outside: put right where that is harmless, refused where it is not, and never an error of the program."""

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editor.trees import doc, paragraph, word
from wiki.rendering.editor import Malformed, read, write

KINDS = ["doc", "paragraph", "heading", "text", "bullet_list", "list_item", "table", "table_row", "table_cell", "source", "code_block", "image", "wikilink", "callout", "x"]  # fmt: skip
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.lists(st.integers(), max_size=2)
)
NODES = st.recursive(
    VALUES,
    lambda inner: st.fixed_dictionaries(
        {"type": st.sampled_from(KINDS)},
        optional={
            "content": st.one_of(VALUES, st.lists(inner, max_size=4)),
            "attrs": st.one_of(VALUES, st.dictionaries(st.sampled_from(["level", "order", "src", "gap", "target", "checked", "align", "before"]), VALUES)),
            "marks": st.one_of(VALUES, st.lists(inner, max_size=2)),
            "text": VALUES,
        },
    ),
    max_leaves=20,
)  # fmt: skip


def test_it_works() -> None:
    assert (
        write(doc(paragraph("a"), {"type": "heading", "attrs": {"level": 2.0}, "content": [word("b")]})) == "a\n\n## b"
    )


@settings(max_examples=300, deadline=None)
@given(NODES)
def test_any_json_is_written_or_refused(tree: Any) -> None:
    for given_tree in (tree, {"type": "doc", "content": [tree]}):
        try:
            written = write(given_tree)
        except Malformed:
            continue
        read(written)


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        {"type": "paragraph"},
        doc({"type": "script"}),
        doc({"type": "paragraph", "content": [{"type": "paragraph"}]}),
        doc({"type": "paragraph", "content": [{"type": "text", "text": 5}]}),
        doc({"type": "table", "content": [{"type": "table_row", "content": [{"type": "table_cell"}] * 70}]}),
        doc(*[paragraph("a")] * 30_000),
        doc(paragraph("a" * 2_100_000)),
    ],
)
def test_what_is_no_document_is_refused(tree: Any) -> None:
    with pytest.raises(Malformed):
        write(tree)


def test_a_tree_without_end_is_refused() -> None:
    deep = paragraph("a")
    for _level in range(60):
        deep = {"type": "blockquote", "content": [deep]}
    with pytest.raises(Malformed):
        write(doc(deep))


def test_small_things_are_put_right() -> None:
    assert write(doc({"type": "heading", "attrs": {"level": math.nan}, "content": [word("a")]})) == "## a"
    assert (
        write(
            doc(
                {
                    "type": "ordered_list",
                    "attrs": {"order": 3.0},
                    "content": [{"type": "list_item", "content": [paragraph("a")]}],
                }
            )
        )
        == "3. a"
    )
    assert write(doc(paragraph("a"), paragraph(" "), {"type": "blockquote", "content": []})) == "a"
    assert write(doc(paragraph(word("run", href="javascript:alert(1)")))) == "run"
    assert write(
        doc(paragraph({"type": "image", "attrs": {"src": "javascript:x", "alt": "A map"}}))
    ) == "A map (javascript\\:x)".replace("\\", "")
    assert write(doc(paragraph({"type": "wikilink", "attrs": {"target": "a]]b"}}))).replace("\\", "") == "a]]b"
    assert write(doc(paragraph({"type": "html_inline", "attrs": {"raw": "<no tag"}}))) == "<no tag".replace("<", "\\<")
    assert (
        write(
            doc(
                {
                    "type": "bullet_list",
                    "content": [{"type": "list_item", "content": [{"type": "source", "content": [word("[a]: b")]}]}],
                }
            )
        )
        == "- ```\n  [a]: b\n  ```"
    )


def test_gaps_and_sources_of_a_liar_add_nothing() -> None:
    """Only blank lines may stand between blocks, and a source counts only where it says what the block says."""
    lying = {**paragraph("a"), "attrs": {"src": "<script>", "gap": "\n\nsmuggled\n\n"}}
    tree = {**doc(lying, paragraph("b")), "attrs": {"before": "smuggled", "after": "smuggled"}}
    assert write(tree) == "a\n\nb"


def test_deep_or_endless_json_is_no_error_of_the_program() -> None:
    with pytest.raises(RecursionError):
        json.loads("[" * 100_000)
