"""Lists as word processors write them: paragraphs with a marker in the text and a level in the style."""

import re
from dataclasses import dataclass

from wiki.rendering.editor.tree import LISTS, Node, content, node
from wiki.rendering.pasting.html import Element

#: A paragraph that is an item of a list; exists only until `gathered` has made lists of them.
ITEM = "item"

_LEVEL = re.compile(r"level(\d)")
_BULLET = re.compile(r"[·•▪◦‣§■●○➢\uf0b7\uf0a7\uf0d8-][\s\u00a0]+|o[\u00a0 ]{2,}")
_NUMBER = re.compile(r"\(?(?:(\d{1,3})|[a-z]{1,2}|[ivxlc]{1,6})[.)](?=[\s\u00a0]|$)[\s\u00a0]*", re.IGNORECASE)
_LENGTH = re.compile(r"(-?[\d.]+)(in|pt|px|cm|mm)?$")
_POINTS = {"in": 72.0, "pt": 1.0, "px": 0.75, "cm": 28.35, "mm": 2.835, None: 0.75}
_ONE_LEVEL = 36.0


@dataclass(frozen=True)
class Level:
    """How deep an item stands; from 1."""

    depth: int
    by_margin: bool = False


def level_of(paragraph: Element) -> Level | None:
    """The level of a paragraph that may be an item; None when nothing says that it is one.

    Where only its margin does (`by_margin`), it must also begin with a marker.
    """
    listed = paragraph.style.get("mso-list", "")
    if listed and listed not in ("none", "skip", "ignore"):
        found = _LEVEL.search(listed)
        return Level(int(found[1]) if found else 1)
    margin = _points(paragraph.style.get("margin-left", ""))
    if margin > 0 and _points(paragraph.style.get("text-indent", "")) < 0:
        return Level(max(1, round(margin / _ONE_LEVEL)), by_margin=True)
    return None


def marker_in(words: str) -> str:
    """The marker that a text begins with, its spaces included; "" for none."""
    found = _BULLET.match(words) or _NUMBER.match(words)
    return found[0] if found else ""


def item(level: Level, marker: str, line: list[Node]) -> Node:
    """A paragraph as an item."""
    number = _NUMBER.match(marker.strip())
    start = int(number[1]) if number and number[1] else 1
    return {"type": ITEM, "level": level.depth, "ordered": number is not None, "start": start, "content": line}


def gathered(blocks: list[Node]) -> list[Node]:
    """The blocks with items that follow each other made into lists, nested by their levels."""
    made: list[Node] = []
    open_lists: list[tuple[int, Node]] = []
    for block in blocks:
        if block["type"] != ITEM:
            made.append(block)
            open_lists = []
            continue
        while open_lists and open_lists[-1][0] > block["level"]:
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < block["level"] or not _is_same_sort(open_lists[-1][1], block):
            if open_lists and open_lists[-1][0] == block["level"]:
                open_lists.pop()
            begun = _list_for(block)
            (content(open_lists[-1][1])[-1]["content"] if open_lists else made).append(begun)
            open_lists.append((block["level"], begun))
        checked = block.get("checked")
        inside = [node("paragraph", block["content"]), *block.get("blocks", [])]
        open_lists[-1][1]["content"].append(node("list_item", inside, checked=checked))
    return made


def _list_for(block: Node) -> Node:
    return node("ordered_list", [], order=block["start"]) if block["ordered"] else node("bullet_list", [])


def _is_same_sort(begun: Node, block: Node) -> bool:
    assert begun["type"] in LISTS
    return bool((begun["type"] == "ordered_list") == block["ordered"])


def _points(length: str) -> float:
    found = _LENGTH.match(length)
    return (
        float(found[1]) * _POINTS[found[2]] if found and found[1].count(".") < 2 and found[1] not in ("-", ".") else 0.0
    )
