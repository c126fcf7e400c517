"""Takes an edit over into the source as it was written, so that what was not edited keeps its line breaks and spacing.

Three texts: `base`, the block before the edit written anew; `mine`, the block after it written anew; and `source`, as
its author wrote it. Where `mine` differs from `base` is the edit; where `source` differs from `base` is the author's
manner. The caller checks what comes out, so this may guess.
"""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from wiki.rendering.myers import Hunk, Work, differences

_TOKEN = re.compile(r"(\s*)([^\W_]+|([^\w\s]|_)\3*|$)")
MOST_STEPS = 400_000


@dataclass(frozen=True)
class _Token:
    """A word, or a sign as often as it is repeated, with the spaces before it; the last of a text is empty."""

    gap: str
    sign: str


def edited(base: str, mine: str, source: str) -> str | None:
    """The source with the edit; None when the texts are too far from each other."""
    before, after, written = _tokens(base), _tokens(mine), _tokens(source)
    here = _partners(before, after)
    there = _partners([token.sign for token in before], [token.sign for token in written])
    if here is None or there is None:
        return None
    out: list[_Token] = []
    at, mine_at, source_at = 0, 0, 0
    for index in [*range(len(before)), len(before)]:
        to_mine = here[index] if index < len(before) else len(after)
        to_source = there[index] if index < len(before) else len(written)
        if to_mine is None or to_source is None:
            continue
        old, new, kept = before[at:index], after[mine_at:to_mine], written[source_at:to_source]
        out += kept if old == new else _in_their_manner(old, new, kept)
        if index < len(before):
            broken = old and not new and kept and "\n" in kept[0].gap
            out.append(_Token(kept[0].gap, written[to_source].sign) if broken else written[to_source])
        at, mine_at, source_at = index + 1, to_mine + 1, to_source + 1
    return "".join(token.gap + token.sign for token in out)


def _in_their_manner(old: list[_Token], new: list[_Token], kept: list[_Token]) -> list[_Token]:
    """New words; where they replace others they stand on the line on which those stood."""
    if old and new and kept and old[0].gap == new[0].gap:
        return [_Token(kept[0].gap, new[0].sign), *new[1:]]
    return new


def _tokens(text: str) -> list[_Token]:
    return [_Token(found[1], found[2]) for found in _TOKEN.finditer(text)]


def _partners(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[int | None] | None:
    """For each token the index of the same one in the other text."""
    hunks = differences(old, new, Work(limit=MOST_STEPS))
    if hunks is None:
        return None
    found: list[int | None] = []
    shift = 0
    for hunk in [*hunks, Hunk(len(old), len(old), len(new), len(new))]:
        found += range(len(found) + shift, hunk.old_start + shift)
        found += [None] * (hunk.old_end - hunk.old_start)
        shift = hunk.new_end - hunk.old_end
    return found
