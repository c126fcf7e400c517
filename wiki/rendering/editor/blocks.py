"""What the parser found, as blocks of the tree."""

from collections.abc import Callable

from markdown_it.token import Token

from wiki.rendering.editor.inlines import Unknown, inline_nodes
from wiki.rendering.editor.tree import Node, node, text

__all__ = ["Unknown", "block_nodes"]


def block_nodes(tokens: list[Token]) -> list[Node]:
    """The blocks that tokens tell of. Raises Unknown for what the tree cannot hold."""
    made: list[Node] = []
    index = 0
    while index < len(tokens):
        end = _end(tokens, index)
        made.append(_block(tokens[index:end]))
        index = end
    return made


def _end(tokens: list[Token], start: int) -> int:
    depth: int = tokens[start].nesting
    index = start + 1
    while depth > 0:
        depth += tokens[index].nesting
        index += 1
    return index


def _block(group: list[Token]) -> Node:
    kind = group[0].type.removesuffix("_open")
    if kind not in _READERS:
        raise Unknown(kind)
    return _READERS[kind](group)


def _paragraph(group: list[Token]) -> Node:
    return node("paragraph", inline_nodes(group[1].children))


def _heading(group: list[Token]) -> Node:
    return node("heading", inline_nodes(group[1].children), level=int(group[0].tag[1]))


def _blockquote(group: list[Token]) -> Node:
    return node("blockquote", block_nodes(group[1:-1]))


def _callout(group: list[Token]) -> Node:
    meta = group[0].meta
    form = "fence" if group[0].markup.startswith(":") else "quote"
    return node("callout", block_nodes(group[1:-1]), kind=meta["kind"], title=meta["title"], form=form)


def _list(group: list[Token]) -> Node:
    opening, inside = group[0], group[1:-1]
    tight = all(token.hidden for token in inside if token.type == "paragraph_open" and token.level == opening.level + 2)
    if opening.type == "bullet_list_open":
        return node("bullet_list", block_nodes(inside), tight=tight, bullet=opening.markup)
    start = int(opening.attrs.get("start", 1))
    return node("ordered_list", block_nodes(inside), tight=tight, order=start, delim=opening.markup)


def _item(group: list[Token]) -> Node:
    task = group[0].meta.get("task")
    return node("list_item", block_nodes(group[1:-1]), checked=None if task is None else task == "done")


def _code(group: list[Token]) -> Node:
    code = group[0].content.removesuffix("\n")
    return node("code_block", [text(code)] if code else [], params=group[0].info.strip())


def _rule(group: list[Token]) -> Node:
    return node("horizontal_rule")


def _table(group: list[Token]) -> Node:
    rows: list[Node] = []
    for index, token in enumerate(group):
        if token.type == "tr_open":
            rows.append(node("table_row", []))
        elif token.type in ("th_open", "td_open"):
            align = str(token.attrs.get("class", "")).removeprefix("align-") or None
            said = node("paragraph", inline_nodes(group[index + 1].children, in_cell=True))
            kind = "table_header" if token.type == "th_open" else "table_cell"
            rows[-1]["content"].append(node(kind, [said], align=align))
    return node("table", rows)


_READERS: dict[str, Callable[[list[Token]], Node]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "blockquote": _blockquote,
    "callout": _callout,
    "bullet_list": _list,
    "ordered_list": _list,
    "list_item": _item,
    "fence": _code,
    "code_block": _code,
    "hr": _rule,
    "table": _table,
}
