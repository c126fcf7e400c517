"""A source as nodes of the tree."""

from wiki.rendering.editor.blocks import Unknown, block_nodes
from wiki.rendering.editor.cutting import Env, Piece, TooHard, cut
from wiki.rendering.editor.normal import tidy
from wiki.rendering.editor.tree import Node, node, text

_HOLDS = {"html_block": "html", "footnote_reference_open": "footnote"}


def understood(source: str, env: Env) -> list[Node] | None:
    """What a source says, given what is defined elsewhere; None when it is not parsed whole."""
    try:
        return [piece_node(piece) for piece in cut(source, dict(env)).pieces]
    except TooHard:
        return None


def piece_node(piece: Piece) -> Node:
    """One piece as a node; as its source when there is no node for it, or nothing to see."""
    try:
        found = tidy(block_nodes(piece.tokens)) if piece.tokens else []
    except Unknown:
        found = []
    return found[0] if len(found) == 1 else source_node(piece)


def source_node(piece: Piece) -> Node:
    """The piece as an island of source."""
    holds = piece.holds or _HOLDS.get(piece.tokens[0].type, "markdown")
    if holds == "html" and piece.text.lstrip().startswith("<!--"):
        holds = "comment"
    return node("source", [text(with_plain_ends(piece.text))], holds=holds)


def with_plain_ends(source: str) -> str:
    """The source with \\n at the end of each line."""
    return source.replace("\r\n", "\n").replace("\r", "\n")
