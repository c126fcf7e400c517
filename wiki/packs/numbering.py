"""The number of its version in the text of a definition: read past, and written."""

import re

_VERSION = re.compile(r"^version[ \t]*=[^\n]*", re.MULTILINE)
_FIRST_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_KEY = re.compile(r"^key[ \t]*=[^\n]*\n", re.MULTILINE)


def same_text(one: str, other: str) -> bool:
    """Whether two definitions say the same, but for the number of their version."""
    return one == other or _unnumbered(one) == _unnumbered(other)


def _unnumbered(text: str) -> str:
    head, tail = _split(text)
    return (_VERSION.sub("", head) + tail).replace("\n\n", "\n").strip()


def numbered(text: str, version: int) -> str:
    """The definition with that number of its version in it."""
    line = f"version = {version}"
    head, tail = _split(text)
    if _VERSION.search(head):
        return _VERSION.sub(line, head, count=1) + tail
    if key := _KEY.search(head):
        return head[: key.end()] + line + "\n" + head[key.end() :] + tail
    return f"{line}\n{text}"


def _split(text: str) -> tuple[str, str]:
    """What stands before the first table, and the rest."""
    table = _FIRST_TABLE.search(text)
    at = table.start() if table else len(text)
    return text[:at], text[at:]
