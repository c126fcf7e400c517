"""A source cut into blocks that people think of as one piece: a paragraph, a heading, a list, a table, a block of code.

Cutting loses nothing: `lead`, each block's text and gap, and `tail` are the source again, byte for byte.
"""

import re
from dataclasses import dataclass
from functools import cached_property

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FENCE = re.compile(r"[ \t]*(?:>[ \t]?)*(`{3,}(?=[^`]*$)|~{3,})")
_CLOSER = re.compile(r"[ \t]*(?:>[ \t]?)*(`{3,}|~{3,})[ \t]*$")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_OPENING = re.compile(r"[ \t]*(?:#{1,6}(?:[ \t]|$)|`{3}|~{3}|\||[-*+][ \t]|\d{1,9}[.)][ \t])")


@dataclass(frozen=True)
class Block:
    """`text` without its last line end; `gap` is that line end and the blank lines after it, "" for the last block."""

    text: str
    gap: str

    @cached_property
    def key(self) -> str:
        """What makes two blocks the same: everything but the kind of line ends."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def begins_anew(self) -> bool:
        """Headings, code, list items and table rows do not run into the line before them."""
        return _OPENING.match(self.text) is not None

    @property
    def ends_itself(self) -> bool:
        """A paragraph after a heading or code needs no blank line between."""
        return _HEADING.match(self.text) is not None or _CLOSER.match(lines_of(self.text)[-1]) is not None


@dataclass(frozen=True)
class Blocks:
    """A source in pieces; `lead` are the blank lines before the first block, `tail` what ends the last one."""

    lead: str
    blocks: tuple[Block, ...]
    tail: str = ""

    @cached_property
    def keys(self) -> list[str]:
        return [block.key for block in self.blocks]


def lines_of(text: str) -> list[str]:
    """Lines with their ends; only \\n, \\r\\n and \\r end a line, as in Markdown."""
    return _LINE.findall(text)


def split(text: str) -> Blocks:
    """Cut a source. Linear in its length."""
    lines = lines_of(text)
    closers = _Closers(lines)
    starts: list[int] = []
    lead = ""
    index, inside = 0, False
    while index < len(lines):
        line = lines[index]
        fence = _FENCE.match(line.rstrip("\r\n"))
        end = closers.end(index, fence[1]) if fence else None
        if not line.strip():
            lead += "" if starts else line
            inside = False
        elif end is not None or _HEADING.match(line):
            starts.append(index)
            index, inside = end if end is not None else index, False
        elif not inside:
            starts.append(index)
            inside = True
        index += 1
    if not starts:
        return Blocks(text, ())
    ends = starts[1:] + [len(lines)]
    blocks = [_block("".join(lines[a:b])) for a, b in zip(starts, ends, strict=True)]
    return Blocks(lead, (*blocks[:-1], Block(blocks[-1].text, "")), blocks[-1].gap)


def _block(piece: str) -> Block:
    text = piece.rstrip()
    end = _end_of_line(piece, len(text))
    return Block(piece[:end], piece[end:])


def _end_of_line(piece: str, at: int) -> int:
    """Spaces after the last word belong to its line."""
    while at < len(piece) and piece[at] not in "\r\n":
        at += 1
    return at


class _Closers:
    """Finds where a fence ends without searching the whole text for each fence that is never closed."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.lengths: dict[str, list[int]] = {"`": [0] * (len(lines) + 1), "~": [0] * (len(lines) + 1)}
        for index in range(len(lines) - 1, -1, -1):
            found = _CLOSER.match(lines[index].rstrip("\r\n"))
            for mark, longest in self.lengths.items():
                here = len(found[1]) if found and found[1][0] == mark else 0
                longest[index] = max(here, longest[index + 1])

    def end(self, start: int, fence: str) -> int | None:
        """The index of the closing line, or None when there is none."""
        if self.lengths[fence[0]][start + 1] < len(fence):
            return None
        for index in range(start + 1, len(self.lines)):
            found = _CLOSER.match(self.lines[index].rstrip("\r\n"))
            if found and found[1][0] == fence[0] and len(found[1]) >= len(fence):
                return index
        return None
