"""Two people's changes to one text, joined: paragraph by paragraph, in lists and tables line by line.

What only one side changed is taken as it wrote it, byte for byte. Where both changed the same paragraph in different
ways there is a conflict that holds all three versions: nothing that anybody typed is dropped.
"""

import re
from dataclasses import dataclass, field, replace

from wiki.rendering.hunks import Side, Span, much_the_same, side_of, spans
from wiki.rendering.items import as_items
from wiki.rendering.paragraphs import Block, Blocks, lines_of, split


@dataclass(frozen=True)
class TextConflict:
    """A place that both changed. A side that took it out is ""."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """The joined text in pieces: plain text, and conflicts for a person to decide."""

    parts: list[str | TextConflict] = field(default_factory=list)

    @property
    def conflicts(self) -> list[TextConflict]:
        return [part for part in self.parts if isinstance(part, TextConflict)]

    @property
    def text(self) -> str:
        """The whole text. While there are conflicts it holds mine at each, and is not to be stored."""
        return "".join(part if isinstance(part, str) else part.mine for part in self.parts)


@dataclass(frozen=True)
class _Clash:
    """A conflict on its way into the text; `gap` follows it."""

    base: tuple[Block, ...]
    mine: tuple[Block, ...]
    theirs: tuple[Block, ...]
    gap: str

    @property
    def sides(self) -> tuple[tuple[Block, ...], ...]:
        return self.base, self.mine, self.theirs


_Element = Block | _Clash


def merge_text(base: str, mine: str, theirs: str) -> Merged:
    """Join `mine` and `theirs`, which both began from `base`."""
    if mine == theirs or theirs == base:
        return Merged([mine] if mine else [])
    if mine == base:
        return Merged([theirs] if theirs else [])
    old, left, right = (split(text) for text in _with_the_same_line_ends(base, mine, theirs))
    elements = _merge(old, left, right)
    if elements is None:
        return Merged([TextConflict(base, mine, theirs)])
    lead, tail = _choose(old.lead, left.lead, right.lead), _choose(old.tail, left.tail, right.tail)
    return Merged(_joined(lead, elements, tail, "\r\n\r\n" if "\r\n" in mine else "\n\n"))


def _with_the_same_line_ends(base: str, mine: str, theirs: str) -> tuple[str, str, str]:
    """Line ends changed throughout by one side (an editor's doing) count as changed once, not in every line."""
    kinds = [_line_ends(text) for text in (base, mine, theirs)]
    if len(set(kinds)) == 1 or not all(kinds):
        return base, mine, theirs
    wanted = _choose(*kinds)
    converted = [re.sub(r"\r\n|\n", wanted, text) for text in (base, mine, theirs)]
    return converted[0], converted[1], converted[2]


def _line_ends(text: str) -> str:
    """The one kind of line ends in a text; "" for none or a mixture."""
    found = set(re.findall(r"\r\n|\r|\n", text))
    return found.pop() if len(found) == 1 and found != {"\r"} else ""


def _choose(base: str, mine: str, theirs: str) -> str:
    """What changed wins; if both changed it, mine."""
    return theirs if mine == base else mine


def _merge(base: Blocks, mine: Blocks, theirs: Blocks, items: bool = False) -> list[_Element] | None:
    """The blocks of the joined text; None when a side is too different to follow.

    With `items` the blocks are items of a list or rows of a table.
    """
    left, right = side_of(base, mine), side_of(base, theirs)
    if left is None or right is None:
        return None
    elements: list[_Element] = []
    done = 0
    for span in spans(left.hunks, right.hunks):
        elements += _untouched(base, left, right, done, span.start)
        elements += _changed(base, left, right, span, items)
        done = span.end
    return elements + _untouched(base, left, right, done, len(base.blocks))


def _untouched(base: Blocks, left: Side, right: Side, start: int, end: int) -> list[_Element]:
    """Blocks that neither changed; their line ends and gaps may still have been."""
    elements: list[_Element] = []
    for index in range(start, end):
        old, mine, theirs = base.blocks[index], left.counterpart(index), right.counterpart(index)
        elements.append(Block(_choose(old.text, mine.text, theirs.text), _gap(old, mine, theirs)))
    return elements


def _gap(old: Block, mine: Block, theirs: Block) -> str:
    """A side in which the block is the last one has nothing to say about the gap after it."""
    return _choose(old.gap, mine.gap or old.gap, theirs.gap or old.gap)


def _changed(base: Blocks, left: Side, right: Side, span: Span, items: bool) -> list[_Element]:
    """One place that at least one side changed."""
    old = base.blocks[span.start : span.end]
    mine = left.version(span.start, span.end, span.left)
    theirs = right.version(span.start, span.end, span.right)
    if not span.right or _keys(mine) == _keys(theirs):
        return list(mine)
    if not span.left:
        return list(theirs)
    both = None if old else _both_added(mine, theirs, items)
    if both is not None:
        return list(both)
    if not items and len(old) == len(mine) == len(theirs) == 1:
        inside = _merge_items(old[0], mine[0], theirs[0])
        if inside:
            return inside
    return [_Clash(old, mine, theirs, (mine or theirs or old)[-1].gap)]


def _keys(blocks: tuple[Block, ...]) -> list[str]:
    return [block.key for block in blocks]


def _both_added(mine: tuple[Block, ...], theirs: tuple[Block, ...], items: bool) -> tuple[Block, ...] | None:
    """Both put something in at the same place: both stay, the one saved first before the other.

    None for paragraphs that say much the same: a person should make one of them. List items are often alike.
    """
    if set(_keys(mine)) <= set(_keys(theirs)):
        return theirs
    if set(_keys(theirs)) <= set(_keys(mine)):
        return mine
    return None if not items and much_the_same(mine, theirs) else theirs + mine


def _merge_items(old: Block, mine: Block, theirs: Block) -> list[_Element] | None:
    """Lists and tables item by item; None where that is not safe."""
    pieces = as_items(old.text, mine.text, theirs.text)
    elements = _merge(pieces[0], pieces[1], pieces[2], items=True) if pieces else None
    if not elements:
        return None
    ended = [replace(element, gap=element.gap or "\n") for element in elements[:-1]]
    return [*ended, replace(elements[-1], gap=_gap(old, mine, theirs))]


def _joined(lead: str, elements: list[_Element], tail: str, blank: str) -> list[str | TextConflict]:
    """Text and conflicts in order, with a gap between any two blocks."""
    parts: list[str | TextConflict] = []
    words = lead
    for index, element in enumerate(elements):
        gap = tail if index + 1 == len(elements) else _between(element, elements[index + 1], blank)
        if isinstance(element, Block):
            words += element.text + gap
            continue
        parts += [words] if words else []
        parts.append(TextConflict(*(_side(blocks, gap, blank) for blocks in element.sides)))
        words = ""
    return parts + ([words] if words else [])


def _side(blocks: tuple[Block, ...], gap: str, blank: str) -> str:
    if not blocks:
        return ""
    return "".join(block.text + (block.gap or blank) for block in blocks[:-1]) + blocks[-1].text + gap


def _between(element: _Element, following: _Element, blank: str) -> str:
    """The gap as it was, unless two paragraphs that were apart would run into one."""
    if len(lines_of(element.gap)) > 1:
        return element.gap
    before = [element] if isinstance(element, Block) else [side[-1] for side in element.sides if side]
    after = [following] if isinstance(following, Block) else [side[0] for side in following.sides if side]
    apart = all(block.ends_itself for block in before) or all(block.begins_anew for block in after)
    return element.gap if element.gap and apart else blank
