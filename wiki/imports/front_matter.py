"""Front matter: the YAML between two lines of three hyphens at the top of a Markdown file."""

import re
from typing import Any

import yaml

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
MOST = 64 * 1024


#: What the loader raises: for what is no YAML, and for values that are not what their tags say.
_UNREADABLE = (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)


class BrokenFrontMatter(Exception):
    """The front matter cannot be read; the message says where."""


class _Loader(yaml.SafeLoader):
    """Plain YAML without aliases (a few lines of them can unfold to gigabytes)."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not accepted")
        return super().compose_node(parent, index)


def split(text: str) -> tuple[dict[str, Any], str]:
    """(front matter, the text below it); nothing and the whole text when there is none. Raises BrokenFrontMatter."""
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    source, body = found[1], text[found.end() :]
    if len(source) > MOST:
        raise BrokenFrontMatter("it is longer than 64 KB")
    try:
        matter = _Loader(source).get_single_data()
    except _UNREADABLE as error:
        raise BrokenFrontMatter(_where(error)) from error
    if matter is None:
        return {}, body
    if not isinstance(matter, dict):
        return {}, text
    return {str(key): value for key, value in matter.items()}, body


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or (str(error).splitlines() or [type(error).__name__])[0]
    return f"line {mark.line + 2}: {problem}" if mark is not None else str(problem)
