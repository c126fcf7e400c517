"""Lists and tables cut into items, where joining them item by item is safe."""

import re

from wiki.rendering.paragraphs import Block, Blocks, lines_of

_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_ROW = re.compile(r"[ \t]*\|")
_DELIMITER = frozenset("|-: \t\r\n")


def as_items(*texts: str) -> list[Blocks] | None:
    """Each text as its list items or table rows; None unless all are lists, or tables with the same head."""
    lines = [lines_of(text) for text in texts]
    if all(_MARKER.match(rows[0]) for rows in lines if rows) and all(lines):
        return [_items(rows) for rows in lines]
    if all(_is_table(rows) for rows in lines) and len({_head(rows) for rows in lines}) == 1:
        return [_blocks([[row] for row in rows]) for rows in lines]
    return None


def _items(rows: list[str]) -> Blocks:
    """A line with a marker begins an item; lines without one go on with it."""
    items: list[list[str]] = []
    for row in rows:
        if _MARKER.match(row):
            items.append([row])
        else:
            items[-1].append(row)
    return _blocks(items)


def _is_table(rows: list[str]) -> bool:
    return len(rows) >= 2 and "-" in rows[1] and _DELIMITER.issuperset(rows[1]) and all(map(_ROW.match, rows))


def _head(rows: list[str]) -> str:
    return "\n".join(row.rstrip("\r\n") for row in rows[:2])


def _blocks(items: list[list[str]]) -> Blocks:
    made: list[Block] = []
    for item in items:
        whole = "".join(item)
        text = whole.rstrip("\r\n")
        made.append(Block(text, whole[len(text) :]))
    return Blocks("", tuple(made))
