"""Plain text: normal form, slugs, short forms."""

import re
import unicodedata
from urllib.parse import quote

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # and halves of characters
_NOT_SLUG = re.compile(r"[^\w]+", re.UNICODE)
SLUG_LENGTH = 80


def tidy(text: str) -> str:
    """One line as people mean it: NFC, no control characters, single spaces."""
    return " ".join(_CONTROL.sub("", unicodedata.normalize("NFC", text)).split())


def normal(text: str) -> str:
    """Text of several lines: NFC, line ends as \\n, no control characters but tab and newline."""
    return _CONTROL.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))


def number_in(text: str) -> int:
    """The number that a browser sent; 0 for what is none, or is larger than any id."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def slugify(text: str) -> str:
    """The part of an address made from a title: letters of any script, digits and single hyphens."""
    plain = unicodedata.normalize("NFC", _without_latin_accents(text)).casefold().replace("_", " ")
    slug = _NOT_SLUG.sub("-", plain).strip("-")[:SLUG_LENGTH].strip("-")
    return slug or "page"


def _without_latin_accents(text: str) -> str:
    """Accents leave Latin letters (é becomes e); other scripts keep their marks, which carry meaning there."""
    if text.isascii():
        return text
    kept = []
    latin = False
    for char in unicodedata.normalize("NFKD", text):
        if unicodedata.combining(char):
            if not latin:
                kept.append(char)
            continue
        latin = char.isascii() or "LATIN" in unicodedata.name(char, "")
        kept.append(char)
    return "".join(kept)


def title_key(title: str) -> str:
    """What two titles must share to be the same title for a link: NFC, case and spacing aside."""
    return tidy(title).casefold()


def shorten(text: str, length: int) -> str:
    """At most `length` characters, cut between words, with an ellipsis where something was cut."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    cut = flat[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


def url_part(text: str) -> str:
    """Text as one part of an address."""
    return quote(text, safe="")
