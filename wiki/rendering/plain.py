"""A text without its markup, for search and snippets."""

from html import unescape

import nh3
from markdown_it.token import Token

from wiki.rendering.headings import inline_text
from wiki.rendering.raw_html import show_unknown
from wiki.rendering.syntax import Parsed, parse
from wiki.text import shorten

_NO_TAGS: frozenset[str] = frozenset()


def plain_text(source: str | Parsed) -> str:
    """What the text says: one line per block, code and pictures' descriptions included, marks and tags left out.

    A text too hard to render is returned as it is, so that it is found all the same.
    """
    parsed = parse(source) if isinstance(source, str) else source
    if parsed.too_hard:
        return parsed.source
    return "\n".join(line for line in map(_said, parsed.tokens) if line)


def excerpt(source: str | Parsed, length: int) -> str:
    """The first words of the text, at most `length` characters, cut between words; headings, code and tables left out."""
    parsed = parse(source) if isinstance(source, str) else source
    if parsed.too_hard:
        return shorten(parsed.source[: 4 * length], length)
    said: list[str] = []
    room = length
    tokens = parsed.tokens
    for index, token in enumerate(tokens):
        if token.type == "inline" and tokens[index - 1].tag not in ("h1", "h2", "h3", "h4", "h5", "h6", "th", "td"):
            line = _said(token)
            said.append(line)
            room -= len(line) + 1
            if room < 0:
                break
    return shorten(" ".join(said), length)


def _said(token: Token) -> str:
    if token.type == "inline":
        return inline_text(token.children).strip()
    if token.type in ("fence", "code_block"):
        return token.content.strip()
    if token.type == "html_block":
        return " ".join(unescape(nh3.clean(show_unknown(token.content), tags=_NO_TAGS)).split())
    return str(token.meta["title"]) if token.type == "callout_open" else ""
