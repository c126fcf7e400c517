"""Colours for code, by class. Pygments reads the code; its eighty kinds of word become the dozen that a theme needs."""

import re
from functools import lru_cache
from html import escape

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Operator, String, Token, _TokenType
from pygments.util import ClassNotFound

LONGEST_BLOCK = 10_000
LONGEST_LINE = 1_000
LONGEST_PAGE = 30_000  # colouring hostile code takes up to 50 microseconds a character, so a page has a ration

LANGUAGES = {
    "bash": "bash", "sh": "bash", "shell": "bash", "console": "console", "powershell": "powershell", "ps1": "powershell",
    "css": "css", "diff": "diff", "docker": "docker", "dockerfile": "docker", "go": "go", "html": "html", "ini": "ini",
    "javascript": "javascript", "js": "javascript", "json": "json", "kotlin": "kotlin", "lua": "lua", "nginx": "nginx",
    "perl": "perl", "php": "php", "python": "python", "py": "python", "pycon": "pycon", "r": "r", "ruby": "ruby",
    "rb": "ruby", "rust": "rust", "scss": "scss", "sql": "sql", "swift": "swift", "toml": "toml", "xml": "xml",
    "yaml": "yaml", "yml": "yaml",
}  # fmt: skip
"""Names after the fence and the Pygments lexer of each. Lexers that need quadratic time for blank lines or repeated
words (C, C++, C#, Java, Make, Julia, TypeScript) are not here: 20,000 characters cost them 2 to 16 seconds."""

_BLANK_LINES = re.compile(r"(?:[ \t\r]*\n){12}")
_CLASSES: dict[_TokenType, str] = {
    Comment: "hl-comment",
    Comment.Preproc: "hl-meta",
    Keyword: "hl-keyword",
    Operator.Word: "hl-keyword",
    Literal: "hl-string",
    String: "hl-string",
    Number: "hl-number",
    Name.Attribute: "hl-attribute",
    Name.Builtin: "hl-builtin",
    Name.Class: "hl-name",
    Name.Constant: "hl-number",
    Name.Decorator: "hl-meta",
    Name.Exception: "hl-name",
    Name.Function: "hl-name",
    Name.Tag: "hl-tag",
    Name.Variable: "hl-variable",
    Generic.Deleted: "hl-deleted",
    Generic.Heading: "hl-heading",
    Generic.Inserted: "hl-inserted",
    Generic.Output: "hl-output",
    Generic.Prompt: "hl-meta",
    Generic.Subheading: "hl-heading",
}
CLASSES = frozenset(_CLASSES.values())


@lru_cache(maxsize=64)
def _lexer(name: str) -> Lexer | None:
    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def _class_of(kind: _TokenType) -> str:
    """The class of a kind of word or of the nearest kind above it; "" for plain text."""
    while kind is not Token:
        if kind in _CLASSES:
            return _CLASSES[kind]
        assert kind.parent is not None
        kind = kind.parent
    return ""


def highlight(code: str, language: str) -> str | None:
    """The code as HTML with `<span class="hl-…">`; None for a language not in the list, or code too long to colour."""
    name = LANGUAGES.get(language.lower())
    lexer = _lexer(name) if name else None
    if lexer is None or _too_hard(code):
        return None
    pieces: list[str] = []
    current, words = "", ""
    for kind, value in lexer.get_tokens(code):
        css = _class_of(kind)
        if css != current:
            pieces.append(_span(current, words))
            current, words = css, ""
        words += value
    pieces.append(_span(current, words))
    return "".join(pieces)


def _too_hard(code: str) -> bool:
    """Long lines and long runs of blank lines make some lexers search again and again."""
    longest = max(map(len, code.split("\n")))
    return len(code) > LONGEST_BLOCK or longest > LONGEST_LINE or _BLANK_LINES.search(code) is not None


def _span(css: str, words: str) -> str:
    if not words:
        return ""
    text = escape(words, quote=False)
    return f'<span class="{css}">{text}</span>' if css else text
