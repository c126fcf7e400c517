"""Written blocks put together into a text that is read as the same blocks."""

from dataclasses import dataclass

from wiki.rendering.editor.cutting import Env, Piece
from wiki.rendering.editor.reading import understood, with_plain_ends
from wiki.rendering.editor.rewriting import Rewriter, Written
from wiki.rendering.editor.tree import Node, node, same, text
from wiki.rendering.editor.writing import unlike

_BLANK_LINE = "\n\n"
_WALL = "\n\n<!-- -->\n\n"


@dataclass
class Part:
    """One block: as it stands in the tree, as it is written, and what stands between it and the next (None: not known)."""

    block: Node
    written: Written
    gap: str | None
    piece: Piece | None = None
    kept: bool = False


def joined(parts: list[Part], rewriter: Rewriter, newline: str) -> str:
    """The text of all parts, without what stands behind the last."""
    for part in parts:
        if part.gap is None or "\n" not in part.gap.replace("\r", "\n"):
            part.gap = _BLANK_LINE
    if not _reads_well(parts, newline):
        for number in range(1, len(parts)):
            _keep_apart(parts, number, rewriter)
    return _text(parts, newline)


def _text(parts: list[Part], newline: str) -> str:
    out: list[str] = []
    for number, part in enumerate(parts):
        out.append(part.written.markdown if part.kept else _with_ends(part.written.markdown, newline))
        if number + 1 < len(parts):
            gap = part.gap or _BLANK_LINE
            out.append(_with_ends(gap, newline) if gap in (_BLANK_LINE, _WALL) else gap)
    return "".join(out)


def _with_ends(markdown: str, newline: str) -> str:
    return markdown if newline == "\n" else markdown.replace("\n", newline)


def _reads_well(parts: list[Part], newline: str) -> bool:
    found = understood(_text(parts, newline), {})
    return found is not None and same(found, [block for part in parts for block in part.written.blocks])


def _keep_apart(parts: list[Part], number: int, rewriter: Rewriter) -> None:
    """Change as little as is needed for two neighbours to stay two."""
    first, second = parts[number - 1], parts[number]
    if _are_apart(first, second, rewriter.env):
        return
    first.gap = _BLANK_LINE
    if _are_apart(first, second, rewriter.env):
        return
    other = unlike(second.block, first.block)
    if other is not second.block or second.kept:
        _write_again(second, other, rewriter)
    if not _are_apart(first, second, rewriter.env):
        whole = first.block if first.block["type"] != "source" else _as_code(first.block)
        _write_again(first, whole, rewriter)
    if not _are_apart(first, second, rewriter.env):
        first.gap = _WALL


def _write_again(part: Part, block: Node, rewriter: Rewriter) -> None:
    if block["type"] == "source":
        return
    part.block, part.kept = block, False
    part.written = rewriter.rewritten(block)


def _as_code(block: Node) -> Node:
    """A source that swallows what stands behind it, such as a comment that nobody closed, is shown as code instead."""
    return node("code_block", [text(words["text"]) for words in block["content"]], params="markdown")


def _are_apart(first: Part, second: Part, env: Env) -> bool:
    markdown = with_plain_ends(first.written.markdown + (first.gap or _BLANK_LINE) + second.written.markdown)
    found = understood(markdown, env)
    return found is not None and same(found, first.written.blocks + second.written.blocks)
