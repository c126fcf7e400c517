"""Headings: their anchors, the table of contents, and sections that are still empty."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from wiki.rendering.raw_html import show_unknown

ANCHOR = "h-"
LONGEST = 80
_HEADING_TAG = re.compile(r"<(/?)h([1-5])\b")
_SILENT = frozenset({"footnote_ref", "footnote_anchor"})
_COMMENTS = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents. `level` is 1 to 6; `anchor` is the id, without `#`."""

    level: int
    text: str
    anchor: str


def slug(text: str) -> str:
    """Letters, marks and digits of any script, lower case, NFC, words joined by one hyphen; "section" for nothing."""
    words: list[str] = []
    word = ""
    for character in unicodedata.normalize("NFC", text).lower()[: 2 * LONGEST]:
        if unicodedata.category(character)[0] in "LMN":
            word += character
        elif word and character not in "'’":
            words.append(word)
            word = ""
    if word:
        words.append(word)
    return unicodedata.normalize("NFC", "-".join(words))[:LONGEST].rstrip("-") or "section"


class Anchors:
    """Gives every heading of a page its own id."""

    def __init__(self, prefix: str = "") -> None:
        self.start = ANCHOR + (f"{slug(prefix)}-" if prefix else "")
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def add(self, text: str) -> str:
        base = self.start + slug(text)
        anchor = base
        while anchor in self._taken:
            self._next[base] = self._next.get(base, 1) + 1
            anchor = f"{base}-{self._next[base]}"
        self._taken.add(anchor)
        return anchor

    def find(self, fragment: str) -> str | None:
        """The id that `#fragment` means, written as the heading's words, GitHub's way or as the id itself."""
        if fragment in self._taken:
            return fragment
        anchor = self.start + slug(fragment)
        return anchor if anchor in self._taken else None


def inline_text(children: Iterable[Token] | None) -> str:
    """What a line says, without marks."""
    said: list[str] = []
    for token in children or ():
        if token.type == "wikilink":
            said.append(token.meta["link"].typed)
        elif token.type == "image":
            said.append(inline_text(token.children))
        elif token.type in ("softbreak", "hardbreak"):
            said.append(" ")
        elif token.type == "html_inline":
            shown = show_unknown(token.content)
            said.append(token.content if shown != token.content else "")
        elif token.type not in _SILENT:
            said.append(token.content)
    return "".join(said)


def anchored(tokens: Sequence[Token], prefix: str) -> tuple[Anchors, dict[int, str], list[Heading]]:
    """The anchors, the id of each heading by the index of its opening token, and the contents.

    Headings inside quotations and lists get an id too but are not part of the contents.
    """
    anchors = Anchors(prefix)
    ids: dict[int, str] = {}
    contents: list[Heading] = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            text = inline_text(tokens[index + 1].children).strip()
            ids[index] = anchors.add(text)
            if token.level == 0:
                contents.append(Heading(int(token.tag[1]), text, ids[index]))
    return anchors, ids, contents


def without_empty_sections(tokens: Sequence[Token]) -> Sequence[Token]:
    """Drop headings that nothing follows before the next heading of their level or above. Comments are nothing."""
    end = next((index for index, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    filled = [False] * 7
    empty: set[int] = set()
    for index in range(end - 1, -1, -1):
        token = tokens[index]
        if token.level:
            continue
        if token.type == "heading_open":
            level = int(token.tag[1])
            if not filled[level]:
                empty.update((index, index + 1, index + 2))
            filled[level:] = [False] * (7 - level)
        elif token.type != "heading_close" and not _is_comment(token):
            filled = [True] * 7
    return [token for index, token in enumerate(tokens) if index not in empty] if empty else tokens


def _is_comment(token: Token) -> bool:
    return token.type == "html_block" and _COMMENTS.fullmatch(token.content) is not None


def below_title(html: str) -> str:
    """HTML of ours as it stands on a page, whose title is the one first-level heading: all headings a level down if there is another."""
    if "<h1" not in html:
        return html
    return _HEADING_TAG.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", html)
