"""Limits that keep rendering quick whatever somebody saved.

A small source can ask for huge work (a table of 300 by 300 cells is 2 KB, repeated references grow a thousandfold), so
the limits count structure, not only characters. Where a limit is passed the page shows its source instead. The figures:
1,000 unclosed tags cost the sanitiser milliseconds and 33,000 of them seconds; a character that may begin or end markup
costs the parser up to 20 microseconds; a table cell costs 15.
"""

import re
from collections.abc import Sequence
from enum import Enum

from markdown_it.token import Token

from wiki.i18n import gettext as _
from wiki.rendering.raw_html import KNOWN

CHARACTERS = 256 * 1024
LINES = 20_000
MARKS = 40_000
COLUMNS = 64
CELLS = 10_000
LINKS = 5_000
OUTPUT = 4 * 1024 * 1024
RAW_TAGS = 20_000
RAW_DEPTH = 100
REOPENED = 20_000


class Limit(Enum):
    """What made a page too hard to show."""

    CHARACTERS = "characters"
    LINES = "lines"
    MARKS = "marks"
    COLUMNS = "columns"
    CELLS = "cells"
    LINKS = "links"
    OUTPUT = "output"
    RAW_TAGS = "raw_tags"
    RAW_DEPTH = "raw_depth"
    NESTING = "nesting"


class TooHard(Exception):
    """Raised inside the renderer only; `render` turns it into the page's source with an explanation."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.value)
        self.limit = limit


def explain(limit: Limit) -> str:
    """One sentence for the reader of the page."""
    why = {
        Limit.CHARACTERS: _("it has more than %(n)s characters", n=CHARACTERS),
        Limit.LINES: _("it has more than %(n)s lines", n=LINES),
        Limit.MARKS: _("it has more than %(n)s characters that may be markup", n=MARKS),
        Limit.COLUMNS: _("a table has more than %(n)s columns", n=COLUMNS),
        Limit.CELLS: _("its tables have more than %(n)s cells", n=CELLS),
        Limit.LINKS: _("it has more than %(n)s links and images", n=LINKS),
        Limit.OUTPUT: _("it would grow to more than %(n)s characters", n=OUTPUT),
        Limit.RAW_TAGS: _("it has more than %(n)s HTML tags", n=RAW_TAGS),
        Limit.RAW_DEPTH: _("its HTML tags stand too deep in each other"),
        Limit.NESTING: _("its parts stand too deep in each other"),
    }[limit]
    return _("This text is shown as it was written, because %(why)s. Splitting the page helps.", why=why)


def check_source(source: str) -> Limit | None:
    """The limits that can be seen before anything is parsed."""
    if len(source) > CHARACTERS:
        return Limit.CHARACTERS
    if source.count("\n") + source.count("\r") > LINES:
        return Limit.LINES
    return None


_MARKS = re.compile(r"[\[\]!*_~`^<&\\]")


def check_marks(tokens: Sequence[Token]) -> Limit | None:
    """How many characters the inline parser would have to consider; code blocks do not count."""
    marks = 0
    for token in tokens:
        if token.type == "inline":
            marks += len(_MARKS.findall(token.content))
    return Limit.MARKS if marks > MARKS else None


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"},
)
_CLOSED_BY_NEXT = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody"})
_REOPENED = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"},
)


class RawTags:
    """Follows raw HTML through a page the way a browser's parser would, on the side of caution.

    An end tag closes only the tag opened last; others are ignored. Formatting tags that are never closed are opened
    again in each following block, so every block costs as many as are open.
    """

    def __init__(self) -> None:
        self.open: list[str] = []
        self.formatting = 0
        self.tags = 0
        self.reopened = 0

    def read(self, html: str) -> Limit | None:
        for closing, written in _TAG.findall(html):
            name = written.lower()
            if name not in KNOWN:
                continue
            self.tags += 1
            self.reopened += self.formatting
            if closing:
                self._close(name)
            else:
                self._open(name)
            if len(self.open) > RAW_DEPTH:
                return Limit.RAW_DEPTH
        return self.limit()

    def limit(self) -> Limit | None:
        if self.tags > RAW_TAGS:
            return Limit.RAW_TAGS
        return Limit.RAW_DEPTH if self.reopened > REOPENED else None

    def _open(self, name: str) -> None:
        if name in _VOID or (self.open and name in _CLOSED_BY_NEXT and self.open[-1] == name):
            return
        self.open.append(name)
        self.formatting += name in _REOPENED

    def _close(self, name: str) -> None:
        if self.open and self.open[-1] == name:
            self.open.pop()
            self.formatting -= name in _REOPENED


def check_raw_html(tokens: Sequence[Token]) -> Limit | None:
    """Count and nesting of the HTML tags that the author wrote; code does not count."""
    raw = RawTags()
    for token in tokens:
        raw.reopened += raw.formatting
        if token.type == "html_block":
            found = raw.read(token.content)
        elif token.type == "inline" and "<" in token.content:
            found = raw.read("".join(child.content for child in token.children or () if child.type == "html_inline"))
        else:
            found = raw.limit() if raw.formatting else None
        if found:
            return found
    return None
