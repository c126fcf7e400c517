"""Trees as a browser sends them back: through JSON, with and without what they remember of their source."""

import json
from collections.abc import Iterator
from typing import Any

from wiki.rendering.editor import read, write

Node = dict[str, Any]


def opened(markdown: str) -> Node:
    """The tree of a text, as the browser gets it."""
    made: Node = json.loads(json.dumps(read(markdown)))
    return made


def again(markdown: str) -> str:
    """The text after it was opened and saved without an edit."""
    return write(opened(markdown))


def doc(*blocks: Node) -> Node:
    return {"type": "doc", "content": list(blocks)}


def paragraph(*line: Node | str) -> Node:
    return {"type": "paragraph", "content": [word(one) if isinstance(one, str) else one for one in line]}


def word(text: str, *marks: str, href: str = "") -> Node:
    given = [{"type": "link", "attrs": {"href": href}}] if href else []
    return {"type": "text", "text": text, "marks": [*given, *({"type": mark} for mark in marks)]}


def every(one: Node) -> Iterator[Node]:
    yield one
    for child in one.get("content") or []:
        yield from every(child)


def texts(one: Node) -> list[Node]:
    """The nodes of text in it that people type into."""
    return [part for part in every(one) if part["type"] == "text"]


def anew(tree: Node) -> Node:
    """The same without its sources: everything in it has to be written anew."""
    bare = []
    for block in tree["content"]:
        attrs = {name: value for name, value in block.get("attrs", {}).items() if name not in ("src", "gap")}
        bare.append(
            {**{key: value for key, value in block.items() if key != "attrs"}, **({"attrs": attrs} if attrs else {})}
        )
    return {**tree, "content": bare}
