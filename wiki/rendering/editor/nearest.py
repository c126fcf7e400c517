"""What comes nearest to a text that Markdown cannot say: marks moved to the edges of words, blocks taken out of others."""

import re
import unicodedata
from collections.abc import Callable

from wiki.rendering.editor.lines import tidy_line
from wiki.rendering.editor.tree import LISTS, Node, attr, content, has_mark, marked, marks_of, node, text

_SIGNED = ("em", "strong", "strike")
_SIGNS_BEFORE = re.compile(r"[^\w\s]*")
_WORDS = re.compile(r"\s+|\S+")

Line = list[Node]


def without_signs_at_edges(line: Line) -> Line:
    """Each mark without the punctuation at its edge where a letter stands on the other side: `a**(b)**` is `a(**b**)`."""
    for kind in _SIGNED:
        line = _mirrored(_trimmed(_mirrored(_trimmed(line, kind)), kind))
    return tidy_line(line)


def _trimmed(line: Line, kind: str) -> Line:
    made: Line = []
    for one in line:
        begins = has_mark(one, kind) and not (made and has_mark(made[-1], kind))
        if begins and made and _is_letter(_last(made[-1])):
            made += _without_first_signs(one, kind)
        else:
            made.append(one)
    return made


def _without_first_signs(one: Node, kind: str) -> Line:
    rest = [mark for mark in marks_of(one) if mark["type"] != kind]
    if one["type"] != "text" or has_mark(one, "code"):
        return [marked(one, rest)]
    words = one["text"]
    found = _SIGNS_BEFORE.match(words)
    signs = found[0] if found else ""
    parts = [text(signs, rest), {**one, "text": words[len(signs) :]}]
    return [part for part in parts if part["text"]]


def _mirrored(line: Line) -> Line:
    return [{**one, "text": one["text"][::-1]} if one["type"] == "text" else one for one in reversed(line)]


def _last(one: Node) -> str:
    return str(one["text"][-1]) if one["type"] == "text" and not has_mark(one, "code") else "]"


def _is_letter(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char)[0] not in "PS"


def over_whole_words(line: Line) -> Line:
    """Each mark over the whole of every word that it touches."""
    made: Line = []
    word: Line = []
    for one in [part for given in line for part in _words(given)]:
        if one["type"] == "hard_break" or (
            one["type"] == "text" and one["text"].isspace() and not has_mark(one, "code")
        ):
            made += [*_with_all_marks(word), one]
            word = []
        else:
            word.append(one)
    return tidy_line([*made, *_with_all_marks(word)])


def _words(one: Node) -> Line:
    if one["type"] != "text" or has_mark(one, "code"):
        return [one]
    return [{**one, "text": part} for part in _WORDS.findall(one["text"])]


def _with_all_marks(word: Line) -> Line:
    signed = {mark["type"]: mark for one in word for mark in marks_of(one) if mark["type"] in _SIGNED}
    return [marked(one, [*(m for m in marks_of(one) if m["type"] not in _SIGNED), *signed.values()]) for one in word]


def without_signed_marks(line: Line) -> Line:
    """Links and code only."""
    return tidy_line([marked(one, [mark for mark in marks_of(one) if mark["type"] not in _SIGNED]) for one in line])


def words_only(line: Line) -> Line:
    """The words of a line, with addresses behind what they were the address of."""
    made: Line = []
    for number, one in enumerate(line):
        made.append(one if one["type"] == "hard_break" else text(said(one)))
        link = next((mark for mark in marks_of(one) if mark["type"] == "link"), None)
        if (
            link
            and (number + 1 == len(line) or link not in marks_of(line[number + 1]))
            and link["attrs"]["href"] != said(one)
        ):
            made.append(text(f" ({link['attrs']['href']})"))
    return tidy_line([one for one in made if one["type"] != "text" or one["text"]])


def said(one: Node) -> str:
    """What an inline node says, as its author would type it."""
    if one["type"] == "image":
        return f"{attr(one, 'alt')} ({attr(one, 'src')})".strip()
    if one["type"] == "wikilink":
        fragment = attr(one, "fragment")
        return str(attr(one, "text") or attr(one, "target") + (f"#{fragment}" if fragment else ""))
    if one["type"] == "footnote_ref":
        return f"[^{attr(one, 'label')}]"
    return str(one.get("text") or attr(one, "raw") or "")


def loosened(block: Node) -> Node:
    """The block with blank lines between the items of its lists."""
    made = {**block, "content": [loosened(child) for child in block["content"]]} if "content" in block else block
    if block["type"] in LISTS:
        made["attrs"] = {**block.get("attrs", {}), "tight": False}
    return made


def taken_apart(block: Node) -> list[Node]:
    """The blocks inside of a block, without it."""
    if block["type"] == "callout" and attr(block, "title"):
        return [node("paragraph", [text(attr(block, "title"), [{"type": "strong"}])]), *content(block)]
    if block["type"] in LISTS:
        return [child for item in content(block) for child in content(item)]
    if block["type"] == "table":
        return [node("paragraph", _row(row)) for row in content(block)]
    if block["type"] == "heading":
        return [node("paragraph", content(block))]
    return content(block)


def _row(row: Node) -> Line:
    line: Line = []
    for cell in content(row):
        line += [text(" | ")] if line else []
        line += content(content(cell)[0])
    return tidy_line(line)


Change = Callable[[Line], Line]
#: From the smallest change to the largest.
CHANGES: tuple[Change, ...] = (without_signs_at_edges, over_whole_words, without_signed_marks, words_only)
