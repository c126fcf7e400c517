"""Our inline rules: wikilinks, and addresses that become links by themselves."""

import re
from typing import Any

from linkify_it import LinkifyIt  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from wiki.rendering.links import LONGEST_ADDRESS, read_wikilink

LONGEST = 400
_INNER = re.compile(r"[^\[\]\n`<>]+")


def inline_rules(md: MarkdownIt) -> None:
    """Add the rules of this file to a parser."""
    md.inline.ruler.before("link", "wikilink", _wikilink)
    md.inline.ruler.at("linkify", _bare_address)
    md.linkify = _linkifier()


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


_SCHEME = re.compile(r"(?:^|[^a-z0-9.+-])(https?)$", re.IGNORECASE)


def _bare_address(state: StateInline, silent: bool) -> bool:
    """An `http://…` in the text, taken whole before its underscores can become emphasis.

    The library's own rule searches all the text before each address; this one looks back nine characters.
    """
    start = state.pos
    if state.linkLevel > 0 or not state.src.startswith("://", start) or _is_refused(state):
        return False
    scheme = _SCHEME.search(state.pending[-9:])
    if not scheme:
        return False
    begin = start - len(scheme[1])
    link = _linkify(state.md).match_at_start(state.src[begin : begin + LONGEST_ADDRESS])
    if not link:
        return False
    url = link.url.rstrip("*")
    href = state.md.normalizeLink(url)
    if not state.md.validateLink(href):
        state.env["refused"] = (state.src, begin + len(url))
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": href}
        text = state.push("text", "", 0)
        text.content = state.md.normalizeLinkText(url)
        closing = state.push("link_close", "a", -1)
        for token in (opening, closing):
            token.markup, token.info = "linkify", "auto"
    state.pos = begin + len(url)
    return True


def _is_refused(state: StateInline) -> bool:
    """Inside an address that was too long there is no point in trying each address that it contains."""
    text, end = state.env.get("refused", ("", 0))
    return text is state.src and state.pos < end


def _linkify(md: MarkdownIt) -> LinkifyIt:
    assert md.linkify is not None
    return md.linkify


_WWW = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#][^\s<>]*)?")
_ANY_DOMAIN = r"[^\W\d_][\w-]{0,61}[^\W_]"
_TRAILING = "?!.,:*_~'\";)"


def _linkifier() -> LinkifyIt:
    """Only what people mean as an address: with a scheme, with `www.`, or a mail address.

    A bare name with a dot stays text: `README.md` and `plan.doc` are names of files, though .md is a country too.
    """
    linkifier = LinkifyIt({}, {"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})
    linkifier.tlds([_ANY_DOMAIN])  # in mail addresses; the library knows only a few of today's domains
    linkifier.add("ftp:", None)
    linkifier.add("//", None)
    linkifier.add("www.", {"validate": _validate_www, "normalize": _normalise_www})
    return linkifier


def _validate_www(_linkifier: LinkifyIt, text: str, pos: int) -> int:
    """How many characters after `www.` belong to the address."""
    if pos >= 5 and (text[pos - 5].isalnum() or text[pos - 5] in "/.@-_"):
        return 0
    found = _WWW.match(text, pos)
    if not found:
        return 0
    address = found[0].rstrip(_TRAILING)
    if found[0][len(address) :].startswith(")") and address.count("(") > address.count(")"):
        address += ")"
    return len(address)


def _normalise_www(_linkifier: LinkifyIt, match: Any) -> None:
    match.url = "http://" + match.url
