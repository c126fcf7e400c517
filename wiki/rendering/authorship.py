"""Who wrote what stands on a page: the author of the last change of each paragraph."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from wiki.rendering.myers import Work, differences
from wiki.rendering.paragraphs import split

Author = TypeVar("Author")


@dataclass(frozen=True)
class _Origin:
    """Where a paragraph last changed: the index of that revision."""

    paragraph: str
    revision: int


def who_wrote(revisions: Sequence[tuple[Author, str]]) -> list[tuple[str, Author, int]]:
    """(paragraph, author, index of the revision that last changed it) for each paragraph of the newest text.

    `revisions` are (author, body) from the oldest to the newest. A paragraph that only moved keeps its author.
    """
    known: list[_Origin] = []
    work = Work()
    for index, (_author, body) in enumerate(revisions):
        if index == 0 or body != revisions[index - 1][1]:
            known = _carried(known, split(body).keys, index, work)
    return [(origin.paragraph, revisions[origin.revision][0], origin.revision) for origin in known]


def _carried(before: list[_Origin], now: list[str], revision: int, work: Work) -> list[_Origin]:
    """Origins of the paragraphs of `now`; new and changed ones begin in `revision`."""
    hunks = None if work.over else differences([origin.paragraph for origin in before], now, work)
    if hunks is None:
        return _moved(before, now, revision)
    found: list[_Origin] = []
    leaving = [origin for hunk in hunks for origin in before[hunk.old_start : hunk.old_end]]
    entering = _moved(leaving, [text for hunk in hunks for text in now[hunk.new_start : hunk.new_end]], revision)
    done = 0
    for hunk in hunks:
        found += before[done : hunk.old_start]
        count = hunk.new_end - hunk.new_start
        found += entering[:count]
        entering = entering[count:]
        done = hunk.old_end
    return found + before[done:]


def _moved(before: list[_Origin], now: list[str], revision: int) -> list[_Origin]:
    """The same paragraph elsewhere is a move; each old paragraph serves once."""
    waiting: defaultdict[str, list[_Origin]] = defaultdict(list)
    for origin in reversed(before):
        waiting[origin.paragraph].append(origin)
    return [waiting[text].pop() if waiting[text] else _Origin(text, revision) for text in now]
