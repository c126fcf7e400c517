"""Our block rules: guarded tables, task lists, callouts. Each is linear in the length of the page."""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from wiki.rendering import guard

CALLOUTS = ("note", "tip", "important", "warning", "caution")
_NAMES = "|".join(CALLOUTS)
_CALLOUT_LINE = re.compile(rf"\[!({_NAMES})\][ \t]*([^\n]*)(?:\n|$)", re.IGNORECASE)
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")

BlockRule = Callable[[StateBlock, int, int, bool], bool]


def too_hard(env: object, limit: guard.Limit) -> None:
    """Note that a limit is passed, for `render` to see; parsing goes on with plain text."""
    assert isinstance(env, dict)
    env.setdefault("too_hard", limit)


def block_rules(md: MarkdownIt) -> None:
    """Add the rules of this file to a parser."""
    md.block.ruler.at("table", _guarded_table, {"alt": ["paragraph", "reference"]})
    container_plugin(md, "callout", validate=lambda params, _markup: _named(params) is not None)
    md.core.ruler.after("block", "callout", _callouts)
    md.core.ruler.after("callout", "task_list", _task_lists)
    md.core.ruler.after("task_list", "mark_limit", _mark_limit)


def _named(params: str) -> tuple[str, str] | None:
    """Kind and title after `:::`; None when it is no callout."""
    kind, _, title = params.strip().partition(" ")
    return (kind.lower(), title.strip()) if kind.lower() in CALLOUTS else None


def _guarded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The table rule within the limits of a page; alignment becomes a class, because style attributes are not allowed.

    The built-in rule fills missing cells without a limit for the page. Here it sees no more rows than may still come,
    and when it has used them all the page is too hard.
    """
    if silent or start + 2 > end:
        return table(state, start, end, silent)
    if "too_hard" in state.env:
        return False
    delimiter = state.src[state.bMarks[start + 1] : state.eMarks[start + 1]]
    columns = len(delimiter.strip().strip("|").split("|"))
    used = state.env.get("cells", 0)
    rows = (guard.CELLS - used) // columns + 1
    first = len(state.tokens)
    if columns > guard.COLUMNS:
        if not table(state, start, end, True):
            return False
        too_hard(state.env, guard.Limit.COLUMNS)
        return False
    if not table(state, start, min(end, start + 2 + rows), silent):
        return False
    cells = _align(state.tokens, first)
    state.env["cells"] = used + cells
    if used + cells > guard.CELLS:
        too_hard(state.env, guard.Limit.CELLS)
    return True


def _align(tokens: list[Token], first: int) -> int:
    """Turn alignment styles into classes and count the cells."""
    cells = 0
    for index in range(first, len(tokens)):
        token = tokens[index]
        if token.type in ("th_open", "td_open"):
            cells += 1
            style = token.attrs.pop("style", "")
            if style:
                token.attrs["class"] = "align-" + str(style).removeprefix("text-align:")
    return cells


def _task_lists(state: StateCore) -> None:
    """Take `[ ] ` or `[x] ` from the start of a list item's first paragraph and note it on the tokens."""
    tokens = state.tokens
    for index in range(2, len(tokens)):
        token = tokens[index]
        if token.type != "inline" or tokens[index - 2].type != "list_item_open" or tokens[index - 1].tag != "p":
            continue
        found = _TASK.match(token.content)
        if found:
            checked = found[1] != " "
            token.content = token.content[found.end() :]
            token.meta["task"] = "done" if checked else "to_do"
            tokens[index - 2].meta["task"] = token.meta["task"]


def _callouts(state: StateCore) -> None:
    """Make `> [!NOTE]` and `::: note` the same tokens: callout_open with meta kind and title, and callout_close."""
    tokens = state.tokens
    waiting: list[bool] = []
    emptied: list[int] = []
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open":
            is_callout = _read_quote(tokens, index, emptied)
            waiting.append(is_callout)
        elif token.type == "blockquote_close":
            if waiting.pop():
                token.type, token.tag = "callout_close", "div"
        elif token.type == "container_callout_open":
            kind, title = _named(token.info) or ("note", "")
            token.type, token.meta = "callout_open", {"kind": kind, "title": title}
        elif token.type == "container_callout_close":
            token.type = "callout_close"
    if emptied:
        gone = {index + step for index in emptied for step in range(3)}
        state.tokens = [token for index, token in enumerate(tokens) if index not in gone]


def _read_quote(tokens: list[Token], index: int, emptied: list[int]) -> bool:
    """Whether the quotation that opens at `index` is a callout; if so it is turned into one."""
    if index + 2 >= len(tokens) or tokens[index + 1].type != "paragraph_open":
        return False
    words = tokens[index + 2]
    found = _CALLOUT_LINE.match(words.content)
    if not found:
        return False
    words.content = words.content[found.end() :]
    if not words.content:
        emptied.append(index + 1)
    opening = tokens[index]
    opening.type, opening.tag = "callout_open", "div"
    opening.meta = {"kind": found[1].lower(), "title": found[2].strip()}
    return True


def _mark_limit(state: StateCore) -> None:
    """Leave the text of a page with far too many marks unparsed."""
    limit = guard.check_marks(state.tokens)
    if limit:
        too_hard(state.env, limit)
        state.tokens = []
