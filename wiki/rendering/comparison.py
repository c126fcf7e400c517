"""Two texts compared for people: paragraph by paragraph, and word by word inside those that changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from wiki.rendering.marked import Marked
from wiki.rendering.myers import Work, differences
from wiki.rendering.paragraphs import split
from wiki.rendering.words import joined, tokens

SIMILAR = 0.4
_MOST_PAIRS = 2_500
#: Characters of one paragraph that are folded even where it stands alone.
LONG = 400


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A run of text that is the same, added or removed."""

    kind: Change
    text: str


@dataclass(frozen=True)
class ParagraphChange:
    """One paragraph of either text. `old` is "" for an added one, `new` for a removed one.

    A changed paragraph has `pieces`; without them the two are too different and are shown side by side.
    Who shows it to a reader may add how it looks: `shown` (or `same`, where nothing changed), and whether the text
    `hides` marks that cannot be seen then.
    """

    kind: Change
    old: str
    new: str
    pieces: list[Piece] | None = None
    shown: Marked | None = None
    same: Markup | None = None
    hides: bool = False

    @property
    def side_by_side(self) -> bool:
        return self.kind is Change.CHANGED and self.pieces is None


@dataclass(frozen=True)
class Fold:
    """Paragraphs that are the same in both and far from any change."""

    paragraphs: list[ParagraphChange]


def folded(changes: Sequence[ParagraphChange]) -> list[ParagraphChange | Fold]:
    """The changes with one paragraph around each for its place; longer runs of what is the same are folded."""
    shown: list[ParagraphChange | Fold] = []
    run: list[ParagraphChange] = []
    for change in [*changes, None]:
        if change is not None and change.kind is Change.SAME:
            run.append(change)
            continue
        before, after = int(bool(shown)), int(change is not None)
        away = run[before : len(run) - after]
        if len(away) > 1 or sum(len(one.new) for one in away) > LONG:
            shown += [*run[:before], Fold(away), *run[len(run) - after :]]
        else:
            shown += run
        run = []
        shown += [change] if change is not None else []
    return shown


def words(old: str, new: str, work: Work | None = None) -> list[Piece]:
    """The way from one text to the other, word by word; all removed and all added when they are too different."""
    pieces = _words(old, new, work or Work())
    if pieces is not None:
        return pieces
    return [Piece(kind, text) for kind, text in ((Change.REMOVED, old), (Change.ADDED, new)) if text]


def paragraphs(old: str, new: str, work: Work | None = None) -> list[ParagraphChange]:
    """Every paragraph in reading order; removed ones stand before what replaced them."""
    work = work or Work()
    before, after = split(old), split(new)
    hunks = differences(before.keys, after.keys, work)
    if hunks is None:
        return [ParagraphChange(Change.CHANGED, old, new)]
    changes: list[ParagraphChange] = []
    done = 0
    for hunk in hunks:
        changes += _same(after.keys[hunk.new_start - (hunk.old_start - done) : hunk.new_start])
        changes += _changed(before.keys[hunk.old_start : hunk.old_end], after.keys[hunk.new_start : hunk.new_end], work)
        done = hunk.old_end
    return changes + _same(before.keys[done:])


def _same(texts: Sequence[str]) -> list[ParagraphChange]:
    return [ParagraphChange(Change.SAME, text, text) for text in texts]


def _changed(old: Sequence[str], new: Sequence[str], work: Work) -> list[ParagraphChange]:
    changes: list[ParagraphChange] = []
    for before, after in pair_similar(old, new):
        if before is None:
            changes += [ParagraphChange(Change.ADDED, "", new[after])] if after is not None else []
        elif after is None:
            changes.append(ParagraphChange(Change.REMOVED, old[before], ""))
        else:
            pieces = _words(old[before], new[after], work)
            changes.append(ParagraphChange(Change.CHANGED, old[before], new[after], pieces))
    return changes


def _words(old: str, new: str, work: Work) -> list[Piece] | None:
    if work.over:
        return None
    before, after = tokens(old), tokens(new)
    hunks = differences(before, after, work)
    if hunks is None:
        return None
    pieces: list[Piece] = []
    done = 0
    for hunk in joined(hunks, before):
        for kind, run in (
            (Change.SAME, before[done : hunk.old_start]),
            (Change.REMOVED, before[hunk.old_start : hunk.old_end]),
            (Change.ADDED, after[hunk.new_start : hunk.new_end]),
        ):
            if run:
                pieces.append(Piece(kind, "".join(run)))
        done = hunk.old_end
    if before[done:]:
        pieces.append(Piece(Change.SAME, "".join(before[done:])))
    return pieces


def similarity(old: Counter[str], new: Counter[str]) -> float:
    """How much two bags of words share: 0 for nothing, 1 for all (Dice)."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


def bag(text: str) -> Counter[str]:
    return Counter(token for token in tokens(text) if not token.isspace())


def pair_similar(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Which old paragraph became which new one: index pairs in order, None for what has no counterpart.

    The order is kept. With very many paragraphs only those in the same place are paired.
    """
    pairs = _best_pairs(old, new) if len(old) * len(new) <= _MOST_PAIRS else _pairs_in_place(old, new)
    found: list[tuple[int | None, int | None]] = []
    i = j = 0
    for before, after in [*pairs, (len(old), len(new))]:
        found += [(index, None) for index in range(i, before)]
        found += [(None, index) for index in range(j, after)]
        if before < len(old):
            found.append((before, after))
        i, j = before + 1, after + 1
    return found


def _pairs_in_place(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    both = range(min(len(old), len(new)))
    return [(i, i) for i in both if similarity(bag(old[i]), bag(new[i])) >= SIMILAR]


def _best_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs in order whose likeness adds up to most."""
    olds, news = [bag(text) for text in old], [bag(text) for text in new]
    alike = [[similarity(x, y) for y in news] for x in olds]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= SIMILAR else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= SIMILAR and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
