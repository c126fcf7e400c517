"""What the parser found in a line, as inline nodes."""

from collections.abc import Sequence
from typing import Any

from markdown_it.token import Token

from wiki.rendering.editor.tree import Mark, Node, marked, node, one_line, text
from wiki.rendering.headings import inline_text
from wiki.rendering.links import Wikilink
from wiki.rendering.raw_html import show_unknown

_OPENING = {"em_open": "em", "strong_open": "strong", "s_open": "strike"}
_CLOSING = {"em_close": "em", "strong_close": "strong", "s_close": "strike", "link_close": "link"}
_BREAKS = frozenset({"<br>", "<br/>", "<br />"})


class Unknown(Exception):
    """A token that the tree has no node for."""


def inline_nodes(children: Sequence[Token] | None, in_cell: bool = False) -> list[Node]:
    """The nodes of one line of tokens. Raises Unknown."""
    reader = _Reader(in_cell)
    for token in children or ():
        reader.read(token)
    return reader.nodes


class _Reader:
    def __init__(self, in_cell: bool) -> None:
        self.in_cell = in_cell
        self.nodes: list[Node] = []
        self.open: list[Mark] = []

    def read(self, token: Token) -> None:
        if token.type in _OPENING:
            self.open.append({"type": _OPENING[token.type]})
        elif token.type == "link_open":
            self.open.append(_link(token))
        elif token.type in _CLOSING:
            self._close(_CLOSING[token.type])
        elif token.type == "code_inline":
            self._add(text(token.content), {"type": "code"})
        elif token.type in ("text", "softbreak"):
            self._add(text(" " if token.type == "softbreak" else token.content))
        else:
            self._add(self._leaf(token))

    def _leaf(self, token: Token) -> Node:
        if token.type == "hardbreak":
            return node("hard_break")
        if token.type == "image":
            address, title = str(token.attrs.get("src", "")), one_line(str(token.attrs.get("title") or ""))
            return node("image", src=address, alt=one_line(inline_text(token.children)), title=title or None)
        if token.type == "wikilink":
            return _wikilink(token.meta["link"])
        if token.type == "footnote_ref":
            return node("footnote_ref", label=token.meta["label"])
        if token.type == "html_inline":
            return self._tag(token.content)
        raise Unknown(token.type)

    def _tag(self, raw: str) -> Node:
        """A tag; what is no tag of HTML is text to readers, and a line break in a cell has no other way to be written."""
        if show_unknown(raw) != raw:
            return text(raw)
        if self.in_cell and raw.lower() in _BREAKS:
            return node("hard_break")
        return node("html_inline", raw=raw)

    def _add(self, one: Node, *more: Mark) -> None:
        if one["type"] == "text" and not one["text"]:
            return
        given: dict[str, Any] = {mark["type"]: mark for mark in (*self.open, *more)}
        self.nodes.append(marked(one, given.values()))

    def _close(self, kind: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index]["type"] == kind:
                del self.open[index]
                return


def _link(token: Token) -> Mark:
    attrs = {"href": str(token.attrs.get("href", ""))}
    title = one_line(str(token.attrs.get("title") or ""))
    return {"type": "link", "attrs": {**attrs, "title": title} if title else attrs}


def _wikilink(link: Wikilink) -> Node:
    return node("wikilink", target=link.target, fragment=link.fragment, text=link.text)
