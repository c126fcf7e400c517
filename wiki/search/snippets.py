"""The passage that answers: from the text as people wrote it, with the words that were looked for marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from whoosh.analysis.acore import Token
from whoosh.highlight import FIRST, BasicFragmentScorer, PinpointFragmenter, top_fragments

from wiki.search import language
from wiki.search.language import AS_WRITTEN, Needle
from wiki.search.plan import Leaf

#: Characters: of a text that are looked at, of one passage, before and after a word in it, of a whole snippet.
LOOKED_AT = 60_000
PASSAGE = 180
SURROUND = 50
SHOWN = 240
#: Stands between the values of two fields, unless the first ends a sentence.
BETWEEN = " · "
ENDS = ".!?…"

Marked = list[tuple[str, bool]]


@dataclass(frozen=True)
class Snippet:
    """Pieces of text, and whether each is a word that was looked for; the row they come from, if they do."""

    pieces: Marked
    row_id: str | None = None
    row_text: str | None = None


class Marker:
    """Finds the words of one question in texts of one language."""

    def __init__(self, needles: Iterable[tuple[Leaf, Sequence[Needle]]], spoken: str) -> None:
        self.language = language.base_language(spoken)
        self.whole: dict[str, Leaf] = {}
        self.beginnings: dict[str, Leaf] = {}
        self.known: dict[str, Leaf | None] = {}
        self.marked: dict[str, list[Token]] = {}
        for leaf, forms in needles:
            for needle in forms:
                for term in needle.terms:
                    self.whole.setdefault(term, leaf)
                if needle.prefix:
                    self.beginnings.setdefault(needle.terms[-1].removeprefix(AS_WRITTEN), leaf)
        # Stemmers change the end of a word, not its beginning; so most words need no analysis.
        roots = {_root(term) for term in self.whole}
        self.letters = all(root.isalpha() for root in roots)
        self.likely = re.compile("|".join([*map(re.escape, sorted(roots)), r"[^\x00-\x7f]"]))

    def marks(self, text: str) -> list[Token]:
        """The words of the text that were looked for, as Whoosh's highlighter takes them; `text` names the word asked."""
        found = self.marked.get(text)
        if found is None:
            found = self.marked[text] = self._marks(text[:LOOKED_AT])
        return found

    def _marks(self, text: str) -> list[Token]:
        found = []
        for begin, end in self._worth_a_look(text):
            for word, start, stop in language.spans(text[begin:end]):
                leaf = self.known[word] if word in self.known else self._learn(word)
                if leaf:
                    start, stop = begin + start, begin + stop
                    found.append(Token(chars=True, startchar=start, endchar=stop, text=leaf.text, boost=1.0))
        return found

    def _worth_a_look(self, text: str) -> Iterator[tuple[int, int]]:
        """Where something stands that may be meant: most of a text is not even taken apart."""
        flat = text.lower().replace("\n", " ").replace("\t", " ")
        if not self.letters or len(flat) != len(text):
            yield 0, len(text)
            return
        end = 0
        for at in self.likely.finditer(flat):
            if at.start() >= end:
                end = flat.find(" ", at.start()) % (len(flat) + 1)
                yield flat.rfind(" ", 0, at.start()) + 1, end

    def _learn(self, word: str) -> Leaf | None:
        """Which word of the question this is, if any."""
        leaf = self.known[word] = self._leaf(word) if self.likely.search(word.lower()) else None
        return leaf

    def _leaf(self, written: str) -> Leaf | None:
        for stem, word in language.forms(written, self.language):
            leaf = self.whole.get(stem) or self.whole.get(word) or self.whole.get(AS_WRITTEN + word)
            if leaf:
                return leaf
            for start, each in self.beginnings.items():
                if word.startswith(start):
                    return each
        return None


def _root(term: str) -> str:
    """Letters that every form of the term begins with: not its last ones, where stemmers work."""
    plain = term.removeprefix(AS_WRITTEN)
    if not plain.isalpha():
        return plain[:1]  # numbers and codes stand in the text with signs between their parts
    return plain[: max(2, min(len(plain) - 1, 4))]


def apart(values: str) -> str:
    """Values of fields, one on each line, as one text in which it is seen where each of them ends."""
    said = [value for line in values.split("\n") if (value := line.strip())]
    ended = (value + (" " if value[-1] in ENDS else BETWEEN) for value in said[:-1])
    return "".join((*ended, *said[-1:]))


def snippet(marker: Marker, title: str, texts: Sequence[str], rows: Sequence[tuple[str, str]]) -> Snippet:
    """The part of a page that has most of the words: a row if one has more than title and texts, or all of them."""
    in_title = _different(marker.marks(title))
    marked = [(text, marker.marks(text)) for text in texts if text.strip()]
    text, marks = max(marked, key=lambda each: _different(each[1]), default=("", []))
    enough = max(in_title, _different(marks))
    best: tuple[int, str, str, list[Token]] | None = None
    for row_id, row_text in rows:
        found = marker.marks(row_text)
        if found and _different(found) > (best[0] if best else enough):
            best = (_different(found), row_id, row_text, found)
    if best:
        return Snippet(_passages(best[2], best[3]), best[1], best[2])
    return Snippet(_passages(text, marks))


def _different(marks: Iterable[Token]) -> int:
    return len({mark.text for mark in marks})


def _passages(text: str, marks: list[Token]) -> Marked:
    """The best one or two passages of the text, its beginning if nothing in it is marked."""
    if not marks or len(text) <= SHOWN:
        return _pieces(text, marks, 0, min(len(text), SHOWN))
    fragmenter = PinpointFragmenter(maxchars=PASSAGE, surround=SURROUND, charlimit=LOOKED_AT)
    fragments = fragmenter.fragment_matches(text, marks)
    best = top_fragments(fragments, 2, BasicFragmentScorer(), FIRST)
    pieces: Marked = []
    for fragment in best[:1] if len(best[0]) > SHOWN // 2 else best:
        following = _pieces(text, fragment.matches, fragment.startchar, fragment.endchar)
        if pieces and following[0][0] == "… ":  # one sign is enough between two passages
            following[0] = (" ", False)
        pieces.extend(following)
    return pieces


def _pieces(text: str, marks: Iterable[Token], start: int, end: int) -> Marked:
    """The text from `start` to `end`, moved to the ends of words, in marked and other pieces, on one line."""
    start, end = _between_words(text, start, end)
    pieces: Marked = [("… ", False)] if start > 0 else []
    for mark in marks:
        if mark.startchar >= start and mark.endchar <= end:
            pieces.append((text[start : mark.startchar], False))
            pieces.append((text[mark.startchar : mark.endchar], True))
            start = mark.endchar
    pieces.append((text[start:end] + (" …" if end < len(text) else ""), False))
    return [(_one_line(piece), marked) for piece, marked in pieces if piece]


def _between_words(text: str, start: int, end: int) -> tuple[int, int]:
    if start > 0 and (space := text.find(" ", start, start + 30)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", end - 30, end)) > start:
        end = space
    return start, end


def _one_line(piece: str) -> str:
    """White space as single spaces, kept at both ends because pieces are put together."""
    inner = " ".join(piece.split())
    return f"{' ' if piece[0].isspace() and inner else ''}{inner}{' ' if piece[-1].isspace() else ''}"
