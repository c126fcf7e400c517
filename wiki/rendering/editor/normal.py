"""Blocks in the one form in which Markdown can hold them. What is read is in it already, what is edited is put into it."""

from collections.abc import Callable

from wiki.rendering.editor.lines import tidy_line
from wiki.rendering.editor.tree import LISTS, Node, attr, content, is_textblock, node, text, words_in

#: What may follow a paragraph in a list item without a blank line between.
_INTERRUPTS = frozenset({"bullet_list", "ordered_list", "code_block", "blockquote", "callout", "heading"})
_ENDS_ITSELF = frozenset({"heading", "code_block"})


def tidy(blocks: list[Node]) -> list[Node]:
    """The blocks in that form; those with nothing in them are left out."""
    return [made for block in blocks if (made := _TIDY[block["type"]](block)) is not None]


def _paragraph(block: Node) -> Node | None:
    line = tidy_line(content(block))
    return node("paragraph", line) if line else None


def _heading(block: Node) -> Node | None:
    line = tidy_line(content(block), breaks=False)
    return {**block, "content": line} if line else None


def _quote(block: Node) -> Node | None:
    inside = tidy(content(block))
    return {**block, "content": inside} if inside else None


def _callout(block: Node) -> Node | None:
    inside, title = tidy(content(block)), attr(block, "title").strip()
    if not inside and not title:
        return None
    attrs = {**block.get("attrs", {}), "title": title}
    return node("callout", inside or [node("paragraph", [])], **attrs)


def _list(block: Node) -> Node | None:
    items = [_item(one) for one in content(block)]
    if not items:
        return None
    attrs = {**block.get("attrs", {}), "tight": _is_tight(block, items)}
    return node(block["type"], items, **attrs)


def _item(item: Node) -> Node:
    inside = tidy(content(item)) or [node("paragraph", [])]
    first = inside[0]
    is_task = first["type"] == "paragraph" and _begins_with_a_word(content(first))
    return node("list_item", inside, checked=attr(item, "checked") if is_task else None)


def _begins_with_a_word(line: list[Node]) -> bool:
    return bool(line) and not (line[0]["type"] == "text" and line[0]["text"][:1].isspace())


def _is_tight(block: Node, items: list[Node]) -> bool:
    """Where nobody could see a difference a list is tight; where blank lines are needed it is not."""
    said = any(one["type"] == "paragraph" and content(one) for item in items for one in content(item))
    separable = len(items) > 1 or len(content(items[0])) > 1
    if not said or not separable:
        return True
    return bool(attr(block, "tight")) and all(_may_be_tight(content(item)) for item in items)


def _may_be_tight(inside: list[Node]) -> bool:
    return all(_joins(one, following) for one, following in zip(inside, inside[1:], strict=False))


def _joins(one: Node, following: Node) -> bool:
    if one["type"] in _ENDS_ITSELF:
        return True
    if one["type"] != "paragraph" or following["type"] not in _INTERRUPTS:
        return False
    if following["type"] in LISTS:
        begins = content(following)[0]
        return attr(following, "order") in (None, 1) and content(content(begins)[0]) != []
    return True


def _code(block: Node) -> Node:
    code = words_in(block)
    return {**block, "content": [text(code)] if code else []}


def _rule(block: Node) -> Node:
    return node("horizontal_rule")


def _table(block: Node) -> Node | None:
    """Rows of one length, a head, one alignment for each column; without empty rows at the end."""
    rows = [[_cell(cell) for cell in content(row)] for row in content(block)]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    if not width:
        return None
    head = content(content(block)[0])
    aligned = [attr(cell, "align") for cell in head] + [None] * (width - len(head))
    made = []
    for number, row in enumerate(rows):
        kind = "table_cell" if number else "table_header"
        padded = row + [[] for _column in range(width - len(row))]
        cells = zip(padded, aligned, strict=True)
        made.append(node("table_row", [node(kind, [node("paragraph", line)], align=align) for line, align in cells]))
    return node("table", made)


def _cell(cell: Node) -> list[Node]:
    """The one line that a cell can hold: several become lines with breaks between."""
    line: list[Node] = []
    for block in content(cell):
        said = content(block) if is_textblock(block) else []
        line += [node("hard_break"), *said] if line and said else said
    return tidy_line(line)


def _source(block: Node) -> Node | None:
    words = words_in(block).strip("\r\n")
    return {**block, "content": [text(words)]} if words.strip(" \t\r\n") else None


_TIDY: dict[str, Callable[[Node], Node | None]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "blockquote": _quote,
    "callout": _callout,
    "bullet_list": _list,
    "ordered_list": _list,
    "code_block": _code,
    "horizontal_rule": _rule,
    "table": _table,
    "source": _source,
}
