"""What people type as text and mean as more: addresses, `[[wikilinks]]`, `[^notes]`. Readers of the page see it so too."""

import re
from collections.abc import Callable, Collection, Iterator

from wiki.rendering.addresses import addresses_in
from wiki.rendering.editor.lines import tidy_line
from wiki.rendering.editor.tree import Node, content, has_mark, is_textblock, marks_of, node, text
from wiki.rendering.links import read_wikilink
from wiki.rendering.syntax import parser_in_place
from wiki.rendering.wikilink_rule import LONGEST

_BRACKETS = re.compile(rf"\[\[([^\[\]\n`<>]{{1,{LONGEST}}})\]\](?![(\[])|\[\^([^\] \n]+)\]")

Line = list[Node]


def meant(block: Node, notes: Collection[str]) -> Node:
    """The block with such text turned into what it means. `notes` are the labels of notes that exist."""
    return with_lines(block, lambda line: tidy_line([one for given in line for one in _meant(given, notes)]))


def with_lines(block: Node, change: Callable[[Line], Line]) -> Node:
    """The block with every line of text in it changed."""
    if is_textblock(block):
        return {**block, "content": change(content(block))}
    if block["type"] in ("code_block", "source") or not block.get("content"):
        return block
    return {**block, "content": [with_lines(child, change) for child in content(block)]}


def _meant(one: Node, notes: Collection[str]) -> Iterator[Node]:
    if one["type"] == "footnote_ref" and one["attrs"]["label"] not in notes:
        yield text(f"[^{one['attrs']['label']}]", marks_of(one))
    elif one["type"] != "text" or has_mark(one, "code") or has_mark(one, "link"):
        yield one
    else:
        yield from _without_brackets(one, notes)


def _without_brackets(one: Node, notes: Collection[str]) -> Iterator[Node]:
    words, done = one["text"], 0
    for found in _BRACKETS.finditer(words):
        leaf = _leaf(found, notes)
        if leaf is not None:
            yield from _without_addresses({**one, "text": words[done : found.start()]})
            yield {**leaf, **({"marks": one["marks"]} if one.get("marks") else {})}
            done = found.end()
    yield from _without_addresses({**one, "text": words[done:]})


def _leaf(found: re.Match[str], notes: Collection[str]) -> Node | None:
    if found[2]:
        return node("footnote_ref", label=found[2]) if found[2] in notes else None
    link = read_wikilink(found[1])
    return node("wikilink", target=link.target, fragment=link.fragment, text=link.text) if link else None


def _without_addresses(one: Node) -> Iterator[Node]:
    words, done = one["text"], 0
    for start, end, href in addresses_in(parser_in_place(), words):
        yield {**one, "text": words[done:start]}
        yield text(words[start:end], [*marks_of(one), {"type": "link", "attrs": {"href": href}}])
        done = end
    yield {**one, "text": words[done:]}
