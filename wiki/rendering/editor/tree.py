"""The nodes of the tree that the browser edits. docs/editor.md says what each means."""

from collections.abc import Iterable, Iterator
from typing import Any

Node = dict[str, Any]
Mark = dict[str, Any]

INLINE = frozenset({"text", "hard_break", "image", "wikilink", "footnote_ref", "html_inline"})
BLOCKS = frozenset(
    {
        *("paragraph", "heading", "blockquote", "callout", "bullet_list", "ordered_list", "code_block"),
        *("horizontal_rule", "table", "source"),
    }
)
LISTS = frozenset({"bullet_list", "ordered_list"})
#: In the order in which they stand on a node, outermost first.
MARKS = ("link", "em", "strong", "strike", "code")

DEFAULTS: dict[str, dict[str, Any]] = {
    "heading": {"level": 2},
    "callout": {"kind": "note", "title": "", "form": "quote"},
    "bullet_list": {"tight": True, "bullet": "-"},
    "ordered_list": {"tight": True, "order": 1, "delim": "."},
    "list_item": {"checked": None},
    "code_block": {"params": ""},
    "table_header": {"align": None},
    "table_cell": {"align": None},
    "source": {"holds": "markdown"},
    "image": {"src": "", "alt": "", "title": None},
    "wikilink": {"target": "", "fragment": "", "text": ""},
    "footnote_ref": {"label": ""},
    "html_inline": {"raw": ""},
    "link": {"href": "", "title": None},
}
#: How a block is written, not what it says: two blocks that differ only in these are the same.
MANNER = frozenset({"bullet", "delim", "form", "holds"})


def node(kind: str, content: Iterable[Node] | None = None, /, **attrs: Any) -> Node:
    """A node with those attributes that are not what they are by default."""
    made: Node = {"type": kind}
    defaults = DEFAULTS.get(kind, {})
    given = {name: value for name, value in attrs.items() if value != defaults.get(name)}
    if given:
        made["attrs"] = given
    if content is not None:
        made["content"] = list(content)
    return made


def text(words: str, marks: Iterable[Mark] = ()) -> Node:
    return marked({"type": "text", "text": words}, marks)


def marked(one: Node, marks: Iterable[Mark]) -> Node:
    """The node with these marks and no others."""
    bare = {key: value for key, value in one.items() if key != "marks"}
    given = sorted(marks, key=lambda mark: MARKS.index(mark["type"]))
    return {**bare, "marks": given} if given else bare


def attr(one: Node, name: str) -> Any:
    return one.get("attrs", {}).get(name, DEFAULTS.get(one["type"], {}).get(name))


def content(one: Node) -> list[Node]:
    found: list[Node] = one.get("content", [])
    return found


def marks_of(one: Node) -> list[Mark]:
    found: list[Mark] = one.get("marks", [])
    return found


def has_mark(one: Node, kind: str) -> bool:
    return any(mark["type"] == kind for mark in marks_of(one))


def words_in(one: Node) -> str:
    """The text of a code block or a source."""
    return "".join(child.get("text", "") for child in content(one))


def one_line(words: str) -> str:
    """A text without line breaks."""
    return " ".join(words.splitlines())


def is_textblock(one: Node) -> bool:
    return one["type"] in ("paragraph", "heading")


def every(nodes: Iterable[Node]) -> Iterator[Node]:
    """All nodes of trees, parents before what is in them."""
    for one in nodes:
        yield one
        yield from every(content(one))


def alike(one: Node) -> Node:
    """A node as comparisons see it: without the manner in which it is written."""
    attrs = {name: value for name, value in one.get("attrs", {}).items() if name not in MANNER}
    made = {key: value for key, value in one.items() if key not in ("attrs", "content")}
    if attrs:
        made["attrs"] = attrs
    if one.get("content"):
        made["content"] = [alike(child) for child in content(one)]
    return made


def same(one: list[Node], other: list[Node]) -> bool:
    """Whether two texts say the same in the same form."""
    return len(one) == len(other) and all(alike(a) == alike(b) for a, b in zip(one, other, strict=True))
