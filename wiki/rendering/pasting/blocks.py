"""Cleaned HTML as blocks of the tree."""

import re
from collections.abc import Callable

from wiki.rendering.editor.lines import tidy_line
from wiki.rendering.editor.tree import Node, content, is_textblock, marked, marks_of, node, text
from wiki.rendering.pasting.html import Element
from wiki.rendering.pasting.links import plain_address
from wiki.rendering.pasting.lists import ITEM, gathered, item, level_of, marker_in
from wiki.rendering.pasting.marks import Marks, is_unseen, with_marks
from wiki.rendering.pasting.tables import filled, one_line, rows_of

_BLOCKS = frozenset(
    """address article aside blockquote caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section summary table ul""".split()
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_WIDE = re.compile(r"[ \u00a0]{2,}")
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_LANGUAGE = re.compile(r"(?:language|lang|highlight-source)-([\w+#.-]{1,40})")


def blocks_of(element: Element, marks: Marks | None = None, depth: int = 0) -> list[Node]:
    """The blocks that an element holds."""
    reader = Reader(marks or {}, depth)
    reader.read(element)
    return reader.finished()


class Reader:
    """Goes through the children of an element: words into the line at hand, blocks behind each other."""

    def __init__(self, marks: Marks, depth: int) -> None:
        self.marks = marks
        self.depth = depth
        self.blocks: list[Node] = []
        self.line: list[Node] = []
        self.marker = ""
        self.checked: bool | None = None

    def finished(self) -> list[Node]:
        self._end_line()
        return gathered(self.blocks)

    def read(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, str):
                self._words(_SPACES.sub(" ", child))
            elif not is_unseen(child):
                self._element(child)

    def _element(self, one: Element) -> None:
        if one.tag in _WRITERS:
            _WRITERS[one.tag](self, one)
        elif one.tag in _BLOCKS:
            self._paragraph(one)
        else:
            self._inline(one)

    # --- words

    def _words(self, words: str) -> None:
        words = _UNSEEN.sub("", _WIDE.sub(" ", words))
        if words.startswith(" ") and self.line and self.line[-1].get("text", "").endswith(" "):
            words = words[1:]
        if words:
            self.line.append(text(words, self.marks.values()))

    def _inline(self, one: Element) -> None:
        if one.style.get("mso-list") == "ignore":
            self.marker += one.text()
            return
        before = self.marks
        self.marks = with_marks(one, before)
        self.read(one)
        self.marks = before

    def _link(self, one: Element) -> None:
        address = plain_address(one.attrs.get("href", ""))
        before = self.marks
        if address is not None and "link" not in before:
            self.marks = {**before, "link": {"type": "link", "attrs": {"href": address}}}
        self.read(one)
        self.marks = before

    def _picture(self, one: Element) -> None:
        """Pictures of the web stay pictures; others are not on the clipboard, and dots of one pixel only count readers."""
        source, alt = one.attrs.get("src", ""), " ".join(one.attrs.get("alt", "").split())
        if one.attrs.get("width") in ("0", "1") or one.attrs.get("height") in ("0", "1"):
            return
        if source.startswith(("http://", "https://")):
            shown = node("image", src=source, alt=alt)
            self.line.append(marked(shown, [mark for mark in self.marks.values() if mark["type"] != "code"]))
        else:
            self._words(alt)

    def _break(self, one: Element) -> None:
        self.line.append(node("hard_break"))

    def _box(self, one: Element) -> None:
        if one.attrs.get("type") == "checkbox" and self.checked is None:
            self.checked = "checked" in one.attrs

    def _raised(self, one: Element) -> None:
        """Figures are raised or lowered as signs of their own; "1st" loses nothing as plain text."""
        words = one.words()
        self._words(words.translate(_RAISED if one.tag == "sup" else _LOWERED) if words.isdigit() else words)

    # --- blocks

    def _end_line(self, level: int = 0) -> None:
        if not self.line:
            return
        line = tidy_line(self.line, breaks=not level)
        self.line = []
        if all(one["type"] in ("text", "hard_break") and not one.get("text", "").strip() for one in line):
            return
        if level:
            if all(any(mark["type"] == "strong" for mark in marks_of(one)) for one in line):
                line = [marked(one, [mark for mark in marks_of(one) if mark["type"] != "strong"]) for one in line]
            self.blocks.append(node("heading", line, level=level))
        else:
            self.blocks.append(node("paragraph", line))

    def _paragraph(self, one: Element) -> None:
        self._end_line()
        level = level_of(one)
        if level is not None and self._item(one):
            return
        self.read(one)
        self._end_line(1 if "MsoTitle" in one.classes else 0)

    def _item(self, one: Element) -> bool:
        """A paragraph of a word processor that is an item of a list; False when it is none after all."""
        level = level_of(one)
        assert level is not None
        inside = Reader(self.marks, self.depth)
        inside.read(one)
        marker = inside.marker
        if not marker and inside.line and inside.line[0]["type"] == "text":
            words = inside.line[0]["text"] + "".join(part.get("text", "") for part in inside.line[1:3])
            marker = marker_in(words.lstrip(" "))
            inside.line = _without_first(inside.line, marker)
        if (level.by_margin and not marker) or inside.blocks:
            return False
        self.blocks.append(item(level, marker, tidy_line(inside.line)))
        return True

    def _heading(self, one: Element) -> None:
        self._end_line()
        self.read(one)
        self._end_line(int(one.tag[1]))

    def _quote(self, one: Element) -> None:
        self._end_line()
        inside = blocks_of(one, self.marks, self.depth)
        if inside:
            self.blocks.append(node("blockquote", inside))

    def _rule(self, one: Element) -> None:
        self._end_line()
        self.blocks.append(node("horizontal_rule"))

    def _code(self, one: Element) -> None:
        self._end_line()
        found = _LANGUAGE.search(" ".join(part.attrs.get("class", "") for part in [one, *one.elements]))
        code = _lines_of(one).strip("\n")
        self.blocks.append(node("code_block", [text(code)] if code else [], params=found[1] if found else ""))

    def _list(self, one: Element) -> None:
        self._end_line()
        items = [part for part in one.elements if part.tag in ("li", "ul", "ol")]
        depth = self.depth + 1
        if any(_level(part) for part in items):
            self._levelled(one, items)
            return
        made: list[Node] = []
        for part in items:
            if part.tag == "li":
                made.append(self._list_item(part, depth))
            else:
                inside = Reader(self.marks, depth)
                inside._list(part)
                made = made or [node("list_item", [])]
                made[-1]["content"] = [*content(made[-1]), *inside.finished()]
        if made and one.tag == "ol":
            start = one.attrs.get("start", "")
            self.blocks.append(
                node("ordered_list", made, order=int(start) if start.isdecimal() and len(start) < 9 else 1)
            )
        elif made:
            self.blocks.append(node("bullet_list", made))

    def _list_item(self, one: Element, depth: int) -> Node:
        inside = Reader(self.marks, depth)
        inside.read(one)
        blocks = inside.finished()
        return node("list_item", blocks or [node("paragraph", [])], checked=inside.checked)

    def _levelled(self, one: Element, items: list[Element]) -> None:
        """Items that say how deep they stand, each perhaps in a list of its own."""
        for part in items:
            if part.tag != "li":
                self._list(part)
                continue
            blocks = blocks_of(part, self.marks, self.depth + 1)
            first = content(blocks[0]) if blocks and is_textblock(blocks[0]) else []
            self.blocks.append(
                {
                    "type": ITEM,
                    "level": _level(part) or self.depth + 1,
                    "ordered": one.tag == "ol",
                    "start": 1,
                    "content": first,
                    "blocks": blocks[1:] if first else blocks,
                }
            )

    def _table(self, one: Element) -> None:
        self._end_line()
        rows = [[part for part in row.elements if part.tag in ("td", "th")] for row in rows_of(one)]
        rows = [row for row in rows if row]
        for caption in [part for part in one.elements if part.tag == "caption"]:
            self.blocks += blocks_of(caption, self.marks, self.depth)
        if len(rows) == 1 and len(rows[0]) == 1:
            self.blocks += blocks_of(rows[0][0], self.marks, self.depth)
        elif rows:
            self.blocks.append(node("table", [self._row(row, number == 0) for number, row in enumerate(filled(rows))]))

    def _row(self, cells: list[Element | None], head: bool) -> Node:
        made = []
        for cell in cells:
            line = one_line(blocks_of(cell, self.marks, self.depth)) if cell is not None else []
            if head:
                line = [marked(one, [mark for mark in marks_of(one) if mark["type"] != "strong"]) for one in line]
            align = (cell.style.get("text-align") or cell.attrs.get("align")) if cell is not None else None
            kind = "table_header" if head else "table_cell"
            align = align if align in ("center", "right") else None
            made.append(node(kind, [node("paragraph", line)], align=align))
        return node("table_row", made)


_WRITERS: dict[str, Callable[[Reader, Element], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Reader._heading),
    **dict.fromkeys(("ul", "ol"), Reader._list),
    **dict.fromkeys(("sup", "sub"), Reader._raised),
    "a": Reader._link,
    "blockquote": Reader._quote,
    "br": Reader._break,
    "hr": Reader._rule,
    "img": Reader._picture,
    "input": Reader._box,
    "pre": Reader._code,
    "table": Reader._table,
}


def _without_first(line: list[Node], words: str) -> list[Node]:
    """The line without so many characters at its beginning."""
    kept = list(line)
    kept[0] = {**kept[0], "text": kept[0]["text"].lstrip(" ")} if words else kept[0]
    left = len(words)
    while kept and left and kept[0]["type"] == "text":
        taken = min(left, len(kept[0]["text"]))
        kept[0] = {**kept[0], "text": kept[0]["text"][taken:]}
        left -= taken
        if not kept[0]["text"]:
            kept.pop(0)
    return kept


def _lines_of(one: Element) -> str:
    parts = []
    for child in one.children:
        if isinstance(child, str):
            parts.append(child)
        else:
            parts.append("\n" if child.tag == "br" else _lines_of(child) + ("\n" if child.tag in ("div", "p") else ""))
    return "".join(parts).replace("\u00a0", " ")


def _level(one: Element) -> int:
    level = one.attrs.get("aria-level", "")
    return int(level) if level.isdecimal() and len(level) < 3 else 0
