"""Letters that count as the same: accents, case, widths, points, typographic variants."""

import re
import unicodedata

from whoosh.support.charset import accent_map

#: Marks that belong to the letter before them, although Python does not count them as letters (for a regular expression).
MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0963\u0971-\u09e5\u09f0-\u0a65\u0a70-\u0ae5\u0af0-\u0b65\u0b70-\u0be5\u0bf0-\u0c65\u0c70-\u0ce5"
    "\u0cf0-\u0d65\u0d70-\u0de5\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84"
    "\u102b-\u103e\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\ufe20-\ufe2f"
)
#: Scripts written without spaces, and Korean: indexed by pairs of characters (for a regular expression). Thai, Lao, Burmese
#: and Khmer with the signs above and below their letters come first.
JOINED = "\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1780-\u17d3\u3005\u3040-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"

#: Dropped: Latin, Greek and Cyrillic accents, Hebrew and Arabic points, joiners, the apostrophes that are letters.
_DROPPED = re.compile(
    "[\u00ad\u02bb-\u02bf\u0300-\u036f\u0483-\u0487\u0591-\u05c2\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\ufe20-\ufe2f]"
)
_LETTERS = accent_map | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th", "ى": "ي", "ة": "ه"})


def fold(text: str) -> str:
    """The text without what writers vary: `Décision` and `DECISION` give `decision`, `kʼómoks` gives `komoks`."""
    if text.isascii():
        return text.lower()
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)
