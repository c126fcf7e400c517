"""Two renderings of a paragraph made one, as readers see it: what was added and removed is marked in the finished HTML.

Works on HTML that the sanitiser made: every tag is well formed, and no attribute holds `<` or `>`.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wiki.rendering.myers import Hunk, differences
from wiki.rendering.words import joined, tokens

_TAG = re.compile(r"<[^>]*>")
_NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
#: Tags inside a line: a word is another one when these around it are.
_INLINE = frozenset(
    "a abbr b bdi bdo cite code dfn em i kbd mark q s samp small span strong sub sup time u var".split()
)
#: Things that stand in a line as words do.
_ATOMS = frozenset({"img", "br", "input", "wbr"})
_HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>")
_OURS = re.compile(r' id="[^"]*"')
_INSIDE = re.compile(r'<a href="#[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Marked:
    """A change of a paragraph as it is read: in one text where that can be, and each side by itself."""

    inline: Markup | None
    before: Markup
    after: Markup


@dataclass(frozen=True)
class _Token:
    """A word with the tags of its line around it, or a tag of its own."""

    text: str
    around: tuple[str, ...] = ()
    is_tag: bool = False

    @property
    def key(self) -> str:
        return " " if self.text.isspace() else "\0".join((self.text, *self.around))

    @property
    def is_space(self) -> bool:
        return self.text.isspace()


def settled(source: str) -> Markup:
    """HTML as a piece of a page that has headings and addresses of its own."""
    without = _INSIDE.sub(r"\1", _OURS.sub("", source))
    return Markup(_HEADING.sub(lambda found: "</strong></p>" if found[1] else "<p><strong>", without))


def marked(old: str, new: str) -> Marked | None:
    """What differs between two renderings; "" for nothing there. None where no reader would see a difference."""
    before, after = list(_tokens(old)), list(_tokens(new))
    hunks = differences([one.key for one in before], [one.key for one in after])
    if hunks is None:
        hunks = [Hunk(0, len(before), 0, len(after))]
    hunks = [_whole(hunk, before) for hunk in joined(hunks, [one.text for one in before])]
    gone = _within((hunk.old_start, hunk.old_end) for hunk in hunks)
    come = _within((hunk.new_start, hunk.new_end) for hunk in hunks)
    if not any(gone(at) and _is_seen(one) for at, one in enumerate(before)) and not any(
        come(at) and _is_seen(one) for at, one in enumerate(after)
    ):
        return None
    sides = [_side(before, gone, "del"), _side(after, come, "ins")]
    return Marked(_one_text(before, after, hunks), *(Markup(side) for side in sides))


def _whole(hunk: Hunk, before: Sequence[_Token]) -> Hunk:
    """What only goes may as well begin earlier, where the same stands before it: so that "b</li><li>" is "<li>b</li>"."""
    old, end, new = hunk.old_start, hunk.old_end, hunk.new_start
    if new < hunk.new_end or _stands_alone(before[old:end]):
        return hunk
    while old > 0 and before[old - 1].key == before[end - 1].key:
        old, end, new = old - 1, end - 1, new - 1
        if _stands_alone(before[old:end]):
            return Hunk(old, end, new, new)
    return hunk


def _is_seen(token: _Token) -> bool:
    return not token.is_tag and not token.is_space


def _within(spans: Iterable[tuple[int, int]]) -> Callable[[int], bool]:
    places = {at for start, end in spans for at in range(start, end)}
    return places.__contains__


def _tokens(source: str) -> Iterator[_Token]:
    around: list[str] = []
    done = 0
    for found in _TAG.finditer(source):
        yield from _words(source[done : found.start()], around)
        done = found.end()
        name = _name(found[0])
        if name in _ATOMS:
            yield _Token(found[0], tuple(around))
        elif name not in _INLINE:
            yield _Token(found[0], is_tag=True)
        elif not found[0].startswith("</"):
            around.append(found[0])
        elif around:
            around.pop()
    yield from _words(source[done:], around)


def _name(tag: str) -> str:
    """What a tag is called; "" for a comment."""
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


def _words(text: str, around: Sequence[str]) -> Iterator[_Token]:
    for word in tokens(html.unescape(text)):
        yield _Token(html.escape(word, quote=False), tuple(around))


class _Writer:
    """Puts tokens together again, with the tags of a line opened and closed around runs of words."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[str] = []
        self._mark = ""
        self._after_tag = True

    def write(self, token: _Token, mark: str = "") -> None:
        if token.is_tag:
            self._lines([], "")
            self._out.append(token.text)
        else:
            self._lines(token.around, "" if token.is_space and self._after_tag else mark)
            self._out.append(token.text)
        self._after_tag = token.is_tag or (token.is_space and self._after_tag)

    def done(self) -> str:
        self._lines([], "")
        return "".join(self._out)

    def _lines(self, around: Sequence[str], mark: str) -> None:
        if list(around) == self._open and mark == self._mark:
            return
        if self._mark:
            self._out.append(f"</{self._mark}>")
        shared = next(
            (at for at, (one, other) in enumerate(zip(self._open, around, strict=False)) if one != other),
            min(len(self._open), len(around)),
        )
        self._out += [f"</{_name(tag)}>" for tag in reversed(self._open[shared:])]
        self._out += around[shared:]
        self._out += [f"<{mark}>"] if mark else []
        self._open, self._mark = list(around), mark


def _side(all_tokens: Sequence[_Token], is_marked: Callable[[int], bool], mark: str) -> str:
    writer = _Writer()
    for at, token in enumerate(all_tokens):
        writer.write(token, mark if is_marked(at) else "")
    return writer.done()


def _one_text(before: Sequence[_Token], after: Sequence[_Token], hunks: Sequence[Hunk]) -> Markup | None:
    """Both in one; None where what goes cannot stand in what is there now."""
    writer = _Writer()
    done = 0
    for hunk in [*hunks, Hunk(len(before), len(before), len(after), len(after))]:
        for token in after[done : hunk.new_start]:
            writer.write(token)
        gone = before[hunk.old_start : hunk.old_end]
        if not _stands_alone(gone):
            return None
        for token in gone if any(map(_is_seen, gone)) else ():
            writer.write(token, "del")
        for token in after[hunk.new_start : hunk.new_end]:
            writer.write(token, "ins")
        done = hunk.new_end
    return Markup(writer.done())


def _stands_alone(gone: Sequence[_Token]) -> bool:
    """Whether tags that go are whole elements, so that they can stay to be shown."""
    waiting: list[str] = []
    for token in gone:
        name = _name(token.text) if token.is_tag else ""
        if not name:
            continue
        if not token.text.startswith("</"):
            waiting.append(name)
        elif not waiting or waiting.pop() != name:
            return False
    return not waiting
