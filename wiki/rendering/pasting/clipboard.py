"""What stood on the clipboard as blocks: from a word processor, from the web, or plain."""

import re

from wiki.rendering import guard
from wiki.rendering.editor.documents import Unsafe, read
from wiki.rendering.editor.incoming import Malformed
from wiki.rendering.editor.saving import write
from wiki.rendering.editor.tree import Node, content, node, text
from wiki.rendering.pasting.blocks import blocks_of
from wiki.rendering.pasting.html import cleaned
from wiki.rendering.syntax import clean
from wiki.text import normal

MOST_CHARACTERS = 2_000_000
#: A line as long as this was broken to fit a window; shorter ones, as in an address, were meant to end.
LONG_LINE = 60

_MARKDOWN = re.compile(
    r"^(?:\#{1,6}\ \S | ```|~~~ | >\ \S | [-*+]\ \S | \d{1,3}[.)]\ \S | \|.*\|\s*$ | :::\ ?\w)|\]\([^\s)]+\)|\*\*\S.*\S\*\*|\[\[[^\[\]\n]+\]\]",
    re.MULTILINE | re.VERBOSE,
)


def pasted(html: str, words: str = "") -> Node:
    """A document of what was pasted; `words` are taken where there is no HTML that can be read. Raises Malformed."""
    if len(html) + len(words) > MOST_CHARACTERS:
        raise Malformed
    try:
        doc = read(_from_html(html) or _from_words(normal(words)))
    except Unsafe:
        raise Malformed from None
    return {**doc, "content": [_bare(block) for block in content(doc)], "attrs": {"before": "", "after": ""}}


def _from_html(html: str) -> str:
    """The Markdown of it; "" when there is nothing in it, or too much."""
    html = clean(html)
    if not html.strip() or guard.RawTags().read(html):
        return ""
    try:
        return _markdown(blocks_of(cleaned(html)))
    except Malformed:
        return ""


def _markdown(blocks: list[Node]) -> str:
    return normal(write(node("doc", blocks)))


def _from_words(words: str) -> str:
    """Text that somebody wrote as Markdown is taken as such; other text says only what it says."""
    if _MARKDOWN.search(words):
        return words.strip("\n")
    return _markdown([node("paragraph", _lines(part)) for part in re.split(r"\n[ \t]*\n", words) if part.strip()])


def _lines(paragraph: str) -> list[Node]:
    line: list[Node] = []
    length = LONG_LINE
    for row in paragraph.split("\n"):
        if line:
            line.append(text(" ") if length >= LONG_LINE else node("hard_break"))
        line.append(text(row))
        length = len(row)
    return [one for one in line if one["type"] != "text" or one["text"]]


def _bare(block: Node) -> Node:
    return {**block, "attrs": {**block.get("attrs", {}), "src": None, "gap": None}}
