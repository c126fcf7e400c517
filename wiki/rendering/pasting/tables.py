"""Tables on the clipboard: rows of one length, and one line in each cell."""

from wiki.rendering.editor.lines import tidy_line
from wiki.rendering.editor.tree import Node, content, is_textblock, node, text, words_in
from wiki.rendering.pasting.html import Element


def rows_of(one: Element) -> list[Element]:
    rows: list[Element] = []
    for part in one.elements:
        rows += [part] if part.tag == "tr" else rows_of(part) if part.tag in ("thead", "tbody", "tfoot") else []
    return rows


def filled(rows: list[list[Element]]) -> list[list[Element | None]]:
    """Cells that go over several columns or rows with empty ones beside and below them."""
    made: list[list[Element | None]] = []
    taken: dict[int, int] = {}
    for row in rows:
        cells: list[Element | None] = []
        waiting = list(row)
        while waiting or taken.get(len(cells), 0):
            column = len(cells)
            if taken.get(column, 0):
                taken[column] -= 1
                cells.append(None)
                continue
            cell = waiting.pop(0)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for step in range(across):
                taken[column + step] = down - 1
            cells += [cell, *[None] * (across - 1)]
        made.append(cells)
    return made


def _span(cell: Element, name: str) -> int:
    given = cell.attrs.get(name, "")
    return min(max(int(given), 1), 64) if given.isdecimal() and len(given) < 5 else 1


def one_line(blocks: list[Node]) -> list[Node]:
    """Blocks as the one line of a cell: a break between them, a dot before the items of a list."""
    line: list[Node] = []
    for said in _lines(blocks):
        line += [node("hard_break"), *said] if line and said else said
    return tidy_line(line)


def _lines(blocks: list[Node]) -> list[list[Node]]:
    lines: list[list[Node]] = []
    for block in blocks:
        if is_textblock(block):
            lines.append(content(block))
        elif block["type"] == "list_item":
            inside = _lines(content(block))
            lines += [[text("• "), *inside[0]], *inside[1:]] if inside else []
        elif block["type"] == "code_block":
            lines += [[text(row, [{"type": "code"}])] for row in words_in(block).split("\n") if row]
        else:
            lines += _lines(content(block))
    return lines
