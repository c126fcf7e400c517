"""The style sheet keeps to its tokens, and the tokens to what eyes need."""

import re
from pathlib import Path

import pytest

from tests.contracts.sources import ROOT

FOLDER = ROOT / "static" / "css"
SHEETS = sorted(FOLDER.glob("*.css"))
TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-)?(?:left|right|top|bottom)(?=\s*:)|(?<![\w-])(?:(?:min|max)-)?(?:width|height)(?=\s*:)"
    r"|(?:text-align|float|clear): (?:left|right)"
)
TEXT_ON = [
    *(
        ("ink", back)
        for back in (
            "paper",
            "surface",
            "raised",
            "sunken",
            "accent-tint",
            "good-back",
            "warn-back",
            "bad-back",
            "note-back",
            "mark",
        )
    ),
    *(("muted", back) for back in ("paper", "surface", "raised", "sunken", "accent-tint")),
    *((text, back) for text in ("link", "link-hover", "accent") for back in ("paper", "surface", "raised", "sunken")),
    *((tone, f"{tone}-back") for tone in ("good", "warn", "bad", "note")),
    *((tone, back) for tone in ("good", "warn", "bad", "note") for back in ("paper", "surface", "raised")),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("accent", "accent-tint"),
]
SHAPES_ON = [
    *((shape, back) for shape in ("line", "focus", "accent") for back in ("paper", "surface", "raised")),
    *(("focus", back) for back in ("sunken", "accent-tint")),
]
#: Text reaches the AA level (4.5) everywhere, and what most of it stands on far more.
LEAST, MOST_OF_IT = 4.5, 5.9
MOSTLY_ON = ("paper", "raised")


#: Light or dark, plainly or with more contrast: each is a scheme of its own.
SCHEMES = [(side, more) for more in (False, True) for side in (0, 1)]
every_scheme = pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark", "light-more", "dark-more"])


def tokens(scheme: tuple[int, bool]) -> dict[str, str]:
    """Name -> colour. What is said for those who want more contrast wins over what stands above it."""
    side, more = scheme
    plain, _, after = (FOLDER / "tokens.css").read_text(encoding="utf-8").partition("@media (prefers-contrast: more)")
    rules = after.partition("@media")[0]
    found = {name: colours[side] for name, *colours in TOKEN.findall(plain)}
    return found | {name: colours[side] for name, *colours in TOKEN.findall(rules)} if more else found


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_it_works() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert PHYSICAL.search("a { margin-left: 1px }") and not PHYSICAL.search("a { margin-inline: 1px }")


@every_scheme
@pytest.mark.parametrize(("text", "back"), TEXT_ON)
def test_text_can_be_read_on_its_background(text: str, back: str, scheme: tuple[int, bool]) -> None:
    colours = tokens(scheme)
    assert contrast(colours[text], colours[back]) >= (MOST_OF_IT if back in MOSTLY_ON else LEAST)


@every_scheme
@pytest.mark.parametrize(("shape", "back"), SHAPES_ON)
def test_borders_of_controls_and_the_focus_ring_can_be_seen(shape: str, back: str, scheme: tuple[int, bool]) -> None:
    colours = tokens(scheme)
    assert contrast(colours[shape], colours[back]) >= 3


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_more_contrast_is_more(side: int) -> None:
    plain, more = tokens((side, False)), tokens((side, True))
    for name in ("ink", "muted", "link", "accent", "line", "hairline"):
        assert contrast(more[name], more["paper"]) > contrast(plain[name], plain["paper"]), name
    assert contrast(more["muted"], more["paper"]) >= 7


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_distances_are_logical_so_that_pages_can_run_from_right_to_left(sheet: Path) -> None:
    text = re.sub(r"@(?:media|container)[^{]*|/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert PHYSICAL.findall(text) == []


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.name not in ("tokens.css", "print.css")], ids=lambda sheet: sheet.name
)
def test_colours_come_from_the_tokens(sheet: Path) -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", sheet.read_text(encoding="utf-8")) == []


def test_every_token_that_is_used_exists() -> None:
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    assert set(re.findall(r"var\(--([\w-]+)\)", text)) - set(re.findall(r"--([\w-]+):", text)) == set()
