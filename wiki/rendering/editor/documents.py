"""A whole text as a tree."""

from wiki.i18n import gettext as _
from wiki.rendering import guard
from wiki.rendering.editor.cutting import Cut, Piece, TooHard, cut, known, note_labels
from wiki.rendering.editor.incoming import survives
from wiki.rendering.editor.manner import manner_of
from wiki.rendering.editor.reading import piece_node, source_node
from wiki.rendering.editor.rewriting import Rewriter, effort
from wiki.rendering.editor.tree import Node, node
from wiki.rendering.editor.typed import meant
from wiki.rendering.syntax import clean

#: What a browser edits without delay, and a server turns into a tree and back in a second.
EFFORT = 500_000
LINES = 5_000
CELLS = 4_000


class Unsafe(Exception):
    """A text that the rich editor should not open; `why` is a sentence for its author."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read(markdown: str) -> Node:
    """The tree of a text. Raises Unsafe."""
    if effort(markdown) > EFFORT or markdown.count("\n") + markdown.count("\r") > LINES:
        raise Unsafe(_too_long())
    if "\0" in markdown or clean(markdown) != markdown:
        raise Unsafe(
            _("There are signs in this text that the rich editor would lose, so it is shown as it is written.")
        )
    try:
        found = cut(markdown)
    except TooHard as hard:
        raise Unsafe(guard.explain(hard.limit)) from None
    if found.env.get("cells", 0) > CELLS:
        raise Unsafe(_too_long())
    blocks = _safe_blocks(found, effort(markdown))
    shown = [_placed(block, piece) for block, piece in zip(blocks, found.pieces, strict=True)]
    if shown:
        del shown[-1]["attrs"]["gap"]
    made = node("doc", shown or [node("paragraph", [])])
    return {**made, "attrs": {"before": found.before, "after": found.after}}


def _too_long() -> str:
    return _("This text is too long for the rich editor, so it is shown as it is written.")


def _safe_blocks(found: Cut, length: int) -> list[Node]:
    """The blocks; those that could not be written anew are shown as their source."""
    blocks = [piece_node(piece) for piece in found.pieces]
    env = known(found.env)
    writer = Rewriter(env, manner_of(found.pieces, blocks), length)
    notes = note_labels(env)
    return [
        block
        if block["type"] == "source"
        or (survives(block) and meant(block, notes) == block and writer.survives(block, piece))
        else source_node(piece)
        for block, piece in zip(blocks, found.pieces, strict=True)
    ]


def _placed(block: Node, piece: Piece) -> Node:
    return {**block, "attrs": {**block.get("attrs", {}), "src": piece.text, "gap": piece.gap}}
