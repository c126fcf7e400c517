"""The typeface and the icons that the pages ask for are the ones that the build makes."""

import gzip
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from frontend import fonts
from frontend.inputs import editor_icon_names, icon_names, interface_icon_names
from tests.contracts.sources import ROOT
from tests.required import missing

DIST = ROOT / "static" / "dist"
STYLE = ROOT / "static" / "css" / "fonts.css"

FACE = re.compile(r'url\("(?P<file>[^"]+)"\).*?unicode-range:\s*(?P<ranges>[^;]+);', re.DOTALL)

#: Names of places and peoples on the coast that a page must show whole, in one typeface.
WORDS = (
    *("hən̓q̓əmin̓əm̓", "Sḵwx̱wú7mesh", "W̱SÁNEĆ", "SENĆOŦEN", "Nisg̱a'a", "nsyilxcən", "sqilxʷ", "ƛ̓", "ɬ"),
    *("Haíɫzaqv", "X̱aad Kíl", "Kwak̓wala", "nuučaan̓uł", "ʕ", "Tŝilhqot'in"),
)
SYLLABICS = "ᑕᗸᒡ ᐃᓄᒃᑎᑐᑦ ᓀᐦᐃᔭᐍᐏᐣ"


def built(name: str) -> Path:
    if not (DIST / name).is_file():
        missing(f"static/dist/{name}", "`make assets` builds it")
    return DIST / name


def sprite(name: str) -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', built(name).read_text(encoding="utf-8")))


def test_it_works() -> None:
    assert "search" in sprite("icons.svg") & sprite("interface.svg")


def test_the_sprites_have_every_icon_that_is_named_anywhere() -> None:
    why = "make assets, or mend the name: see lucide.dev"
    assert set(icon_names(ROOT)) - sprite("icons.svg") == set(), why
    assert set(interface_icon_names(ROOT)) - sprite("interface.svg") == set(), why


def test_the_sprite_of_every_page_is_small() -> None:
    """An icon that is drawn on few pages belongs to a sprite of its own."""
    assert len(gzip.compress(built("interface.svg").read_bytes(), 9)) <= 3 * 1024


def faces() -> list[tuple[str, str]]:
    css = STYLE.read_text(encoding="utf-8")
    return [(face["file"], face["ranges"]) for face in FACE.finditer(css)]


@pytest.mark.parametrize(("file", "ranges"), faces(), ids=[Path(file).name for file, _ in faces()])
def test_the_style_sheet_asks_a_slice_only_for_what_it_has(file: str, ranges: str) -> None:
    folder, _, name = file.rpartition("/")
    assert folder == "dist/fonts"
    whole, characters = fonts.SLICES[name]
    asked = set(fonts.code_points(ranges.replace(",", " ")))
    source = ROOT / "frontend" / "node_modules" / "@bcgov" / "bc-sans" / "fonts" / whole
    if not source.is_file():
        missing("the npm package @bcgov/bc-sans", "`make assets` fetches it")
    with TTFont(source) as font:
        in_whole_font = set(font.getBestCmap())
    assert asked & in_whole_font - set(fonts.code_points(characters)) == set()


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("file", ["bcsans-indigenous.woff2", "bcsans-indigenous-bold.woff2"])
def test_one_slice_holds_the_whole_of_a_word(word: str, file: str) -> None:
    with TTFont(built(f"fonts/{file}")) as font:
        assert [letter for letter in word if ord(letter) not in font.getBestCmap()] == []


@pytest.mark.parametrize("file", ["bcsans-indigenous.woff2", "bcsans-indigenous-bold.woff2"])
def test_a_slice_with_marks_knows_how_to_place_them(file: str) -> None:
    with TTFont(built(f"fonts/{file}")) as font:
        known = {one.FeatureTag for table in ("GSUB", "GPOS") for one in font[table].table.FeatureList.FeatureRecord}
    assert {"kern", "mark", "mkmk", "ccmp"} - known == set()


@pytest.mark.parametrize("file", ["bcsans-latin.woff2", "bcsans-latin-bold.woff2"])
def test_figures_stand_below_each_other(file: str) -> None:
    with TTFont(built(f"fonts/{file}")) as font:
        letters = font.getBestCmap()
        assert len({font["hmtx"][letters[ord(figure)]][0] for figure in "0123456789"}) == 1


def test_syllabics_are_in_their_slice() -> None:
    with TTFont(built("fonts/bcsans-syllabics.woff2")) as font:
        assert [letter for letter in SYLLABICS if ord(letter) not in font.getBestCmap()] == []


@pytest.mark.parametrize(("name", "most_kb"), [("latin", 14), ("latin-bold", 12)])
def test_a_page_in_english_needs_little_of_the_typeface(name: str, most_kb: int) -> None:
    assert built(f"fonts/bcsans-{name}.woff2").stat().st_size <= most_kb * 1024


def test_the_licence_goes_where_the_typeface_goes() -> None:
    assert "SIL OPEN FONT LICENSE" in built("fonts/OFL.txt").read_text(encoding="utf-8")


def test_the_editor_stays_small() -> None:
    script = built("editor.js")
    assert len(gzip.compress(script.read_bytes(), 9)) <= 97 * 1024
    assert script.with_name("editor.js.br").stat().st_size <= 86 * 1024


def test_the_sprite_of_the_editor_has_every_icon_of_its_buttons() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', built("editor.svg").read_text(encoding="utf-8")))
    assert set(editor_icon_names(ROOT)) - drawn == set()


def test_the_licences_of_what_the_editor_is_made_of_go_with_it() -> None:
    told = built("editor-LICENSE.txt").read_text(encoding="utf-8")
    assert "prosemirror-view" in told and "prosemirror-search" in told and "Permission is hereby granted" in told
