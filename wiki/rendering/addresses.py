"""Addresses that become links by themselves: with a scheme, with `www.`, and mail addresses.

A bare name with a dot stays text: `README.md` and `plan.doc` are names of files, though .md is a country too. Each
character is looked at a fixed number of times, however the addresses stand in or after each other; the usual library
for this takes quadratic time for addresses without a space between them.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from wiki.rendering.links import LONGEST_ADDRESS

_SCHEME = re.compile(r"(?:^|[^a-z0-9.+-])(https?)$", re.IGNORECASE)
_REST = re.compile(r"""://[\w\[][^\s<>"`{}|\\^]*""")
_WWW = r"www\.[\w-]+\.[\w-][^\s<>\"`{}|\\^]*"
_MAIL = r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[^\W_](?:[\w-]{0,61}[^\W_])?"
_BARE = re.compile(rf"(?<![\w/.@+:-])(?:{_WWW}|{_MAIL})", re.IGNORECASE)
_WHOLE = re.compile(rf"(?<![a-z0-9.+-])https?{_REST.pattern}", re.IGNORECASE)
_TRAILING = "?!.,:*_~'\";"
_PAIRS = {")": "(", "]": "["}


def addresses_in(md: MarkdownIt, text: str) -> list[tuple[int, int, str]]:
    """Where addresses stand in a plain text that the rules below make links of, and where they lead."""
    found: list[tuple[int, int, str]] = []
    if "://" not in text and "@" not in text and "www." not in text.lower():
        return found
    done = 0
    for whole in _WHOLE.finditer(text):
        address = _trimmed(whole[0])
        href = _href(md, address)
        if href is not None:
            found += _bare_in(md, text, done, whole.start())
            done = whole.start() + len(address)
            found.append((whole.start(), done, href))
    return found + _bare_in(md, text, done, len(text))


def _bare_in(md: MarkdownIt, text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    places = []
    for found in _BARE.finditer(text[start:end]):
        address = _trimmed(found[0])
        href = _href(md, ("mailto:" if "@" in address else "http://") + address)
        if href is not None:
            places.append((start + found.start(), start + found.start() + len(address), href))
    return places


def address_rules(md: MarkdownIt) -> None:
    """Add the rules of this file to a parser."""
    md.inline.ruler.after("text", "address", _address)
    md.core.ruler.after("inline", "bare_address", _bare_addresses)


def _address(state: StateInline, silent: bool) -> bool:
    """`http://…` in the text, taken whole before its underscores can become emphasis."""
    start = state.pos
    if state.linkLevel > 0 or not state.src.startswith("://", start) or _is_refused(state):
        return False
    scheme = _SCHEME.search(state.pending[-9:])
    rest = _REST.match(state.src, start, state.posMax) if scheme else None
    if scheme is None or rest is None:
        return False
    address = _trimmed(scheme[1] + rest[0])
    href = _href(state.md, address)
    if href is None:
        state.env["refused"] = (state.src, rest.end())
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        for token in _link(href, state.md.normalizeLinkText(address)):
            pushed = state.push(token.type, token.tag, token.nesting)
            pushed.attrs, pushed.content, pushed.markup, pushed.info = token.attrs, token.content, "linkify", "auto"
    state.pos = start + len(address) - len(scheme[1])
    return True


def _is_refused(state: StateInline) -> bool:
    """Inside an address that was too long there is no point in trying each address that it contains."""
    text, end = state.env.get("refused", ("", 0))
    return text is state.src and state.pos < end


def _trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it; a bracket stays if it was opened in the address."""
    while len(address) <= LONGEST_ADDRESS and address:
        last = address[-1]
        unopened = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
        if last not in _TRAILING and not unopened:
            break
        address = address[:-1]
    return address


def _href(md: MarkdownIt, address: str) -> str | None:
    if len(address) > LONGEST_ADDRESS:
        return None
    href = md.normalizeLink(address)
    return href if md.validateLink(href) else None


def _link(href: str, text: str) -> list[Token]:
    opening, words, closing = Token("link_open", "a", 1), Token("text", "", 0), Token("link_close", "a", -1)
    opening.attrs, words.content = {"href": href}, text
    for token in (opening, closing):
        token.markup, token.info = "linkify", "auto"
    return [opening, words, closing]


def _bare_addresses(state: StateCore) -> None:
    """`www.…` and mail addresses in text that is not a link already."""
    for token in state.tokens:
        if token.type == "inline" and token.children and ("@" in token.content or "www." in token.content.lower()):
            token.children = list(_with_links(state.md, token.children))


def _with_links(md: MarkdownIt, children: list[Token]) -> Iterator[Token]:
    inside = 0
    for child in children:
        if child.type == "html_inline":
            inside += child.content[:2].lower() == "<a"
            inside -= child.content[:3].lower() == "</a" and inside > 0
        inside += child.nesting if child.tag == "a" else 0
        if child.type == "text" and inside == 0:
            yield from _split(md, child)
        else:
            yield child


def _split(md: MarkdownIt, text: Token) -> Iterator[Token]:
    done = 0
    for start, end, href in _bare_in(md, text.content, 0, len(text.content)):
        if start > done:
            yield _text(text.content[done:start], text.level)
        for token in _link(href, text.content[start:end]):
            token.level = text.level + (token.type == "text")
            yield token
        done = end
    if done == 0:
        yield text
    elif done < len(text.content):
        yield _text(text.content[done:], text.level)


def _text(content: str, level: int) -> Token:
    token = Token("text", "", 0)
    token.content, token.level = content, level
    return token
