"""The words of a Markdown text that its readers see, each with its place in the source; and where some of them stand.

Marks, addresses, tags and labels are passed over, so that words selected on the page are found in its source.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: What stands in a source and is not read as words.
_UNSEEN = re.compile(
    r"<!--.*?-->"  # comments
    r"|</?[A-Za-z][^<>\n]{0,300}>"  # tags
    r"|!\[[^\]\n]*\]\([^)\n]*\)"  # pictures
    r"|\]\([^)\n]*\)"  # addresses of links
    r"|\]\[[^\]\n]*\]"
    r"|\[\^[^\]\n]+\]:?"  # notes
    r"|^ {0,3}\[[^\]\n]+\]:[^\n]*$"  # addresses that stand apart
    r"|\[\[[^\[\]|\n]*\|(?=[^\[\]\n]*\]\])"  # where a link leads that has words of its own
    r"|^[ >]*(?:`{3,}|~{3,})[^\n]*$"  # fences
    r"|^[ >]*\d{1,9}[.)](?=[ \t])"  # numbers of lists
    r"|\[[xX]\](?=[ \t])"
    r"|&(?:#\d+|\w{2,20});",
    re.MULTILINE | re.DOTALL,
)
_MARKS = re.compile(r"[*`~|\[\]]+|(?<!\w)_+|_+(?!\w)|^[#>+\- ]+", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, with its place in the source."""

    key: str
    start: int
    end: int


def keys_of(text: str) -> list[str]:
    """The words of a text without marks, alike whatever their case."""
    return [word.casefold() for word in _WORD.findall(text)]


def visible_words(source: str) -> list[Word]:
    """The words that readers see, in order. Linear in the length of the source."""
    shown = _shown(source)
    return [Word(found[0].casefold(), found.start(), found.end()) for found in _WORD.finditer(shown)]


def said_at(source: str, place: tuple[int, int]) -> str:
    """What readers see of a piece of the source, in a line."""
    return " ".join(_MARKS.sub("", _shown(source)[place[0] : place[1]]).split())


def _shown(source: str) -> str:
    return _UNSEEN.sub(lambda match: " " * len(match[0]), source)


def occurrences(words: Sequence[Word], wanted: Sequence[str]) -> list[int]:
    """Where the words `wanted` stand one after the other."""
    if not wanted:
        return []
    first, length = wanted[0], len(wanted)
    keys = [word.key for word in words]
    return [
        at
        for at in range(len(keys) - length + 1)
        if keys[at] == first and all(keys[at + more] == wanted[more] for more in range(1, length))
    ]


def fitting(words: Sequence[Word], at: int, length: int, before: Sequence[str], after: Sequence[str]) -> int:
    """How many words around a place are those that are expected there, counted outwards until one differs."""
    count = 0
    for behind, word in enumerate(reversed(before), start=1):
        if at - behind < 0 or words[at - behind].key != word:
            break
        count += 1
    for ahead, word in enumerate(after):
        if at + length + ahead >= len(words) or words[at + length + ahead].key != word:
            break
        count += 1
    return count


def best(words: Sequence[Word], wanted: Sequence[str], before: Sequence[str], after: Sequence[str]) -> list[int]:
    """The occurrences that fit their surroundings best: one if that can be told."""
    found = occurrences(words, wanted)
    scores = [fitting(words, at, len(wanted), before, after) for at in found]
    return [at for at, score in zip(found, scores, strict=True) if score == max(scores)]
