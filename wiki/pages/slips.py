"""Whether two texts differ by slips of the pen only: spaces, punctuation, letters in a word that was meant all the same."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+|~~")
#: Slips in one change; more of them are a rewrite.
MOST = 6
#: Shorter words are not forgiven: "now" and "not" differ by a letter.
SHORTEST = 4


@dataclass
class Slips:
    """How many slips were forgiven so far in one change."""

    count: int = 0

    def forgiven(self, number: int = 1) -> bool:
        self.count += number
        return self.count <= MOST


def only_slips(old: str, new: str, slips: Slips | None = None) -> bool:
    """Whether the new text says the same as the old one.

    Spaces, punctuation, capital letters and Markdown's signs may differ (struck text aside). Besides, a few words may be
    mended: one letter in words of four letters or more that begin the same and hold no digit; a word that stood there
    twice; words that were joined or parted. Scripts without capital letters are compared as they are.
    """
    if old == new:
        return True
    slips = slips or Slips()
    before, after = (_WORD.findall(text.casefold()) for text in (old, new))
    at = to = 0
    while at < len(before) or to < len(after):
        step = _step(before[at : at + 2], after[to : to + 2], before[at - 1 : at], after[to - 1 : to])
        if step is None or (step[2] and not slips.forgiven()):
            return False
        at, to = at + step[0], to + step[1]
    return True


def _step(before: list[str], after: list[str], left: list[str], right: list[str]) -> tuple[int, int, bool] | None:
    """How many words to go on in each text, and whether over a slip; None where the texts say different things."""
    if before[:1] == after[:1]:
        return 1, 1, False
    if before and after and _mended(before[0], after[0]):
        return 1, 1, True
    if len(before) == 2 and after and _cased(after[0]) and "".join(before) == after[0]:
        return 2, 1, True
    if len(after) == 2 and before and _cased(before[0]) and "".join(after) == before[0]:
        return 1, 2, True
    if before and before[:1] == left and _cased(before[0]):
        return 1, 0, True
    if after and after[:1] == right and _cased(after[0]):
        return 0, 1, True
    return None


def _cased(word: str) -> bool:
    """A word of letters that exist large and small."""
    return word.isalpha() and word.upper() != word.lower()


def _mended(old: str, new: str) -> bool:
    """Whether one letter was changed, added, left out or swapped with its neighbour, but not the first."""
    if min(len(old), len(new)) < SHORTEST or old[0] != new[0] or not (_cased(old) and _cased(new)):
        return False
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    old, new = old[start:], new[start:]
    swapped = old[:2] == new[:2][::-1] and old[2:] == new[2:]
    return old[1:] == new[1:] or old == new[1:] or old[1:] == new or swapped
