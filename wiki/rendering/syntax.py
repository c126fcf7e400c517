"""The one Markdown dialect: CommonMark, GitHub's tables, strikethrough and task lists, footnotes, definition lists,
callouts, addresses that become links, and wikilinks. Everything that reads Markdown reads it with `parse`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from wiki.rendering import guard
from wiki.rendering.addresses import address_rules
from wiki.rendering.blocks import block_rules
from wiki.rendering.links import may_link
from wiki.rendering.page_html import PageHtml
from wiki.rendering.wikilink_rule import wikilink_rule

_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return may_link(url)


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The shared parser. It holds no state of a page, so threads may share it; do not configure it further.

    Its `parse` never raises for a limit: a page over one has `env["too_hard"]` and is parsed only in part.
    """
    return _dialect()


@lru_cache(maxsize=1)
def parser_in_place() -> MarkdownIt:
    """The same dialect for those who work on the source: notes stay where they are written, none moves to the end."""
    md = _dialect()
    md.core.ruler.disable("footnote_tail")
    return md


def _dialect() -> MarkdownIt:
    md = _Parser("commonmark", {"html": True}, renderer_cls=PageHtml)
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False).use(deflist_plugin)
    block_rules(md)
    wikilink_rule(md)
    address_rules(md)
    md.renderer = PageHtml(md)  # once more, because the plugins put their own render rules over ours
    return md


@dataclass(frozen=True)
class Parsed:
    """A parsed text, so that one save parses once. The tokens must not be changed."""

    source: str
    tokens: Sequence[Token]
    env: dict[str, Any]
    too_hard: guard.Limit | None


def parse(source: str) -> Parsed:
    """Read Markdown. Never raises; a text over a limit has `too_hard` set and may have no tokens."""
    limit = guard.check_source(source)
    if limit:
        return Parsed(source, (), {}, limit)
    env: dict[str, Any] = {}
    try:
        tokens = parser().parse(clean(source), env)
    except RecursionError:
        return Parsed(source, (), {}, guard.Limit.NESTING)
    return Parsed(source, tokens, env, env.get("too_hard") or guard.check_raw_html(tokens))


def clean(source: str) -> str:
    """Without what no text needs and no encoder takes: control characters and halves of surrogate pairs."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", source))
