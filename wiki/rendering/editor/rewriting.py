"""Writes one block anew and reads it again: what comes back must be the same block.

First as it comes; then with more and more care for signs that could be markup; then the nearest text that Markdown can
say. Never is a word left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wiki.rendering.editor.cutting import Env, Piece
from wiki.rendering.editor.escaping import Care
from wiki.rendering.editor.keeping import edited
from wiki.rendering.editor.manner import Manner, manner_of_block
from wiki.rendering.editor.marks import Pen, line_markdown
from wiki.rendering.editor.nearest import CHANGES, loosened, taken_apart, words_only
from wiki.rendering.editor.reading import piece_node, understood, with_plain_ends
from wiki.rendering.editor.tree import Node, content, is_textblock, node, same
from wiki.rendering.editor.writing import Writer

#: How much is parsed to find the best way to write a text: so much, and so often the text itself, but no more than
#: MOST_PATIENCE. Past it everything is escaped. A sign that may be markup costs the parser as much as 20 letters.
PATIENCE = 400_000
TIMES = 4
MOST_PATIENCE = 3_000_000
_SIGN = 20
_SIGNS = re.compile(r"[\[\]!*_~`^<&\\]")


def effort(markdown: str) -> int:
    """What it costs to parse a text, about."""
    return len(markdown) + _SIGN * len(_SIGNS.findall(markdown))


@dataclass
class Written:
    """Markdown, and the blocks that it is read as."""

    markdown: str
    blocks: list[Node]


class Rewriter:
    """Writes the blocks of one text, `length` long by its effort. `env` knows what addresses and notes it defines."""

    def __init__(self, env: Env, manner: Manner, length: int) -> None:
        self.env = env
        self.manner = manner
        self.patience = min(PATIENCE + TIMES * length, MOST_PATIENCE)
        self.pens: dict[int, Pen] = {}

    def survives(self, block: Node, piece: Piece) -> bool:
        """Whether the block, as it was read from a piece, could be written anew without becoming another."""
        manner = manner_of_block(self.manner, with_plain_ends(piece.text), piece.tokens)
        if any(self._reads_as(self._quick(block, manner, care), [block]) for care in (Care.LIGHT, Care.FULL)):
            return True
        return same(self._with_care(block, _plain(manner)).blocks, [block])

    def rewritten(self, block: Node, piece: Piece | None = None) -> Written:
        """The block as Markdown; `piece` is how it was written before its last edit."""
        manner = self.manner
        if piece is not None and piece.tokens:
            source = with_plain_ends(piece.text)
            manner = manner_of_block(manner, source, piece.tokens)
            kept = edited(self._quick(piece_node(piece), manner), self._quick(block, manner), source)
            if kept is not None and self._reads_as(kept, [block]):
                return Written(kept, [block])
        for care in (Care.LIGHT, Care.FULL):
            markdown = self._quick(block, manner, care)
            if self._reads_as(markdown, [block]):
                return Written(markdown, [block])
        return self._with_care(block, _plain(manner))

    def _quick(self, block: Node, manner: Manner, care: Care = Care.LIGHT) -> str:
        pen = Pen(manner, care, addresses=bool(self.env["references"]))
        return Writer(manner, lambda line, in_cell: line_markdown(line, replace(pen, in_cell=in_cell))).block(block)

    def _with_care(self, block: Node, manner: Manner) -> Written:
        sayable = self._sayable(block, manner)
        for form in (sayable, loosened(sayable)):
            markdown = Writer(manner, self._line).block(form)
            if self._reads_as(markdown, [form]):
                return Written(markdown, [form])
        if is_textblock(block):
            line = words_only(content(sayable))
            pen = Pen(manner, Care.ALL, plain_links=False)
            return Written(line_markdown(line, pen), [node("paragraph", line)] if line else [])
        parts = [self.rewritten(part) for part in taken_apart(block)]
        parts = [part for part in parts if part.markdown]
        return Written("\n\n".join(part.markdown for part in parts), [one for part in parts for one in part.blocks])

    def _line(self, line: list[Node], in_cell: bool) -> str:
        pen = self.pens.get(id(line)) or Pen(self.manner, Care.ALL, plain_links=False)
        return line_markdown(line, replace(pen, in_cell=in_cell))

    def _sayable(self, block: Node, manner: Manner, in_cell: bool = False) -> Node:
        """The block with each line as near to itself as can be written, and a pen found for it."""
        if is_textblock(block):
            line, pen = self._sayable_line(content(block), manner, in_cell)
            self.pens[id(line)] = pen
            return {**block, "content": line}
        if block["type"] in ("code_block", "source") or "content" not in block:
            return block
        in_cell = block["type"] in ("table_header", "table_cell")
        return {**block, "content": [self._sayable(child, manner, in_cell) for child in content(block)]}

    def _sayable_line(self, line: list[Node], manner: Manner, in_cell: bool) -> tuple[list[Node], Pen]:
        changed = line
        for change in (None, *CHANGES):
            changed = change(changed) if change else line
            for pen in self._pens(manner, in_cell):
                if self.patience > 0 and self._line_reads_as(line_markdown(changed, pen), changed, in_cell):
                    return list(changed), pen
        return list(changed), Pen(manner, Care.ALL, in_cell, True, plain_links=False)

    def _pens(self, manner: Manner, in_cell: bool) -> Iterator[Pen]:
        pen = Pen(manner, Care.FULL, in_cell, addresses=True)
        yield pen
        yield replace(pen, manner=replace(manner, em="_" if manner.em == "*" else "*"))
        yield replace(pen, manner=replace(manner, strong="__" if manner.strong == "**" else "**"))
        yield replace(pen, plain_links=False)
        yield replace(pen, care=Care.ALL, plain_links=False)

    def _line_reads_as(self, markdown: str, line: list[Node], in_cell: bool) -> bool:
        if not line:
            return True
        if not in_cell:
            return self._reads_as(markdown, [node("paragraph", line)])
        cell = node("table_header", [node("paragraph", line)])
        return self._reads_as(f"| {markdown} |\n| --- |", [node("table", [node("table_row", [cell])])])

    def _reads_as(self, markdown: str, blocks: list[Node]) -> bool:
        if self.patience <= 0:
            return False
        self.patience -= effort(markdown)
        found = understood(markdown, self.env)
        return found is not None and same(found, blocks)


def _plain(manner: Manner) -> Manner:
    """The manner without what cannot be written everywhere."""
    return replace(manner, underline="", line_break="\\", fence="`", links_inside=False)
