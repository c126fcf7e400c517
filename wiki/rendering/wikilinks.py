"""Wikilinks in a source: which there are, and giving one a new target when a page is renamed."""

import re

from wiki.rendering.links import Wikilink
from wiki.rendering.syntax import Parsed, parse
from wiki.text import title_key

_CANDIDATE = re.compile(r"\[\[([^\[\]\n`<>|#\\]*+)(?=[^\[\]\n`<>]*+\]\])")
_PLACE = re.compile(r"Wikilinkplace(\d+)End")


def wikilinks(source: str | Parsed) -> list[Wikilink]:
    """Every wikilink to another page, in the order of the text; none from code."""
    if isinstance(source, str) and "[[" not in source:
        return []
    parsed = parse(source) if isinstance(source, str) else source
    found: list[Wikilink] = []
    for token in parsed.tokens:
        if token.type == "inline" and "[[" in token.content:
            found += [child.meta["link"] for child in token.children or () if child.type == "wikilink"]
    return [link for link in found if link.target]


def wikilink_targets(source: str | Parsed) -> list[str]:
    """The different targets (titles or `space/slug`, without fragment), in the order of the text."""
    return list(dict.fromkeys(link.target for link in wikilinks(source)))


def replace_wikilink_target(source: str, old: str, new: str) -> str:
    """The source with `[[old…]]` leading to `new`; text and fragment of each link stay, and so does every other byte.

    Titles are compared as links find them (case and spacing aside). What only looks like a link, in code or in an
    HTML attribute, stays: each candidate is given a made-up target, and those that the parser then reports are links.
    """
    key = title_key(old)
    places = [found for found in _CANDIDATE.finditer(source) if title_key(found[1]) == key]
    if not places:
        return source
    marked = _with_targets(source, places, [f"Wikilinkplace{number}End" for number in range(len(places))])
    real = {int(found[1]) for found in map(_PLACE.fullmatch, wikilink_targets(marked)) if found}
    return _with_targets(source, places, [new if n in real else place[1] for n, place in enumerate(places)])


def _with_targets(source: str, places: list[re.Match[str]], targets: list[str]) -> str:
    pieces: list[str] = []
    end = 0
    for place, target in zip(places, targets, strict=True):
        pieces += [source[end : place.start(1)], target]
        end = place.end(1)
    return "".join(pieces) + source[end:]
