"""What an edit changes in the text: what was edited, and nothing else; and no word is lost, whatever was typed."""

import difflib
import re
from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editor.test_round_trip import EVERYTHING
from tests.editor.trees import doc, every, opened, paragraph, texts, word
from wiki.rendering.editor import read, write

Node = dict[str, Any]


def changed(before: str, after: str) -> list[str]:
    """The lines that differ."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "-+"]


def with_word(source: str, old: str, new: str) -> str:
    """The text after one word was replaced in the editor."""
    tree = opened(source)
    place = next(one for one in texts(tree) if old in one["text"])
    place["text"] = place["text"].replace(old, new)
    return write(tree)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Boats", "Ships", "Ships come"),
        ("come in", "sail in", "Boats sail"),
        ("in at", "now in at", None),
        ("plan", "book", "# Harbour *book*"),
        ("star", "moon", "* moon"),
        ("again", "more", "7) more"),
        ("nested", "deeper", "  - deeper"),
        ("Twice", "Thrice", "> Thrice."),
        ("Fenced", "Walled", "Walled"),
        ("Length", "Width", None),
        ("print", "show", 'show("hi")'),
        ("indented", "set in", "    set in"),
        ("Heading", "Header", "Header"),
    ],
)
def test_one_word_changes_one_line(old: str, new: str, line: str | None) -> None:
    after = with_word(EVERYTHING, old, new)
    assert len(changed(EVERYTHING, after)) == 2
    assert line is None or f"+ {line}" in changed(EVERYTHING, after)


def test_one_word_changes_one_line_with_the_line_ends_of_windows() -> None:
    source = EVERYTHING.replace("\n", "\r\n")
    after = with_word(source, "Boats", "Ships")
    assert after == source.replace("Boats", "Ships")


def test_new_blocks_are_written_as_their_neighbours_are() -> None:
    tree = opened("* a\n\nb _c_\n")
    tree["content"].append(paragraph("new ", word("words", "em")))
    item = {"type": "list_item", "content": [paragraph("more")]}
    tree["content"][0]["content"].append(item)
    assert write(tree) == "* a\n* more\n\nb _c_\n\nnew _words_\n"


def test_what_was_typed_becomes_what_it_means() -> None:
    after = write(doc(paragraph("See [[Tide table]], www.example.org and http://example.org/_a_b.")))
    assert after == "See [[Tide table]], www.example.org and http://example.org/_a_b."
    kinds = {one["type"] for one in every(read(after))}
    assert "wikilink" in kinds
    assert [mark["attrs"]["href"] for one in texts(read(after)) for mark in one.get("marks", [])] == [
        "http://www.example.org",
        "http://example.org/_a_b",
    ]


@pytest.mark.parametrize(
    "typed", ["# no heading", "- no list", "1. no list", "> no quotation", "a *b* _c_ `d`", "<b>", "&amp;", "::: note", "[ ] x", "| a |", "\\", ": x"]
)  # fmt: skip
def test_signs_that_somebody_typed_stay_signs(typed: str) -> None:
    found = read(write(doc(paragraph("before"), paragraph(typed))))["content"]
    assert [block["type"] for block in found] == ["paragraph", "paragraph"]
    assert "".join(one["text"] for one in texts(found[1])) == typed


def test_marks_that_markdown_cannot_say_come_as_near_as_they_can() -> None:
    assert write(doc(paragraph("a", word("(b)", "strong"), "c"))) == "a(**b**)c"
    assert write(doc(paragraph("a", word("b", "strong", "strike"), "c"))) in ("~~**abc**~~", "**~~abc~~**")
    assert write(doc(paragraph(word(" a ", "strong"), "b"))) == "**a** b"


def test_a_source_that_swallows_its_neighbour_becomes_code() -> None:
    open_comment = {"type": "source", "content": [word("<!-- never closed")]}
    found = read(write(doc(open_comment, paragraph("after"))))["content"]
    assert [block["type"] for block in found] == ["code_block", "paragraph"]


def test_links_by_name_follow_the_definition_or_are_written_out() -> None:
    source = "[Tides][t]\n\n[t]: /old\n"
    tree = opened(source)
    tree["content"][1]["content"][0]["text"] = "[t]: /new"
    assert write(tree) == "[Tides][t]\n\n[t]: /new\n"
    tree = opened(source)
    del tree["content"][1]
    assert write(tree) == "[Tides](/old)\n"


def test_definitions_inside_a_list_are_not_lost() -> None:
    tree = opened("- one\n\n  [t]: /tides\n\nSee [t].\n")
    tree["content"][0]["content"] = [{"type": "list_item", "content": [paragraph("quite another")]}]
    after = write(tree)
    assert "[T]: /tides" in after or "[t]: /tides" in after
    assert [mark["attrs"]["href"] for one in texts(read(after)) for mark in one.get("marks", [])] == ["/tides"]


def test_the_halves_of_a_split_block_remember_the_same_source() -> None:
    tree = opened("one two\n\nend\n")
    first = tree["content"][0]
    second = deepcopy(first)
    first["content"][0]["text"], second["content"][0]["text"] = "one", "two"
    tree["content"].insert(1, second)
    assert write(tree) == "one\n\ntwo\n\nend\n"


# --- hostile edits

SIGNS = [
    "*", "**", "_", "[", "]", "`", "#", "1. ", "- ", "> ", "|", "\\", "<b>", "&amp;", "~~", "![", "  ", "(", ")", "!", "+", "=", "---",
    "http://x.y", "é", "q̓", "'", ":", "[[", "]]", "[^1]", "\u00a0", "[x] ", "[[A|b]]", "<!--", "```", ": ", "[!NOTE] ", "\t", "\n", "word",
]  # fmt: skip
MARKS = [
    {"type": "em"},
    {"type": "strong"},
    {"type": "strike"},
    {"type": "code"},
    {"type": "link", "attrs": {"href": "/a(b"}},
]
EDITS = st.lists(
    st.tuples(st.sampled_from(["type", "type", "mark", "cut", "move", "split"]), st.integers(0, 999), st.integers(0, 99), st.integers(0, 99)),
    min_size=1,
    max_size=6,
)  # fmt: skip


def edit(tree: Node, kind: str, which: int, start: int, other: int) -> None:
    """One thing that somebody does in the editor, wherever it falls."""
    blocks = tree["content"]
    if kind == "move":
        blocks.insert(other % len(blocks), blocks.pop(start % len(blocks)))
        return
    lines = [
        one
        for block in blocks
        for one in every(block)
        if one["type"] in ("paragraph", "heading") and one.get("content")
    ]
    line = lines[which % len(lines)]["content"] if lines else []
    if not line or line[which % len(line)]["type"] != "text":
        return
    place = line[which % len(line)]
    at = start % (len(place["text"]) + 1)
    if kind == "type":
        place["text"] = place["text"][:at] + SIGNS[other % len(SIGNS)] + place["text"][at:]
    elif kind == "cut":
        place["text"] = place["text"][:at]
    elif kind == "mark":
        mark = MARKS[other % len(MARKS)]
        parts = [(place["text"][:at], []), (place["text"][at : at + 7], [mark]), (place["text"][at + 7 :], [])]
        index = line.index(place)
        line[index : index + 1] = [
            {**place, "text": text, "marks": [*place.get("marks", []), *more]} for text, more in parts if text
        ]
    elif kind == "split" and place in texts(blocks[which % len(blocks)]):
        copy = deepcopy(blocks[which % len(blocks)])
        place["text"] = place["text"][:at]
        blocks.insert(which % len(blocks) + 1, copy)


def letters(nodes: list[Node]) -> Counter[str]:
    """All letters and digits that are said, whatever holds them, and how often."""
    said = []
    for one in (part for block in nodes for part in every(block)):
        attrs = one.get("attrs") or {}
        said += [
            one.get("text") or "",
            *(attrs.get(name) or "" for name in ("alt", "target", "fragment", "text", "title", "label")),
        ]
    return Counter(re.sub(r"[\W_]+", "", "".join(said)))


@settings(max_examples=120, deadline=None)
@given(EDITS)
def test_whatever_was_edited_is_read_again_and_nothing_said_is_lost(edits: list[tuple[str, int, int, int]]) -> None:
    tree = opened(EVERYTHING)
    for one in edits:
        edit(tree, *one)
    after = write(tree)
    found = read(after)
    assert write(found) == after
    assert not letters(tree["content"]) - letters(found["content"])
