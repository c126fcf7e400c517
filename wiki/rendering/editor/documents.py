"""A whole text as a tree."""

import re

from wiki.i18n import gettext as _
from wiki.rendering import guard
from wiki.rendering.editor.cutting import Cut, Piece, TooHard, cut, known, note_labels
from wiki.rendering.editor.manner import manner_of
from wiki.rendering.editor.reading import piece_node, source_node
from wiki.rendering.editor.rewriting import Rewriter
from wiki.rendering.editor.tree import Node, node
from wiki.rendering.editor.typed import meant

CHARACTERS = 128 * 1024
MARKS = 20_000
BLOCKS = 4_000
_MARKS = re.compile(r"[\[\]!*_~`^<&\\]")


class Unsafe(Exception):
    """A text that the rich editor should not open; `why` is a sentence for its author."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read(markdown: str) -> Node:
    """The tree of a text. Raises Unsafe."""
    if len(markdown) > CHARACTERS or len(_MARKS.findall(markdown)) > MARKS:
        raise Unsafe(_("This text is too long for the rich editor, so it is shown as it is written."))
    try:
        found = cut(markdown)
    except TooHard as hard:
        raise Unsafe(guard.explain(hard.limit)) from None
    if len(found.pieces) > BLOCKS:
        raise Unsafe(_("This text is too long for the rich editor, so it is shown as it is written."))
    if found.before + "".join(piece.text + piece.gap for piece in found.pieces) + found.after != markdown:
        raise Unsafe(
            _("There are signs in this text that the rich editor would lose, so it is shown as it is written.")
        )
    blocks = _safe_blocks(found)
    shown = [_placed(block, piece) for block, piece in zip(blocks, found.pieces, strict=True)]
    if shown:
        del shown[-1]["attrs"]["gap"]
    made = node("doc", shown or [node("paragraph", [])])
    return {**made, "attrs": {"before": found.before, "after": found.after}}


def _safe_blocks(found: Cut) -> list[Node]:
    """The blocks; those that could not be written anew are shown as their source."""
    blocks = [piece_node(piece) for piece in found.pieces]
    env = known(found.env)
    writer = Rewriter(env, manner_of(found.pieces, blocks))
    notes = note_labels(env)
    return [
        block
        if block["type"] == "source" or (meant(block, notes) == block and writer.survives(block, piece))
        else source_node(piece)
        for block, piece in zip(blocks, found.pieces, strict=True)
    ]


def _placed(block: Node, piece: Piece) -> Node:
    return {**block, "attrs": {**block.get("attrs", {}), "src": piece.text, "gap": piece.gap}}
