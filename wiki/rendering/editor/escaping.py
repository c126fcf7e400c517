"""Text that must stay text: what would be read as markup gets a backslash."""

import re
from enum import IntEnum

_ALL = re.compile(r"""([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])""")
_SIGNS = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]|$) | ` | \* | _ | ~~+ | [\[\]] | <(?=[A-Za-z/!?]) | &(?=\#?\w+;) | !(?=\[|$)""", re.VERBOSE
)
_START = re.compile(
    r"""\#{1,6}(?=\s|$) | > | [+-](?=\s|$) | -(?=[\s-]*$) | =(?==*\s*$) | \| | :(?=[\s:|-]) | ~(?=\s|~) | [*_](?=\s)""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_SPOKEN = re.compile(r"\[[^\[\]^!][^\[\]]*\](?![(\[:])")
_TASK_LIKE = re.compile(r"\[[ xX]\]")


class Care(IntEnum):
    """How much is escaped: what is likely to be markup, what may be, every sign."""

    LIGHT = 0
    FULL = 1
    ALL = 2


def escaped(words: str, care: Care, begins: bool, addresses: bool) -> str:
    """Text as Markdown. `begins`: it stands at the start of a line; `addresses`: the text defines addresses by name."""
    if care == Care.ALL:
        return _ALL.sub(r"\\\1", words)
    spoken: set[int] = set()
    if care == Care.LIGHT and not addresses and "[" in words:
        spoken = _spoken(words, begins)
    out = _SIGNS.sub(lambda found: _sign(found, words, care, spoken), words)
    return _at_start(out) if begins else out


def _sign(found: re.Match[str], words: str, care: Care, spoken: set[int]) -> str:
    sign, at = found[0], found.start()
    if sign in "[]" and at in spoken:
        return sign
    if sign == "_" and _inside_word(words, at):
        return sign
    if sign in "*_" and care == Care.LIGHT and _alone(words, at):
        return sign
    return "".join("\\" + one for one in sign)


def _inside_word(words: str, at: int) -> bool:
    return 0 < at < len(words) - 1 and words[at - 1].isalnum() and words[at + 1].isalnum()


def _alone(words: str, at: int) -> bool:
    return 0 < at < len(words) - 1 and words[at - 1].isspace() and words[at + 1].isspace()


def _spoken(words: str, begins: bool) -> set[int]:
    """Where brackets stand as people use them in sentences, which no rule takes for a link."""
    places: set[int] = set()
    for found in _SPOKEN.finditer(words):
        if words.endswith(("[", "!"), 0, found.start()) or words.startswith("]", found.end()):
            continue
        if begins and found.start() == 0 and _TASK_LIKE.match(words):
            continue
        places |= {found.start(), found.end() - 1}
    return places


def _at_start(out: str) -> str:
    if _START.match(out):
        return "\\" + out
    return _NUMBER.sub(r"\1\\\2", out, count=1) if _NUMBER.match(out) else out


_NAMED = {"\u00a0": "&nbsp;", "\u2002": "&ensp;", "\u2003": "&emsp;", "\u2009": "&thinsp;"}
_EDGE_SPACE = re.compile(r"^[^\S ]+|[^\S ]+$")


def with_kept_edges(markdown: str) -> str:
    """Spaces of other widths at the edges of a line as entities: there they would be taken for nothing."""
    return _EDGE_SPACE.sub(
        lambda found: "".join(_NAMED.get(char) or f"&#x{ord(char):X};" for char in found[0]), markdown
    )
