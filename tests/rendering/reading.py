"""How these tests read HTML: the same tree is the same page, and white space between blocks says nothing."""

import os
import re
from functools import lru_cache
from pathlib import Path

import html5lib

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
