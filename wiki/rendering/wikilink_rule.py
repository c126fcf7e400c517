"""Our inline rule: wikilinks."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from wiki.rendering.links import read_wikilink

LONGEST = 400  # characters between the brackets
_INNER = re.compile(r"[^\[\]\n`<>]+")


def wikilink_rule(md: MarkdownIt) -> None:
    """Add the rule of this file to a parser."""
    md.inline.ruler.before("link", "wikilink", _wikilink)


def _wikilink(state: StateInline, silent: bool) -> bool:
    """`[[Title]]`, `[[Title|text]]`, `[[space/slug#Heading]]`. `[[text]](address)` stays an ordinary link."""
    start = state.pos
    if state.linkLevel > 0 or not state.src.startswith("[[", start):
        return False
    end = state.src.find("]]", start + 2, min(state.posMax, start + 2 + LONGEST))
    if end < 0 or state.src.startswith(("(", "["), end + 2):
        return False
    inner = state.src[start + 2 : end]
    link = read_wikilink(inner) if _INNER.fullmatch(inner) else None
    if link is None:
        return False
    if not silent:
        token = state.push("wikilink", "a", 0)
        token.content = inner
        token.meta = {"link": link}
    state.pos = end + 2
    return True
