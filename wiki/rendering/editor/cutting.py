"""A source cut into the blocks that the editor shows, losing nothing: `before`, each piece with its gap, `after`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from wiki.rendering import guard
from wiki.rendering.paragraphs import lines_of
from wiki.rendering.syntax import clean, parser_in_place

Env = dict[str, Any]

_BLANK = " \t\r\n"
_END_OF_FENCE = re.compile(r" {0,3}:{3,}[ \t]*$")
_PROPERTY = re.compile(r"[\w-]+[ \t]*:")
_PROPERTIES_END = re.compile(r"(?:---|\.\.\.)[ \t]*$")
MOST_PROPERTIES = 200


class TooHard(Exception):
    """A text that is not parsed whole."""

    def __init__(self, limit: guard.Limit) -> None:
        super().__init__(limit.value)
        self.limit = limit


@dataclass(frozen=True)
class Piece:
    """One block as it is written. `tokens` are empty when nothing is shown for it; `holds` says what it then is."""

    text: str
    gap: str
    tokens: list[Token]
    holds: str = ""


@dataclass(frozen=True)
class Cut:
    """`env` is what the parser found out: addresses and notes that are defined."""

    before: str
    pieces: list[Piece]
    after: str
    env: Env


def cut(source: str, env: Env | None = None) -> Cut:
    """The pieces of a source. Raises TooHard.

    With `env` addresses and notes that are defined elsewhere are known too.
    """
    lines = lines_of(source)
    tidied = [clean(line) for line in lines]
    skipped = _properties(tidied)
    env = env if env is not None else {}
    tokens = _parse("".join(tidied[skipped:]), env)
    spans: list[tuple[int, int, list[Token], str]] = [(0, skipped, [], "properties")] if skipped else []
    spans += [(a + skipped, b + skipped, found, holds) for a, b, found, holds in _spans(tidied[skipped:], tokens)]
    if not spans:
        return Cut(source, [], "", env)
    pieces: list[Piece] = []
    for number, (start, end, found, holds) in enumerate(spans):
        following = spans[number + 1][0] if number + 1 < len(spans) else len(lines)
        body, line_end = _without_line_end("".join(lines[start:end]))
        pieces.append(Piece(body, line_end + "".join(lines[end:following]), found, holds))
    last = pieces[-1]
    pieces[-1] = Piece(last.text, "", last.tokens, last.holds)
    return Cut("".join(lines[: spans[0][0]]), pieces, last.gap, env)


def known(env: Env) -> Env:
    """What is defined, to parse a part of a text with. Shared, not copied: a parse adds nothing that matters."""
    notes = env.get("footnotes", {}).get("refs", {})
    return {"references": env.get("references", {}), "footnotes": {"refs": dict.fromkeys(notes, -1), "list": {}}}


def note_labels(env: Env) -> set[str]:
    """The labels of the notes that exist."""
    return {label.removeprefix(":") for label in env.get("footnotes", {}).get("refs", {})}


def _parse(source: str, env: Env) -> list[Token]:
    try:
        tokens = parser_in_place().parse(source, env)
    except RecursionError:
        raise TooHard(guard.Limit.NESTING) from None
    if "too_hard" in env:
        raise TooHard(env["too_hard"])
    return tokens


def _properties(lines: list[str]) -> int:
    """How many lines of properties (front matter) a text begins with."""
    if len(lines) < 3 or lines[0].rstrip() != "---" or not _PROPERTY.match(lines[1]):
        return 0
    for number, line in enumerate(lines[1:MOST_PROPERTIES], 1):
        if not line.strip():
            return 0
        if _PROPERTIES_END.match(line.rstrip("\r\n")):
            return number + 1
    return 0


def _spans(lines: list[str], tokens: list[Token]) -> Iterator[tuple[int, int, list[Token], str]]:
    """First line, line behind the last, tokens, what it holds. What no token tells of are definitions of addresses."""
    done = 0
    for group in _groups(tokens):
        start, end = group[0].map or (done, done)
        yield from _between(lines, done, start)
        fenced = group[0].type == "callout_open" and group[0].markup.startswith(":")
        end = end + 1 if fenced and _closes(lines, end) else _trimmed(lines, start, end)
        if end > max(start, done):
            yield max(start, done), end, group, ""
            done = end
    yield from _between(lines, done, len(lines))


def _groups(tokens: list[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []


def _between(lines: list[str], start: int, end: int) -> Iterator[tuple[int, int, list[Token], str]]:
    while start < end and _is_blank(lines[start]):
        start += 1
    end = _trimmed(lines, start, end)
    if end > start:
        yield start, end, [], "addresses"


def _closes(lines: list[str], end: int) -> bool:
    """Whether this line closes the fence of a callout; the parser leaves it out of the callout's lines."""
    return end < len(lines) and _END_OF_FENCE.match(lines[end].rstrip("\r\n")) is not None


def _trimmed(lines: list[str], start: int, end: int) -> int:
    while end > start and _is_blank(lines[end - 1]):
        end -= 1
    return end


def _is_blank(line: str) -> bool:
    return not line.strip(_BLANK)


def _without_line_end(text: str) -> tuple[str, str]:
    body = text.rstrip("\r\n")
    if text.endswith("\r\n"):
        body = text[:-2]
    elif text.endswith(("\n", "\r")):
        body = text[:-1]
    return body, text[len(body) :]
