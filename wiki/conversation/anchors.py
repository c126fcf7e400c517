"""Where a passage stands in a text, and where it stands after the text was edited. Pure functions, no database.

A passage is a place (from, to) in the Markdown source. Through an edit it follows its words, as the comparison of texts
sees them: words put in between belong to it, words taken out do not. When less than half of it is left, it is looked
for as a whole somewhere else; when it is not there it has gone, and its place is None.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from wiki.conversation.visible import Word, best, fitting, keys_of, occurrences, said_at, visible_words
from wiki.rendering.myers import Hunk, differences
from wiki.rendering.paragraphs import Blocks, split
from wiki.rendering.words import tokens

Place: TypeAlias = tuple[int, int]

#: Words kept of what stands before and after a passage.
AROUND = 8
#: A passage that turns up elsewhere is taken for the same if it has so many words, or so many around it agree.
TELLING, SURE = 3, 2
#: One that had gone is taken for the same only by more.
TELLING_LATER, SURE_LATER = 5, 3


@dataclass(frozen=True)
class Passage:
    """What a passage says, and the words around it."""

    text: str
    before: str
    after: str


@dataclass(frozen=True)
class _Run:
    """Text that is in both: old[start:end] stands at `to` now."""

    start: int
    end: int
    to: int


def passage_at(source: str, place: Place) -> Passage:
    """What stands at a place, and around it."""
    words = visible_words(source)
    first = bisect_left([word.end for word in words], place[0] + 1)
    last = bisect_left([word.start for word in words], place[1])
    before = " ".join(word.key for word in words[max(0, first - AROUND) : first])
    return Passage(said_at(source, place), before, " ".join(word.key for word in words[last : last + AROUND]))


def placed(source: str, quote: str, before: str = "", after: str = "") -> list[Place]:
    """The places where the words of a quote stand as readers see them; several only if what is around cannot tell them apart."""
    words, wanted = visible_words(source), keys_of(quote)
    found = best(words, wanted, keys_of(before)[-AROUND:], keys_of(after)[:AROUND])
    return [(words[at].start, words[at + len(wanted) - 1].end) for at in found]


def moved(old: str, new: str, places: Sequence[Place]) -> list[Place | None]:
    """Where the passages at `places` of the old text stand in the new one."""
    if old == new:
        return list(places)
    runs = _runs(old, new, places)
    found: list[Place | None] = []
    lost = _Lost(old, new)
    for place in places:
        there = _carried(old, runs, place)
        found.append(there if there is not None else lost.elsewhere(passage_at(old, place)))
    return found


def found_again(old: str, new: str, passage: Passage) -> Place | None:
    """The place of a passage that had gone from the text, if this edit brought it back."""
    before, after, wanted = visible_words(old), visible_words(new), keys_of(passage.text)
    if occurrences(before, wanted):
        return None
    return _one(after, wanted, passage, TELLING_LATER, SURE_LATER)


class _Lost:
    """Passages of which too little is left where they were: looked for as a whole, in texts read once."""

    def __init__(self, old: str, new: str) -> None:
        self._texts = old, new
        self._words: tuple[list[Word], list[Word]] | None = None

    def elsewhere(self, passage: Passage) -> Place | None:
        if self._words is None:
            self._words = visible_words(self._texts[0]), visible_words(self._texts[1])
        wanted = keys_of(passage.text)
        if len(occurrences(self._words[0], wanted)) != 1:
            return None  # what is there now may be one of the others
        return _one(self._words[1], wanted, passage, TELLING, SURE)


def _one(words: list[Word], wanted: list[str], passage: Passage, telling: int, sure: int) -> Place | None:
    found = occurrences(words, wanted)
    if len(found) != 1:
        return None
    at, length = found[0], len(wanted)
    if length < telling and fitting(words, at, length, passage.before.split(), passage.after.split()) < sure:
        return None
    return words[at].start, words[at + length - 1].end


def _runs(old: str, new: str, places: Sequence[Place]) -> list[_Run]:
    """What is in both texts, in order: whole paragraphs, and words of the changed ones that a passage touches."""
    before, after = split(old), split(new)
    old_at, new_at = _offsets(before), _offsets(after)
    hunks = differences(before.keys, after.keys)
    if hunks is None:
        hunks = [Hunk(0, len(before.blocks), 0, len(after.blocks))]
    runs: list[_Run] = []
    done = behind = 0
    for hunk in [*hunks, Hunk(len(before.blocks), len(before.blocks), len(after.blocks), len(after.blocks))]:
        for index, there in zip(range(done, hunk.old_start), range(behind, hunk.new_start), strict=True):
            start = old_at[index]
            runs.append(_Run(start, start + len(before.blocks[index].text), new_at[there]))
        start, end = _region(before, old_at, hunk.old_start, hunk.old_end)
        if any(place[0] < end and start < place[1] for place in places):
            first, last = _region(after, new_at, hunk.new_start, hunk.new_end)
            runs += _common(old[start:end], new[first:last], start, first)
        done, behind = hunk.old_end, hunk.new_end
    return runs


def _offsets(blocks: Blocks) -> list[int]:
    found, at = [], len(blocks.lead)
    for block in blocks.blocks:
        found.append(at)
        at += len(block.text) + len(block.gap)
    return found


def _region(blocks: Blocks, offsets: list[int], first: int, last: int) -> Place:
    if first == last:
        return 0, 0
    return offsets[first], offsets[last - 1] + len(blocks.blocks[last - 1].text)


def _common(old: str, new: str, start: int, to: int) -> list[_Run]:
    """The words that two pieces of text share in the same order."""
    before, after = tokens(old), tokens(new)
    hunks = differences(before, after)
    if hunks is None:
        return []
    runs: list[_Run] = []
    old_at, new_at = start, to
    done = 0
    for hunk in [*hunks, Hunk(len(before), len(before), len(after), len(after))]:
        length = sum(map(len, before[done : hunk.old_start]))
        if length:
            runs.append(_Run(old_at, old_at + length, new_at))
        old_at += length + sum(map(len, before[hunk.old_start : hunk.old_end]))
        new_at += length + sum(map(len, after[hunk.new_start : hunk.new_end]))
        done = hunk.old_end
    return runs


def _carried(old: str, runs: list[_Run], place: Place) -> Place | None:
    """The place as its words carry it; None when less than half of them are left together."""
    first = max(0, bisect_right([run.start for run in runs], place[0]) - 1)
    kept: list[tuple[int, int, int]] = []
    for run in runs[first:]:
        start, end = max(run.start, place[0]), min(run.end, place[1])
        if run.start >= place[1]:
            break
        if start < end:
            said = _letters(old[start:end])
            if said:
                inner = old[start:end]
                start += len(inner) - len(inner.lstrip())
                end -= len(inner) - len(inner.rstrip())
                kept.append((run.to + start - run.start, run.to + end - run.start, said))
    total = _letters(old[place[0] : place[1]])
    together = _together(kept, 2 * (place[1] - place[0]) + 200)
    if not together or 2 * sum(said for _start, _end, said in together) < total:
        return None
    return together[0][0], together[-1][1]


def _letters(text: str) -> int:
    return sum(map(len, keys_of(text)))


def _together(kept: list[tuple[int, int, int]], most: int) -> list[tuple[int, int, int]]:
    """The part of what is left that stands together: not torn apart by more text than the passage ever was."""
    groups: list[list[tuple[int, int, int]]] = []
    for piece in kept:
        if groups and piece[0] - groups[-1][-1][1] <= most:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return max(groups, key=lambda group: sum(said for _start, _end, said in group), default=[])
