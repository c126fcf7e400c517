"""Plain text: what decodes as Unicode, or as the Latin letters of Western Europe, and has no control characters."""

import codecs

from wiki.attachments.texts.limits import Pieces

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE = set("\t\n\r\f\v")


def read(data: bytes) -> Pieces | None:
    """The text, or None if this is no text."""
    text = _decoded(data)
    if text is None or sum(ord(c) < 32 and c not in _LINE for c in text[:100_000]) > len(text[:100_000]) // 1000:
        return None
    return iter([("", text)])


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        letters = sum(c.isalnum() or c.isspace() for c in text[:20_000])
        return text if letters > 0.7 * len(text[:20_000]) else None
