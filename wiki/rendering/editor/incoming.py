"""Trees from outside: checked node by node, so that the rest may rely on them.

Small things are put right: missing attributes, whole numbers as 2.0, addresses that may not be linked to, a source
inside of a list. What has another shape altogether is refused.
"""

import re
from collections.abc import Iterable
from typing import Any

from markdown_it.common.html_re import HTML_TAG_RE

from wiki.i18n import gettext as _
from wiki.rendering.blocks import CALLOUTS
from wiki.rendering.editor.nearest import said
from wiki.rendering.editor.normal import tidy
from wiki.rendering.editor.tree import (
    BLOCKS,
    DEFAULTS,
    INLINE,
    LISTS,
    MARKS,
    Mark,
    Node,
    attr,
    marked,
    node,
    one_line,
    text,
    words_in,
)
from wiki.rendering.guard import CELLS, COLUMNS
from wiki.rendering.links import Wikilink, read_wikilink
from wiki.rendering.raw_html import show_unknown
from wiki.rendering.syntax import clean, parser_in_place
from wiki.rendering.wikilink_rule import LONGEST

DEEPEST = 40
MOST_NODES = 50_000
MOST_CHARACTERS = 2_000_000

_BLANK = re.compile(r"[ \t\r\n]*")
_LABEL = re.compile(r"[^\s\]\[]{1,100}")
_INNER = re.compile(rf"[^\[\]\n`<>]{{1,{LONGEST}}}")
_CONTENT = {
    **dict.fromkeys(("blockquote", "callout", "list_item"), BLOCKS),
    **dict.fromkeys(LISTS, {"list_item"}),
    **dict.fromkeys(("paragraph", "heading"), INLINE),
    **dict.fromkeys(("code_block", "source"), {"text"}),
    **dict.fromkeys(("table_header", "table_cell"), BLOCKS),
    "doc": BLOCKS,
    "table": {"table_row"},
    "table_row": {"table_header", "table_cell"},
}
_CHOICES = {
    "kind": CALLOUTS,
    "form": ("quote", "fence"),
    "bullet": ("-", "*", "+"),
    "delim": (".", ")"),
    "align": ("left", "center", "right"),
    "holds": ("html", "comment", "footnote", "addresses", "properties", "markdown"),
}
_TRIMMED = frozenset({"params", "target", "fragment", "text", "label"})
_NUMBERS = {"level": (1, 6), "order": (0, 999_000_000)}


class Malformed(ValueError):
    """What was sent is no tree of the editor; the message is for people."""

    def __init__(self) -> None:
        super().__init__(_("This is not a text that the editor can read."))


def checked(tree: object) -> Node:
    """The document, its attributes complete and every node as tree.py has it. Raises Malformed."""
    doc = _Checker().node(tree, {"doc"}, 0)
    given = tree["attrs"] if isinstance(tree, dict) and isinstance(tree.get("attrs"), dict) else {}
    return {**doc, "attrs": {"before": _blank(given.get("before")) or "", "after": _blank(given.get("after")) or ""}}


def survives(block: Node) -> bool:
    """Whether a block that was read comes back as it is."""
    return tidy([_Checker().node(block, BLOCKS, 2)]) == [block]


def _blank(value: object) -> str | None:
    return value if isinstance(value, str) and _BLANK.fullmatch(value) else None


