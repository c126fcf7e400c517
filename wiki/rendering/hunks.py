"""One side of a merge: which blocks of the base it changed, and how the changes of two sides touch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wiki.rendering.comparison import bag, pair_similar, similarity
from wiki.rendering.myers import Hunk, differences
from wiki.rendering.paragraphs import Block, Blocks

_MUCH_THE_SAME = 0.5
_MOST_PAIRS = 2_500


@dataclass(frozen=True)
class Span:
    """base[start:end], which both, or only one, of the two sides changed by the hunks given."""

    start: int
    end: int
    left: tuple[Hunk, ...]
    right: tuple[Hunk, ...]


@dataclass(frozen=True)
class Side:
    """What one person made of the base. `hunks` are in order and do not overlap."""

    base: Blocks
    new: Blocks
    hunks: Sequence[Hunk]
    _places: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        done = behind = 0
        for hunk in [*self.hunks, Hunk(len(self.base.blocks), len(self.base.blocks), 0, 0)]:
            for index in range(done, hunk.old_start):
                self._places[index] = behind + index - done
            done, behind = hunk.old_end, hunk.new_end

    def counterpart(self, index: int) -> Block:
        """The block that the base's block, which this side did not change, became here."""
        return self.new.blocks[self._places[index]]

    def version(self, start: int, end: int, hunks: Sequence[Hunk]) -> tuple[Block, ...]:
        """This side's blocks for base[start:end], which `hunks` of it changed."""
        found: list[Block] = []
        done = start
        for hunk in hunks:
            found += [self.counterpart(index) for index in range(done, hunk.old_start)]
            found += self.new.blocks[hunk.new_start : hunk.new_end]
            done = hunk.old_end
        return (*found, *(self.counterpart(index) for index in range(done, end)))


def much_the_same(mine: Sequence[Block], theirs: Sequence[Block]) -> bool:
    """Whether two additions say the same in other words, so that keeping both would repeat it."""
    if len(mine) * len(theirs) > _MOST_PAIRS:
        return True
    others = [bag(block.key) for block in theirs]
    return any(similarity(bag(block.key), other) >= _MUCH_THE_SAME for block in mine for other in others)


def side_of(base: Blocks, new: Blocks) -> Side | None:
    """Compare a side with the base; None when they are too different."""
    hunks = differences(base.keys, new.keys)
    if hunks is None:
        return None
    return Side(base, new, [small for hunk in hunks for small in _refined(hunk, base.keys, new.keys)])


def _refined(hunk: Hunk, base: list[str], new: list[str]) -> list[Hunk]:
    """Cut a hunk where a paragraph was only reworded, so that its neighbours stay free for the other side."""
    old_texts, new_texts = base[hunk.old_start : hunk.old_end], new[hunk.new_start : hunk.new_end]
    if not old_texts or not new_texts:
        return [hunk]
    pairs = [(i, j) for i, j in pair_similar(old_texts, new_texts) if i is not None and j is not None]
    refined: list[Hunk] = []
    i, j = hunk.old_start, hunk.new_start
    for pair in [*pairs, (len(old_texts), len(new_texts))]:
        old_at, new_at = hunk.old_start + pair[0], hunk.new_start + pair[1]
        refined += _in_place(i, old_at, j, new_at)
        if old_at < hunk.old_end:
            refined.append(Hunk(old_at, old_at + 1, new_at, new_at + 1))
        i, j = old_at + 1, new_at + 1
    return refined


def _in_place(i: int, old_end: int, j: int, new_end: int) -> list[Hunk]:
    """What has no counterpart: as many new as old are taken one for one."""
    if i >= old_end and j >= new_end:
        return []
    if old_end - i == new_end - j:
        return [Hunk(i + step, i + step + 1, j + step, j + step + 1) for step in range(old_end - i)]
    return [Hunk(i, old_end, j, new_end)]


def spans(left: Iterable[Hunk], right: Iterable[Hunk]) -> list[Span]:
    """The places where anything changed, in order. Changes that touch the same block or the same gap share a span."""
    marked = sorted(
        [(hunk, True) for hunk in left] + [(hunk, False) for hunk in right],
        key=lambda entry: (entry[0].old_start, entry[0].old_end),
    )
    found: list[Span] = []
    for hunk, is_left in marked:
        lefts, rights = ((hunk,), ()) if is_left else ((), (hunk,))
        if found and _touches(found[-1], hunk, is_left):
            last = found.pop()
            found.append(
                Span(last.start, max(last.end, hunk.old_end), (*last.left, *lefts), (*last.right, *rights)),
            )
        else:
            found.append(Span(hunk.old_start, hunk.old_end, lefts, rights))
    return found


def _touches(span: Span, hunk: Hunk, is_left: bool) -> bool:
    if hunk.old_start < span.end:
        return True
    both_added = span.start == span.end == hunk.old_start == hunk.old_end
    return both_added and not (span.left if is_left else span.right)
