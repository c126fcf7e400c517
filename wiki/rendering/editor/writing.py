"""Blocks of the tree as Markdown, written anew."""

import re
from collections.abc import Callable

from wiki.rendering.editor.manner import Manner
from wiki.rendering.editor.tree import LISTS, Node, attr, content, words_in

#: How a line is written: the nodes, and whether it stands in a cell of a table.
LineWriter = Callable[[list[Node], bool], str]

_TICKS = re.compile("`{3,}|~{3,}")
_CLOSING_SIGNS = re.compile(r"(#+)$")
_DASHES = {"left": ":--", "right": "--:", "center": ":-:", None: "---"}
_OTHER = {"-": "*", "*": "-", "+": "-", ".": ")", ")": "."}
_RULE_IN_LIST = "___"


class Writer:
    """Writes blocks in one manner; how lines are written is given."""

    def __init__(self, manner: Manner, line: LineWriter) -> None:
        self.manner = manner
        self.line = line
        self.lists = 0
        self._writers: dict[str, Callable[[Node], str]] = {
            "paragraph": self._paragraph,
            "heading": self._heading,
            "blockquote": self._quote,
            "callout": self._callout,
            "bullet_list": self._list,
            "ordered_list": self._list,
            "code_block": self._code,
            "horizontal_rule": self._rule,
            "table": self._table,
            "source": words_in,
        }

    def block(self, block: Node) -> str:
        return self._writers[block["type"]](block)

    def blocks(self, blocks: list[Node], tight: bool = False) -> str:
        """Blocks one below the other; two lists of one sort next to each other get different markers."""
        out: list[str] = []
        before: Node | None = None
        for block in blocks:
            block = unlike(block, before)
            if before is not None:
                out.append("\n" if tight else "\n\n")
            out.append(self.block(block))
            before = block
        return "".join(out)

    def _paragraph(self, block: Node) -> str:
        return self.line(content(block), False)

    def _heading(self, block: Node) -> str:
        words, level = self.line(content(block), False), int(attr(block, "level"))
        if self.manner.underline and words and level == (1 if self.manner.underline[0] == "=" else 2):
            return f"{words}\n{self.manner.underline}"
        return "#" * level + " " + _CLOSING_SIGNS.sub(r"\\\1", words)

    def _quote(self, block: Node) -> str:
        return _prefixed(self.blocks(content(block)), "> ", "> ")

    def _callout(self, block: Node) -> str:
        kind, title = attr(block, "kind"), attr(block, "title")
        inside = [one for one in content(block) if one["type"] != "paragraph" or content(one)]
        if attr(block, "form") == "fence":
            body = self.blocks(inside)
            signs = ":" * max(3, _longest(r"^\s*(:{3,})", body) + 1)
            return "\n".join(part for part in (f"{signs} {kind} {title}".rstrip(), body, signs) if part)
        head = f"[!{kind.upper()}] {title}".rstrip()
        gap = "\n" if inside and inside[0]["type"] == "paragraph" else "\n\n"
        return _prefixed(head + (gap + self.blocks(inside) if inside else ""), "> ", "> ")

    def _list(self, block: Node) -> str:
        tight = attr(block, "tight")
        self.lists += 1
        items = [self._item(item, self._marker(block, number), tight) for number, item in enumerate(content(block))]
        self.lists -= 1
        return ("\n" if tight else "\n\n").join(items)

    def _marker(self, block: Node, number: int) -> str:
        if block["type"] == "bullet_list":
            return f"{attr(block, 'bullet')} "
        step = 0 if self.manner.same_number and not self.lists > 1 else number
        return f"{attr(block, 'order') + step}{attr(block, 'delim')} "

    def _item(self, item: Node, marker: str, tight: bool) -> str:
        checked = attr(item, "checked")
        box = "" if checked is None else "[x] " if checked else "[ ] "
        body = box + self.blocks(content(item), tight)
        return _prefixed(body, marker, " " * len(marker)) if body else marker.rstrip()

    def _code(self, block: Node) -> str:
        code, params, sign = words_in(block), attr(block, "params"), self.manner.fence
        if not sign and not params and code.strip() and not code.startswith("\n") and not code.endswith("\n"):
            return _prefixed(code, "    ", "    ")
        sign = "~" if "`" in params else sign or "`"
        fence = sign * max(3, max((len(ticks) for ticks in _TICKS.findall(code)), default=0) + 1)
        return f"{fence}{params}\n{code}\n{fence}" if code else f"{fence}{params}\n{fence}"

    def _rule(self, block: Node) -> str:
        return _RULE_IN_LIST if self.lists else self.manner.rule

    def _table(self, block: Node) -> str:
        rows = [[self.line(content(content(cell)[0]), True) for cell in content(row)] for row in content(block)]
        dashes = [_DASHES[attr(cell, "align")] for cell in content(content(block)[0])]
        return "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], dashes, *rows[1:]])


def unlike(block: Node, before: Node | None) -> Node:
    """A list that stands right behind another of its sort, with the other marker: else they would be one."""
    if before is None or block["type"] not in LISTS or before["type"] != block["type"]:
        return block
    name = "bullet" if block["type"] == "bullet_list" else "delim"
    marker = attr(before, name)
    if attr(block, name) != marker:
        return block
    return {**block, "attrs": {**block.get("attrs", {}), name: _OTHER[marker]}}


def _prefixed(body: str, first: str, rest: str) -> str:
    """The lines with something before them; nothing but the sign of a quotation before empty ones."""
    lines = body.split("\n")
    empty = rest.rstrip()
    return "\n".join(
        (first if number == 0 else rest) + line if line else (first.rstrip() if number == 0 else empty)
        for number, line in enumerate(lines)
    )


def _longest(pattern: str, text: str) -> int:
    return max((len(found) for found in re.findall(pattern, text, re.MULTILINE)), default=2)