class _Checker:
    def __init__(self) -> None:
        self.nodes = 0
        self.characters = 0

    def node(self, given: object, allowed: Iterable[str], depth: int) -> Node:
        kind = given.get("type") if isinstance(given, dict) else None
        self.nodes += 1
        if not isinstance(given, dict) or not isinstance(kind, str) or kind not in allowed:
            raise Malformed
        if depth > DEEPEST or self.nodes > MOST_NODES:
            raise Malformed
        if kind == "text":
            return marked(text(self._words(given.get("text"))), self._marks(given))
        attrs = _attrs(kind, _dictionary(given.get("attrs")))
        if kind in INLINE:
            return _leaf(marked(node(kind, **attrs), self._marks(given)))
        made = node(kind, self._content(given, kind, depth), **attrs)
        return self._block(made, _dictionary(given.get("attrs")), depth)

    def _content(self, given: dict[str, Any], kind: str, depth: int) -> list[Node]:
        inside = given.get("content")
        if inside is None or kind == "horizontal_rule":
            return []
        if not isinstance(inside, list):
            raise Malformed
        return [self.node(child, _CONTENT[kind], depth + 1) for child in inside]

    def _block(self, made: Node, given: dict[str, Any], depth: int) -> Node:
        """What only whole blocks need: how it was written, or that it is too large."""
        if made["type"] in ("code_block", "source"):
            made["content"] = [text(words)] if (words := words_in(made)) else []
        if made["type"] == "source" and depth > 1:
            made = node("code_block", made["content"])
        if made["type"] == "horizontal_rule":
            del made["content"]
        if made["type"] == "table":
            widest = max((len(row["content"]) for row in made["content"]), default=0)
            if widest > COLUMNS or widest * len(made["content"]) > CELLS:
                raise Malformed
        if depth == 1:
            source, gap = given.get("src"), _blank(given.get("gap"))
            kept = {"src": self._counted(source) if isinstance(source, str) else None, "gap": gap}
            made["attrs"] = {**made.get("attrs", {}), **kept}
        return made

    def _words(self, given: object) -> str:
        if not isinstance(given, str):
            raise Malformed
        return clean(self._counted(given)).replace("\0", "\ufffd")

    def _counted(self, given: str) -> str:
        self.characters += len(given)
        if self.characters > MOST_CHARACTERS:
            raise Malformed
        return given

    def _marks(self, given: dict[str, Any]) -> list[Mark]:
        marks = given.get("marks") or []
        if not isinstance(marks, list) or len(marks) > 2 * len(MARKS):
            raise Malformed
        found = {mark["type"]: mark for one in marks if (mark := self._mark(one)) is not None}
        leaf = given["type"]
        return [
            mark
            for kind, mark in found.items()
            if not (kind == "code" and leaf != "text") and not (kind == "link" and leaf == "wikilink")
        ]

    def _mark(self, given: object) -> Mark | None:
        kind = given.get("type") if isinstance(given, dict) else None
        if not isinstance(given, dict) or kind not in MARKS:
            raise Malformed
        if kind != "link":
            return {"type": kind}
        attrs = _attrs("link", _dictionary(given.get("attrs")))
        href = _address(self._counted(attrs["href"]))
        if href is None:
            return None
        return {"type": "link", "attrs": {"href": href, **({"title": attrs["title"]} if attrs["title"] else {})}}


def _dictionary(given: object) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise Malformed
    return given


def _attrs(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(name, given.get(name), default) for name, default in DEFAULTS.get(kind, {}).items()}


def _value(name: str, given: object, default: Any) -> Any:
    if name in _NUMBERS:
        return _number(given, default, *_NUMBERS[name])
    if name in _CHOICES:
        return given if given in _CHOICES[name] else default
    if name in ("tight", "checked"):
        return given if isinstance(given, bool) else default
    if not isinstance(given, str) or len(given) > MOST_CHARACTERS:
        return default
    words = clean(given).replace("\0", "\ufffd")
    if name == "raw":
        return words
    words = one_line(words)
    return words.strip() if name in _TRIMMED else words


def _number(given: object, default: int, least: int, most: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int | float) or given != given or abs(given) > most:
        return default
    return min(max(int(given), least), most)


def _leaf(one: Node) -> Node:
    """A leaf, or its words where it cannot be written."""
    kind = one["type"]
    if kind == "image":
        address = _address(attr(one, "src"))
        if address is not None:
            return {**one, "attrs": {**one.get("attrs", {}), "src": address}}
    elif kind == "hard_break":
        return one
    elif kind == "wikilink":
        if _is_wikilink(one):
            return one
    elif kind == "footnote_ref":
        if _LABEL.fullmatch(attr(one, "label")):
            return one
    elif HTML_TAG_RE.fullmatch(attr(one, "raw")) and show_unknown(attr(one, "raw")) == attr(one, "raw"):
        return one
    return marked(text(said(one)), one.get("marks", []))


def _is_wikilink(one: Node) -> bool:
    link = Wikilink(attr(one, "target"), attr(one, "text"), attr(one, "fragment"))
    inner = link.target + (f"#{link.fragment}" if link.fragment else "") + (f"|{link.text}" if link.text else "")
    return _INNER.fullmatch(inner) is not None and read_wikilink(inner) == link


def _address(given: str) -> str | None:
    """The address as the parser gives it; None for one that may not be linked to."""
    address = parser_in_place().normalizeLink(given)
    return address if parser_in_place().validateLink(address) else None
