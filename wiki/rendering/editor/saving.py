"""A tree as a text again: blocks that were not edited as they were written, the others anew."""

from dataclasses import dataclass

from wiki.rendering.editor.cutting import Cut, Env, Piece, TooHard, cut, known, note_labels
from wiki.rendering.editor.incoming import checked
from wiki.rendering.editor.joining import Part, joined
from wiki.rendering.editor.manner import manner_of
from wiki.rendering.editor.marks import definition
from wiki.rendering.editor.normal import tidy
from wiki.rendering.editor.reading import piece_node, understood, with_plain_ends
from wiki.rendering.editor.rewriting import Rewriter, Written, effort
from wiki.rendering.editor.tree import Node, content, every, same, words_in
from wiki.rendering.editor.typed import meant

_BLANK_LINE = "\n\n"


@dataclass(frozen=True)
class _Given:
    """A block as it came back, how it was written before, and what stood behind it."""

    block: Node
    source: str | None
    gap: str | None
    piece: Piece | None = None

    @property
    def unchanged(self) -> bool:
        """Whether it says what it said when it was read."""
        if self.piece is None:
            return False
        if self.block["type"] == "source":
            return words_in(self.block) == with_plain_ends(self.piece.text)
        return same([piece_node(self.piece)], [self.block])


def write(tree: object) -> str:
    """The Markdown of a tree that came from outside. Raises Malformed.

    A tree that was read and not edited gives its text again, byte for byte.
    """
    doc = checked(tree)
    before, after = str(doc["attrs"]["before"]), str(doc["attrs"]["after"])
    given, old = _with_pieces(_given(doc))
    if all(one.unchanged for one in given) and all(one.gap is not None for one in given[:-1]):
        whole = "".join(f"{one.source}{one.gap}" for one in given[:-1])
        return before + whole + (given[-1].source or "" if given else "") + after
    env = _defined(given)
    still_defined = old is not None and _defines(old.env) <= _defines(env)
    pieces = [one.piece for one in given if one.piece is not None]
    blocks = [one.block for one in given]
    rewriter = Rewriter(env, manner_of(pieces, blocks), sum(effort(one.get("text", "")) for one in every(blocks)))
    parts = [_part(one, rewriter, still_defined) for one in given]
    newline = "\r\n" if any("\r\n" in f"{one.source}{one.gap}" for one in given) else "\n"
    text = joined([part for part in parts if part.written.markdown], rewriter, newline)
    return before + text + _lost_addresses(text, env, newline) + after


def _given(doc: Node) -> list[_Given]:
    found: list[_Given] = []
    for block in content(doc):
        attrs = dict(block["attrs"])
        source, gap = attrs.pop("src"), attrs.pop("gap")
        bare = {**block, "attrs": attrs}
        found += [_Given(one, source, gap) for one in tidy([bare])]
    return found


def _with_pieces(given: list[_Given]) -> tuple[list[_Given], Cut | None]:
    """The blocks that were written before with the pieces that they were read from, if these can still be told apart."""
    written = [one for one in given if one.source is not None]
    try:
        old = cut("".join(f"{one.source}{_BLANK_LINE if one.gap is None else one.gap}" for one in written))
    except TooHard:
        return given, None
    if [piece.text for piece in old.pieces] != [one.source for one in written]:
        return [_alone(one) for one in given], None
    pieces = iter(old.pieces)
    return [one if one.source is None else _Given(one.block, one.source, one.gap, next(pieces)) for one in given], old


def _alone(one: _Given) -> _Given:
    try:
        pieces = cut(one.source).pieces if one.source else []
    except TooHard:
        pieces = []
    return _Given(one.block, one.source, one.gap, pieces[0]) if len(pieces) == 1 else one


def _defined(given: list[_Given]) -> Env:
    """The addresses and notes that the text defines now. They stand in sources, or unseen between the items of a list."""
    env: Env = {}
    for one in given:
        source = words_in(one.block) if one.block["type"] == "source" else one.source or ""
        if "]:" in source:
            try:
                cut(source, env)
            except TooHard:
                env.pop("too_hard", None)
    return known(env)


def _lost_addresses(text: str, env: Env, newline: str) -> str:
    """Definitions that stood unseen in a block and went when it was written anew; others may need them."""
    if not env["references"]:
        return ""
    try:
        found = cut(text).env.get("references", {})
    except TooHard:
        return ""
    lost = [definition(label, there) for label, there in env["references"].items() if label not in found]
    return "".join([newline, *(newline + line for line in lost)]) if lost else ""


def _defines(env: Env) -> set[str]:
    return {*env.get("references", {}), *(f"^{label}" for label in note_labels(env))}


def _part(one: _Given, rewriter: Rewriter, still_defined: bool) -> Part:
    if one.block["type"] == "source":
        words = words_in(one.block)
        kept = one.source is not None and one.unchanged
        source = one.source if kept and one.source is not None else words
        return Part(one.block, Written(source, understood(words, rewriter.env) or []), one.gap, one.piece, kept)
    if one.source is not None:
        now = understood(one.source, rewriter.env)
        if now is not None and (same(now, [one.block]) or (one.unchanged and still_defined)):
            return Part(one.block, Written(one.source, now), one.gap, one.piece, kept=True)
    block = tidy([meant(one.block, note_labels(rewriter.env))])
    written = rewriter.rewritten(block[0], one.piece) if block else Written("", [])
    return Part(one.block, written, one.gap, one.piece)
