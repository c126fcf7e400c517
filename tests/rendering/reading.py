"""How these tests read HTML: the same tree is the same page, and white space between blocks says nothing."""

import os
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import html5lib

from wiki.rendering.links import Target
from wiki.rendering.raw_html import ALLOWED

ROOT = Path(__file__).parents[2]
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
_BLOCKS = "blockquote|dd|details|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|summary|table|tbody|td|th|thead|tr|ul"
_AROUND_BLOCK = re.compile(rf"\s*(</?(?:{_BLOCKS})(?:\s[^<>]*)?>)\s*")
_PRE = re.compile(r"(<pre.*?</pre>)", re.DOTALL)


def normal(html: str) -> str:
    """HTML as a browser would understand it, attributes in order, no white space around blocks."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    written = html5lib.serialize(
        tree,
        quote_attr_values="always",
        omit_optional_tags=False,
        alphabetical_attributes=True,
        resolve_entities=False,
    )
    parts = _PRE.split(written)
    return "".join(part if part.startswith("<pre") else _AROUND_BLOCK.sub(r"\1", part) for part in parts).strip()


def specification() -> Path | None:
    """The CommonMark specification, as installed from npm for the tests; None when it is not installed."""
    places = [os.environ.get("COMMONMARK_SPEC", ""), str(ROOT / "frontend/node_modules/commonmark-spec/spec.txt")]
    return next((Path(place) for place in places if place and Path(place).is_file()), None)


@lru_cache
def examples(path: Path) -> list[tuple[str, str]]:
    """(Markdown, HTML) of every example, in the order of the specification; the first has number 1."""
    text = path.read_text(encoding="utf-8").replace("→", "\t")
    return _EXAMPLE.findall(text)


class Shelf:
    """A resolver for tests: one page, one hidden behind a slug, everything else missing; one attachment."""

    def wikilink(self, target: str) -> Target | None:
        pages = {"Tide pools": (12, "/coast/tide-pools"), "coast/tide-pools": (12, "/coast/tide-pools")}
        if target in pages:
            return Target(*pages[target], "Tide pools")
        return Target(None, f"/coast/new?title={quote(target)}", target, missing=True)

    def attachment(self, name: str) -> str | None:
        return f"/coast/tide-pools/files/{quote(name)}" if name in ("map.png", "old map.png", "plan.pdf") else None


_ADDRESSES = ("href", "src", "cite", "action", "formaction", "data", "poster", "background", "xlink:href", "srcset")
_SCHEME = re.compile(r"[\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*):")
_SAFE_SCHEMES = {"http", "https", "mailto", "tel"}


def dangers(html: str) -> list[str]:
    """What must never reach a browser: scripts, handlers, styles, frames, forms, strange addresses, ids without prefix."""
    found = []
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        name = str(element.tag)
        if name not in ALLOWED and name != "DOCUMENT_FRAGMENT":
            found.append(f"<{name}>")
        for key, value in element.attrib.items():
            attribute = str(key).lower()
            scheme = _SCHEME.match(value) if attribute in _ADDRESSES else None
            if attribute.startswith("on") or attribute in ("style", "srcdoc", "cite", "action", "formaction", "name"):
                found.append(f"{name} {attribute}={value}")
            if scheme and scheme[1].lower() not in _SAFE_SCHEMES:
                found.append(f"{name} {attribute}={value}")
            if attribute == "id" and not re.match(r"(?:h-|fn|u-)", value):
                found.append(f"id={value}")
    return found
