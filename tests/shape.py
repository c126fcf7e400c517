"""The shape of a page: all that an inspection looks at, without the words. Two pages of one shape pass or fail together.

Parsing a page strictly takes longer than making it, and most pages that tests fetch differ from others by their words alone.
"""

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(r"<(/?[a-zA-Z][^\s/>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|<!--.*?-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s=/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?")
#: What a browser might forgive in words: names of characters other than the usual ones, characters that no document has.
_ODD = re.compile(
    r"&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|nbsp);)|[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]"
)
#: Attributes whose values are compared, and those whose values name other elements.
_COMPARED = frozenset({"type", "method", "role", "aria-hidden", "lang"})
_NAMING = frozenset({"id", "for", "aria-describedby", "aria-labelledby"})


def shape_of(html: str) -> str:
    """Tags, attributes, where there are words at all, and which elements name which: names by the order of their appearance."""
    return "\n".join(_parts(html))


def _parts(html: str) -> Iterator[str]:
    yield html if _ODD.search(html) else ""
    title, heading = _words(html, "title"), _words(html, "h1")
    yield "titled" if title.startswith(heading) else f"{title}\n{heading}"
    names: dict[str, int] = {}
    end = 0
    for tag in _TAG.finditer(html):
        if html[end : tag.start()].strip():
            yield "words"
        end = tag.end()
        if tag[1]:
            yield tag[1]
            yield from _attributes(tag[2], names)
    yield str(bool(html[end:].strip()))


def _attributes(text: str, names: dict[str, int]) -> Iterator[str]:
    for attribute in _ATTRIBUTE.finditer(text):
        name, value = attribute[1].lower(), (attribute[2] or "").strip("\"'")
        if name in _COMPARED:
            yield f"{name}={value}"
        elif name in _NAMING:
            yield f"{name}={[names.setdefault(one, len(names)) for one in value.split()]}"
        elif name == "name":
            yield f"{name}={value == 'csrf_token'}"
        elif name == "href" and value.startswith("#"):
            yield f"{name}=#{names.setdefault(value[1:], len(names))}"
        elif name == "href" and value.strip().lower().startswith("javascript:"):
            yield f"{name}=javascript:"
        else:
            yield f"{name}={bool(value)}"


def _words(html: str, tag: str) -> str:
    found = re.search(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html, re.DOTALL)
    return " ".join(unescape(_TAG.sub("", found[1])).split()) if found else ""
