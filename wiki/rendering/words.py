"""Text cut into words of any script, and changes of words that stand together."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from wiki.rendering.myers import Hunk

_ASCII = re.compile(r"\n|[^\S\n]+|\w+(?:'\w+)*|[^\w\s]")
# Scripts that write no space between words: each character counts as one.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


@lru_cache(maxsize=1)
def _any_script() -> re.Pattern[str]:
    """Letters keep the marks over and under them (n̓, k̲, ɬ), and apostrophes between letters."""
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.category(chr(code))[0] == "M")
    unspaced = f"[{_UNSPACED}][{marks}\ufe00-\ufe0f]*"
    word = f"[^\\W{_UNSPACED}](?:[^\\W{_UNSPACED}]|[{marks}]|['’](?=\\w))*"
    return re.compile(f"\\n|[^\\S\\n]+|{unspaced}|{word}|[^\\w\\s][{marks}\ufe00-\ufe0f\u200d]*")


def tokens(text: str) -> list[str]:
    """Words, runs of spaces, line ends and single signs; joined they are the text again."""
    if text.isascii():
        return _ASCII.findall(text)
    return _any_script().findall(text)


def joined(hunks: list[Hunk], before: Sequence[str]) -> Iterator[Hunk]:
    """Changes with only a space between them are one: "the cat" became "a dog", not two pairs of words."""
    waiting: Hunk | None = None
    for hunk in hunks:
        if waiting and all(token.isspace() and token != "\n" for token in before[waiting.old_end : hunk.old_start]):
            waiting = Hunk(waiting.old_start, hunk.old_end, waiting.new_start, hunk.new_end)
            continue
        if waiting:
            yield waiting
        waiting = hunk
    if waiting:
        yield waiting
