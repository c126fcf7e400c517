"""How a text is written: its markers and signs, taken over where something is written anew."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from markdown_it.token import Token

from wiki.rendering.editor.cutting import Piece
from wiki.rendering.editor.tree import Node, attr, every

_NEXT_NUMBER = re.compile(r"^(?:1[.)] .*\n)(?:[ \t].*\n|\n)*1[.)] ", re.MULTILINE)
_FENCE = re.compile(r"^[ >]*(~{3,}|`{3,})", re.MULTILINE)


@dataclass(frozen=True)
class Manner:
    """The signs to write with; what is said in the blocks themselves (a list's bullet) comes before."""

    em: str = "*"
    strong: str = "**"
    bullet: str = "-"
    fence: str = "`"  # or "" for code that is indented
    links_inside: bool = False  # [link] inside of *emphasis* that is as long
    rule: str = "---"
    line_break: str = "\\"
    underline: str = ""
    same_number: bool = False


def manner_of(pieces: list[Piece], blocks: list[Node]) -> Manner:
    """How most of a text is written."""
    signs: Counter[tuple[str, str]] = Counter()
    for piece in pieces:
        signs.update(_signs(piece.tokens))
    bullets = Counter(attr(block, "bullet") for block in every(blocks) if block["type"] == "bullet_list")
    return Manner(
        em=_most(signs, "em", "*"),
        strong=_most(signs, "strong", "**"),
        bullet=bullets.most_common(1)[0][0] if bullets else "-",
    )


def manner_of_block(manner: Manner, source: str, tokens: list[Token]) -> Manner:
    """The same for one block that was written before: as it was, so that little changes."""
    signs = Counter(_signs(tokens))
    fence = _FENCE.search(source)
    heading = bool(tokens) and tokens[0].type == "heading_open"
    rule = source.strip() if tokens and tokens[0].type == "hr" else manner.rule
    return replace(
        manner,
        em=_most(signs, "em", manner.em),
        strong=_most(signs, "strong", manner.strong),
        fence="" if tokens[0].type == "code_block" else fence[1][0] if fence else manner.fence,
        links_inside=any(_begins_with_link(token) for token in tokens if token.type == "inline"),
        rule=rule,
        line_break="  " if "  \n" in source else manner.line_break,
        underline=source.rsplit("\n", 1)[-1].strip() if heading and tokens[0].markup in ("=", "-") else "",
        same_number=_NEXT_NUMBER.search(source) is not None,
    )


def _signs(tokens: list[Token]) -> list[tuple[str, str]]:
    return [
        (child.tag, child.markup)
        for token in tokens
        if token.type == "inline" and ("*" in token.content or "_" in token.content)
        for child in token.children or ()
        if child.type in ("em_open", "strong_open")
    ]


def _begins_with_link(token: Token) -> bool:
    """Whether emphasis begins with a link."""
    children = token.children or []
    return any(
        one.type in ("em_open", "strong_open") and following.type == "link_open"
        for one, following in zip(children, children[1:], strict=False)
    )


def _most(signs: Counter[tuple[str, str]], tag: str, otherwise: str) -> str:
    found = [(count, markup) for (name, markup), count in signs.items() if name == tag]
    return max(found)[1] if found else otherwise
