"""One line of the tree as Markdown."""

import re
from dataclasses import dataclass
from typing import Any

from wiki.rendering.addresses import addresses_in
from wiki.rendering.editor.escaping import Care, escaped, with_kept_edges
from wiki.rendering.editor.manner import Manner
from wiki.rendering.editor.tree import Mark, Node, attr, has_mark, marks_of
from wiki.rendering.syntax import parser_in_place

_TICKS = re.compile("`+")
_AUTOLINK = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*")
_STRIKE = "~~"
_BRACKETED = frozenset({"wikilink", "footnote_ref"})

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Pen:
    """How a line is written. `addresses`: the text defines addresses by name, so brackets need more care."""

    manner: Manner
    care: Care = Care.LIGHT
    in_cell: bool = False
    addresses: bool = False
    plain_links: bool = True


def line_markdown(line: list[Node], pen: Pen) -> str:
    """The Markdown of one line, which may hold line breaks."""
    out = with_kept_edges(_Line(line, pen).write())
    return out.replace("|", "\\|") if pen.in_cell else out


class _Line:
    def __init__(self, line: list[Node], pen: Pen) -> None:
        self.pen = pen
        self.line = line
        self.keys = [[_key(mark) for mark in marks_of(one) if mark["type"] != "code"] for one in line]
        self.ends = _ends(self.keys)
        self.out: list[str] = []
        self.open: list[Key] = []
        self.begins = True
        self.behind_brackets = False

    def write(self) -> str:
        index = 0
        while index < len(self.line):
            one = self.line[index]
            bare = self._bare_address(index) if one["type"] == "text" else None
            self._close(index, bare is not None)
            self._open(index, bare is not None)
            self._say(bare if bare is not None else self._one(one))
            self.begins = one["type"] == "hard_break"
            self.behind_brackets = one["type"] in _BRACKETED
            index += 1
        self._close_from(0)
        return "".join(self.out)

    def _say(self, markdown: str) -> None:
        self.out.append(markdown)
        self.begins = False

    def _close(self, index: int, bare: bool) -> None:
        """Close the marks that do not go on here, and those inside of them."""
        wanted = self._wanted(index, bare)
        keep = 0
        while keep < len(self.open) and self.open[keep] in wanted:
            keep += 1
        self._close_from(keep)

    def _close_from(self, keep: int) -> None:
        for key in reversed(self.open[keep:]):
            self.out.append(_link_end(key) if key[0] == "link" else self._sign(key[0]))
        del self.open[keep:]

    def _open(self, index: int, bare: bool) -> None:
        """Open new marks: those that go on longest first, a link before the signs that end where it does."""
        new = [key for key in self._wanted(index, bare) if key not in self.open]
        inside = self.pen.manner.links_inside
        for key in sorted(new, key=lambda key: (-self.ends[index][key], (key[0] == "link") == inside)):
            self._say("[" if key[0] == "link" else self._sign(key[0]))
            self.open.append(key)

    def _wanted(self, index: int, bare: bool) -> list[Key]:
        return [key for key in self.keys[index] if not (bare and key[0] == "link")]

    def _sign(self, mark: str) -> str:
        return {"em": self.pen.manner.em, "strong": self.pen.manner.strong}.get(mark, _STRIKE)

    def _one(self, one: Node) -> str:
        if one["type"] == "text":
            return self._text(one)
        if one["type"] == "hard_break":
            return "<br>" if self.pen.in_cell else self.pen.manner.line_break + "\n"
        if one["type"] == "image":
            alt = escaped(attr(one, "alt"), max(self.pen.care, Care.FULL), False, True)
            return f"![{alt}]({_destination(attr(one, 'src'))}{_title(attr(one, 'title'))})"
        if one["type"] == "wikilink":
            return "[[" + _inside(one) + "]]"
        if one["type"] == "footnote_ref":
            return f"[^{attr(one, 'label')}]"
        return str(attr(one, "raw"))

    def _text(self, one: Node) -> str:
        if has_mark(one, "code"):
            return _code(one["text"])
        words = escaped(one["text"], self.pen.care, self.begins, self.pen.addresses)
        return "\\" + words if words[0] in "(:" and self.behind_brackets else words

    def _bare_address(self, index: int) -> str | None:
        """A link whose text is its address, written as such; None for others."""
        one = self.line[index]
        link = next((mark for mark in marks_of(one) if mark["type"] == "link"), None)
        if link is None or not self.pen.plain_links or has_mark(one, "code") or link["attrs"].get("title"):
            return None
        key = _key(link)
        if key in self.open or self.ends[index][key] != index + 1:
            return None
        words, href = one["text"], link["attrs"]["href"]
        if addresses_in(parser_in_place(), words) == [(0, len(words), href)]:
            return str(words)
        if _AUTOLINK.fullmatch(words) and parser_in_place().normalizeLink(words) == href:
            return f"<{words}>"
        return None


def _key(mark: Mark) -> Key:
    attrs = mark.get("attrs", {})
    return (mark["type"], attrs.get("href"), attrs.get("title")) if mark["type"] == "link" else (mark["type"],)


def _ends(keys: list[list[Key]]) -> list[dict[Key, int]]:
    """For each node and mark the index at which the mark no longer goes on."""
    ends: list[dict[Key, int]] = [{} for _node in keys]
    for index in range(len(keys) - 1, -1, -1):
        after = ends[index + 1] if index + 1 < len(keys) else {}
        ends[index] = {key: after.get(key, index + 1) for key in keys[index]}
    return ends


def _link_end(key: Key) -> str:
    return f"]({_destination(key[1])}{_title(key[2])})"


def definition(label: str, there: dict[str, str]) -> str:
    """An address that links refer to by name."""
    return f"[{label}]: {_destination(there['href']) or '<>'}{_title(there.get('title'))}"


def _destination(address: str) -> str:
    if re.search(r"[\s<>\x00-\x20\x7f]", address):
        return "<" + re.sub(r"([<>\\])", r"\\\1", address) + ">"
    if not _is_balanced(address):
        address = re.sub(r"([()])", r"\\\1", address)
    return re.sub(r"&(?=#?\w+;)", r"\\&", address)


def _is_balanced(address: str) -> bool:
    depth = deepest = 0
    for char in address:
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
        if depth < 0:
            return False
    return depth == 0 and deepest < 10


def _title(title: str | None) -> str:
    if not title:
        return ""
    return ' "' + re.sub(r'([\\"&])', r"\\\1", title) + '"'


def _inside(one: Node) -> str:
    fragment, words = attr(one, "fragment"), attr(one, "text")
    return str(attr(one, "target")) + (f"#{fragment}" if fragment else "") + (f"|{words}" if words else "")


def _code(words: str) -> str:
    longest = max((len(ticks) for ticks in _TICKS.findall(words)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if words[0] == "`" or words[-1] == "`" or (words[0] == words[-1] == " " and words.strip(" ")) else ""
    return f"{fence}{pad}{words}{pad}{fence}"
