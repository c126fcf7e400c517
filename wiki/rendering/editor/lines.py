"""Lines of text in the one form in which Markdown can hold them.

No space stands at the edge of a line or just inside a mark, neighbours with the same marks are one, and a line break
has the marks that go on across it.
"""

import re

from wiki.rendering.editor.tree import Mark, Node, has_mark, marked, marks_of, text

_SPACE = re.compile(r"[ \t\r\n\x85\u2028\u2029]")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)

#: What does not stay a link when it stands right behind one in double brackets.
_BRACKETED = frozenset({"wikilink", "footnote_ref"})
#: Spaces that belong to whatever stands around them.
_Gap = str


def tidy_line(nodes: list[Node], breaks: bool = True) -> list[Node]:
    """The line in that form; without `breaks` a line break becomes a space."""
    parts = [part for one in nodes for part in _parts(one, breaks)]
    before = _marks_before(parts)
    after = _marks_before(parts[::-1])[::-1]
    made: list[Node] = []
    for part, left, right in zip(parts, before, after, strict=True):
        if isinstance(part, _Gap):
            spaces = _at_edges(part, not made or made[-1]["type"] == "hard_break", right is None)
            if spaces:
                _append(made, text(spaces, _common(left, right)))
        elif part["type"] == "hard_break":
            _strip_end(made)
            if made and right is not None:
                made.append(marked(part, _common(left, right)))
        else:
            _append(made, part)
    _strip_end(made)
    while made and made[-1]["type"] == "hard_break":
        made.pop()
        _strip_end(made)
    return made


def _parts(one: Node, breaks: bool) -> list[Node | _Gap]:
    """A node as it is; a text as the spaces before it, itself, and the spaces after it."""
    if one["type"] == "hard_break":
        return [one] if breaks else [" "]
    if one["type"] != "text":
        return [one]
    words = _SPACE.sub(" ", one["text"])
    if has_mark(one, "code"):
        return [{**one, "text": words}] if words else []
    found = _EDGES.fullmatch(words)
    assert found is not None
    kept: list[Node | _Gap] = [found[1], {**one, "text": found[2]}, found[3]]
    return [part for part in kept if part and (isinstance(part, str) or part["text"])]


def _marks_before(parts: list[Node | _Gap]) -> list[list[Mark] | None]:
    """For each part the marks of the nearest word before it; None where a line begins."""
    found: list[list[Mark] | None] = []
    nearest: list[Mark] | None = None
    for part in parts:
        found.append(nearest)
        if not isinstance(part, _Gap) and part["type"] != "hard_break":
            nearest = marks_of(part)
    return found


def _common(left: list[Mark] | None, right: list[Mark] | None) -> list[Mark]:
    return [mark for mark in left or [] if mark in (right or []) and mark["type"] != "code"]


def _at_edges(spaces: str, begins: bool, ends: bool) -> str:
    """Spaces that can be written: plain ones are lost at the edge of a line, others are not."""
    spaces = spaces.lstrip(" ") if begins else spaces
    return spaces.rstrip(" ") if ends else spaces


def _append(made: list[Node], one: Node) -> None:
    last = made[-1] if made else None
    if last and last["type"] == "wikilink" and (one["type"] in _BRACKETED or has_mark(one, "link")):
        made.append(text(" ", _common(marks_of(last), marks_of(one))))
    elif last and last["type"] == "text" == one["type"] and marks_of(last) == marks_of(one):
        made[-1] = {**last, "text": last["text"] + one["text"]}
        return
    made.append(one)


def _strip_end(made: list[Node]) -> None:
    """Take plain spaces off the end."""
    while made and made[-1]["type"] == "text" and not has_mark(made[-1], "code"):
        kept = made[-1]["text"].rstrip(" ")
        if kept:
            made[-1] = {**made[-1], "text": kept}
            return
        made.pop()
