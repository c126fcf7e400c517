"""The shortest way from one sequence to another (Myers 1986), with an end to its patience.

Common ends are cut off first. Then at most `MOST_EDITS` insertions and deletions are looked for, and at most
`MOST_STEPS` comparisons made: past either the two are "too different", which is an honest answer and a quick one.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

MOST_TOKENS = 20_000
MOST_EDITS = 1_200
MOST_STEPS = 3_000_000


@dataclass
class Work:
    """Counts steps over one or several comparisons that share a budget."""

    steps: int = 0
    limit: int = MOST_STEPS

    @property
    def over(self) -> bool:
        return self.steps > self.limit


@dataclass(frozen=True)
class Hunk:
    """old[old_start:old_end] became new[new_start:new_end]; one of the two may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def differences(old: Sequence[Hashable], new: Sequence[Hashable], work: Work | None = None) -> list[Hunk] | None:
    """The hunks in order, none for equal sequences; None when the two are too different to compare."""
    work = work or Work()
    start, old_end, new_end = _trim(old, new)
    a, b = _numbered(old[start:old_end], new[start:new_end])
    if not a or not b:
        return [Hunk(start, old_end, start, new_end)] if a or b else []
    if len(a) > MOST_TOKENS or len(b) > MOST_TOKENS:
        return None
    trace = _search(a, b, work)
    return None if trace is None else _hunks(trace, len(a), len(b), start)


def _trim(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int, int]:
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    old_end, new_end = len(old), len(new)
    while old_end > start and new_end > start and old[old_end - 1] == new[new_end - 1]:
        old_end -= 1
        new_end -= 1
    return start, old_end, new_end


def _numbered(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """Small numbers for equal things: quick to compare."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(x, len(numbers)) for x in old], [numbers.setdefault(x, len(numbers)) for x in new]


def _search(a: list[int], b: list[int], work: Work) -> list[list[int]] | None:
    """For each number of edits d, how far each diagonal -d..d was reached before it; None when patience ends."""
    n, m = len(a), len(b)
    middle = MOST_EDITS + 1
    reached = [0] * (2 * middle + 1)
    trace: list[list[int]] = []
    for d in range(MOST_EDITS + 1):
        trace.append(reached[middle - d - 1 : middle + d + 2])
        for k in range(-d + 2 * max(0, d - m), d - 2 * max(0, d - n) + 1, 2):
            down = k == -d or (k != d and reached[middle + k - 1] < reached[middle + k + 1])
            x = begin = reached[middle + k + 1] if down else reached[middle + k - 1] + 1
            y = x - k
            while x < n and y < m and a[x] == b[y]:
                x += 1
                y += 1
            reached[middle + k] = x
            work.steps += x - begin + 1
            if x >= n and y >= m:
                return trace
        if work.over:
            return None
    return None


def _hunks(trace: list[list[int]], x: int, y: int, start: int) -> list[Hunk]:
    """Walk back from the end, joining edits that touch."""
    hunks: list[Hunk] = []
    for d in range(len(trace) - 1, 0, -1):
        reached, k = trace[d], x - y
        here = d + 1 + k  # the place of diagonal k in the slice that begins at diagonal -d-1
        down = k == -d or (k != d and reached[here - 1] < reached[here + 1])
        before_x = reached[here + 1] if down else reached[here - 1]
        before_y = before_x - (k + 1 if down else k - 1)
        after_x, after_y = (before_x, before_y + 1) if down else (before_x + 1, before_y)
        hunk = Hunk(before_x + start, after_x + start, before_y + start, after_y + start)
        if hunks and hunks[-1].old_start == hunk.old_end and hunks[-1].new_start == hunk.new_end:
            hunk = Hunk(hunk.old_start, hunks[-1].old_end, hunk.new_start, hunks.pop().new_end)
        hunks.append(hunk)
        x, y = before_x, before_y
    hunks.reverse()
    return hunks
