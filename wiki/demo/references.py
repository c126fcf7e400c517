"""What demo pages point to: P24, O2 and U4 are pages, P05#c1 is a row; in texts they are wikilinks, `[[P05#c1|text]]`."""

import re
from collections.abc import Callable, Iterator
from typing import Any

_REFERENCE = re.compile(r"([OUP]\d{1,2})(?:#([a-z0-9]{2,12}))?")
_WIKILINK = re.compile(r"\[\[([OUP]\d{1,2})(?:#([a-z0-9]{2,12}))?(?:\|([^\]\n]*))?\]\]")

#: A page's id, and a row's or None.
Reference = tuple[str, str | None]


def reference(value: Any) -> Reference | None:
    """The page and row that a whole value names; None if it is something else."""
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return (found[1], found[2]) if found else None


def references(value: Any) -> Iterator[Reference]:
    """Everything that a value points to: as a whole, in its parts, and by the wikilinks of its texts."""
    if isinstance(value, dict):
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)
    elif isinstance(value, str):
        whole = reference(value)
        if whole:
            yield whole
        yield from ((found[1], found[2]) for found in _WIKILINK.finditer(value))


def with_titles(text: str, title: Callable[[str], str]) -> str:
    """The text with wikilinks as the wiki writes them: `[[P05#c1|text]]` becomes `[[Title of it#r-c1|text]]`."""

    def written(found: re.Match[str]) -> str:
        page, row, label = found.groups()
        place = f"#r-{row}" if row else ""
        return f"[[{title(page)}{place}{f'|{label}' if label else ''}]]"

    return _WIKILINK.sub(written, text)
