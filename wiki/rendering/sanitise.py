"""The last gate: whatever the renderer made, only this reaches a browser.

Authors may write raw HTML, so the renderer's own marks need proof of origin. Every attribute that only the renderer may
set carries a *seal*: a random word, new for each rendering. Here sealed values lose their seal and are kept; the same
attributes without it came from an author and are dropped. An author cannot know the seal when writing.
"""

import re
import secrets
from collections.abc import Callable
from urllib.parse import unquote

import nh3

from wiki.rendering.blocks import CALLOUTS
from wiki.rendering.highlight import CLASSES as HIGHLIGHT_CLASSES
from wiki.rendering.links import SCHEMES
from wiki.rendering.raw_html import ALLOWED

_EVERYWHERE = {"class", "id", "title", "lang", "dir", "role", "tabindex", "aria-label"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": _EVERYWHERE,
    "a": {"href", "data-page", "data-typed"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "checked", "disabled"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "details": {"open"},
}
_SEALED = frozenset({"id", "role", "tabindex", "aria-label", "data-page", "data-typed"})
AUTHOR_CLASSES = frozenset(
    {"align-left", "align-center", "align-right", "callout", "callout-title", "footnotes", "footnote-ref"}
    | {f"callout-{kind}" for kind in CALLOUTS}
    | HIGHLIGHT_CLASSES
)
AUTHOR_ID = "u-"
REL = "nofollow noopener"
_LANGUAGE_CLASS = re.compile(r"language-[\w+#.\-]{1,40}")
_PLAIN_ID = re.compile(r"[\w.:\-]{1,80}")
_NUMBERS = frozenset({"width", "height", "colspan", "rowspan", "span", "start", "value"})
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_INPUT = re.compile(r"<input[^>]*>")
_OUR_INPUT = ' class="task-box"'
_LINK = re.compile(r'<a((?: [a-z-]+="[^"]*")+)>')
_EXTERNAL = re.compile(r' href="(?:https?:|//)', re.IGNORECASE)


def new_seal() -> str:
    return secrets.token_hex(8)


def sanitise(html: str, seal: str, resolve: Callable[[str], str | None] = lambda fragment: None) -> str:
    """Safe HTML: allowed tags and attributes only, sealed ones unsealed, `rel` on links that leave the site.

    `resolve` gives the id that a `#fragment` means, or None.
    """
    safe = nh3.Cleaner(
        tags=ALLOWED,
        attributes=_ATTRIBUTES,
        attribute_filter=_Filter(seal, resolve),
        link_rel=REL,
        url_schemes=SCHEMES,
        set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
    ).clean(html)
    if "<input" in safe:
        safe = _INPUT.sub(lambda found: found[0] if _OUR_INPUT in found[0] else "", safe)
    if "<a " in safe:
        safe = _LINK.sub(_rel_only_outside, safe)
    return safe.replace(seal, "") if seal in safe else safe


def _rel_only_outside(found: re.Match[str]) -> str:
    return found[0] if _EXTERNAL.search(found[1]) else found[0].replace(f' rel="{REL}"', "")


class _Filter:
    """Decides about one attribute at a time; nh3 has already dropped those not listed and addresses not allowed."""

    def __init__(self, seal: str, resolve: Callable[[str], str | None]) -> None:
        self.seal = seal
        self.resolve = resolve
        self.author_ids: set[str] = set()

    def __call__(self, tag: str, name: str, value: str) -> str | None:
        if name == "class":
            return self._classes(value)
        if name in _SEALED:
            if value.startswith(self.seal):
                return value[len(self.seal) :]
            return self._author_id(value) if name == "id" else None
        if name == "href" and value.startswith("#"):
            return self._fragment(value)
        if name in _NUMBERS:
            return value if _NUMBER.fullmatch(value) else None
        return value

    def _classes(self, value: str) -> str | None:
        kept = [css.removeprefix(self.seal) for css in value.split() if self._may_have(css)]
        return " ".join(kept) or None

    def _may_have(self, css: str) -> bool:
        return css.startswith(self.seal) or css in AUTHOR_CLASSES or _LANGUAGE_CLASS.fullmatch(css) is not None

    def _author_id(self, value: str) -> str | None:
        if not _PLAIN_ID.fullmatch(value) or value in self.author_ids:
            return None
        self.author_ids.add(value)
        return AUTHOR_ID + value

    def _fragment(self, value: str) -> str:
        """Links inside the page find headings by their words, and an author's own ids under their prefix."""
        if value.startswith("#" + self.seal):
            return "#" + value[len(self.seal) + 1 :]
        found = self.resolve(unquote(value[1:]))
        return "#" + found if found else value
