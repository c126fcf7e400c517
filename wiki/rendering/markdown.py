"""Markdown to safe HTML, and what else is read from it: plain text, excerpts, wikilinks.

Every function takes the source or what `parse` made of it, so that a save parses a text once.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from wiki.rendering import guard
from wiki.rendering.headings import Anchors, Heading, anchored, without_empty_sections
from wiki.rendering.links import LinkResolver, NoLinks, Target, Wikilink
from wiki.rendering.page_html import Page
from wiki.rendering.plain import excerpt, plain_text
from wiki.rendering.sanitise import AUTHOR_ID, new_seal, sanitise
from wiki.rendering.syntax import Parsed, parse, parser
from wiki.rendering.wikilinks import replace_wikilink_target, wikilink_targets, wikilinks

__all__ = [
    "Heading",
    "LinkResolver",
    "NoLinks",
    "Parsed",
    "Rendered",
    "Target",
    "Wikilink",
    "excerpt",
    "parse",
    "parser",
    "plain_text",
    "render",
    "replace_wikilink_target",
    "wikilink_targets",
    "wikilinks",
]

VERSION = 1  # part of the key of stored HTML: raise it when the same source gives other HTML

_RAW_ID = re.compile(r"""\bid\s*=\s*["']?([\w.:\-]{1,80})""")


@dataclass(frozen=True)
class Rendered:
    """A page's text as HTML, and what it refers to.

    `too_hard` is a sentence for the reader when `html` is only the source, else None. `wikilinks` holds every link in
    the order of the text, `attachments` the names asked for, `images` the addresses of other pictures.
    """

    html: str
    contents: list[Heading] = field(default_factory=list)
    wikilinks: list[Wikilink] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    too_hard: str | None = None


def render(source: str | Parsed, links: LinkResolver, *, prefix: str = "", hide_empty: bool = True) -> Rendered:
    """Safe HTML for a text. Raises nothing but what `links` raises.

    `prefix` goes into every id, so that several texts can stand on one page; `hide_empty` leaves out headings under
    which nothing is written yet.
    """
    parsed = parse(source) if isinstance(source, str) else source
    if parsed.too_hard:
        return _as_source(parsed.source, parsed.too_hard)
    try:
        return _render(parsed, links, prefix, hide_empty)
    except guard.TooHard as hard:
        return _as_source(parsed.source, hard.limit)


def _render(parsed: Parsed, links: LinkResolver, prefix: str, hide_empty: bool) -> Rendered:
    tokens = without_empty_sections(parsed.tokens) if hide_empty else parsed.tokens
    anchors, ids, contents = anchored(tokens, prefix)
    page = Page(new_seal(), links, anchors, ids, prefix)
    md = parser()
    raw = md.renderer.render(tokens, md.options, {"page": page})
    html = sanitise(raw, page.seal, _resolver(anchors, parsed))
    if len(html) > guard.OUTPUT:
        raise guard.TooHard(guard.Limit.OUTPUT)
    return Rendered(html, contents, page.wikilinks, page.attachments, page.images)


def _resolver(anchors: Anchors, parsed: Parsed) -> Callable[[str], str | None]:
    """Where `#fragment` leads: a heading, or an id that the author wrote in HTML."""
    written = set(_RAW_ID.findall(parsed.source)) if "id" in parsed.source and "<" in parsed.source else set()

    def resolve(fragment: str) -> str | None:
        return AUTHOR_ID + fragment if fragment in written else anchors.find(fragment)

    return resolve


def _as_source(source: str, limit: guard.Limit) -> Rendered:
    why = guard.explain(limit)
    shown = escape(source, quote=False).encode("utf-8", "replace").decode()
    html = f'<div class="too-hard">\n<p>{escape(why)}</p>\n<pre tabindex="0">{shown}</pre>\n</div>\n'
    return Rendered(html, too_hard=why)
