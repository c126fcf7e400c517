"""The typeface in slices, so that a page in English loads 13 KB of it and not 250.

The slices overlap: one that has combining marks also has the letters that they sit on, or else the browser would take
the letter from one file and the mark from another, and they would come apart. The style sheet declares the Latin slice
last, so that plain text is satisfied by it alone.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

LATIN = "U+0000-00FF U+0131 U+0152-0153 U+02C6 U+02DA U+02DC U+2000-206F U+20AC U+2122 U+2190-2193 U+2212 U+2215 U+FEFF U+FFFD"
INDIGENOUS = (
    "U+0020-007E U+00A0-03FF U+1D00-1DFF U+1E00-1EFF U+2000-206F U+2070-209F U+2C60-2C7F U+A700-A7FF U+AB30-AB6F"
)
SYLLABICS = "U+0020-0040 U+00A0 U+1400-167F U+18B0-18FF U+2010-2027"

#: What puts marks on their letters and letters beside each other. The others (small capitals, old figures, fractions) are
#: used nowhere and would make each slice half as large again; the plain figures are of one width as they are.
FEATURES = ("ccmp", "kern", "locl", "mark", "mkmk")

#: file → the whole font that it is cut from, and the characters that it keeps
SLICES = {
    "bcsans-latin.woff2": ("BCSans-Regular.woff2", LATIN),
    "bcsans-latin-bold.woff2": ("BCSans-Bold.woff2", LATIN),
    "bcsans-indigenous.woff2": ("BCSans-Regular.woff2", INDIGENOUS),
    "bcsans-indigenous-bold.woff2": ("BCSans-Bold.woff2", INDIGENOUS),
    "bcsans-syllabics.woff2": ("BCSans-Regular.woff2", SYLLABICS),
    "bcsans-syllabics-bold.woff2": ("BCSans-Bold.woff2", SYLLABICS),
}


def cut_all(source: Path, target: Path) -> None:
    for name, (whole, characters) in SLICES.items():
        cut(source / whole, target / name, characters)


def cut(whole: Path, part: Path, characters: str) -> None:
    """Write the part of a font that shows the characters, with the FEATURES."""
    options = subset.Options(
        layout_features=list(FEATURES), flavor="woff2", hinting=False, name_IDs=[0, 1, 2, 5, 7, 13, 14]
    )
    with TTFont(whole) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=code_points(characters))
        cutter.subset(font)
        font.flavor = "woff2"
        font.save(part)


def code_points(characters: str) -> list[int]:
    """From ranges as style sheets write them, for example "U+0000-00FF U+0131"."""
    points: list[int] = []
    for part in characters.split():
        first, _, last = part.removeprefix("U+").partition("-")
        points.extend(range(int(first, 16), int(last or first, 16) + 1))
    return points
