"""Static files are joined, named by their content and compressed once."""

import gzip
from pathlib import Path

import pytest

from tests.contracts.sources import ROOT
from wiki.web.assets import Assets, load_assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small static folder: two style sheets, a face, two scripts, a picture."""
    for name in ("css", "js", "img", "dist/fonts"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "css" / "a.css").write_text("/* said */ @layer base {\n  a { color: var(--link); }\n}\n")
    (tmp_path / "css" / "b.css").write_text('@font-face { font-family: "X"; src: url("dist/fonts/x.woff2"); }')
    (tmp_path / "css" / "forms.css").write_text("label { color: var(--ink); }")
    (tmp_path / "js" / "site.js").write_text("// why\nconsole.log(1);\n")
    (tmp_path / "js" / "edit.js").write_text("console.log(2);\n")
    (tmp_path / "img" / "mark.svg").write_text("<svg/>" * 50)
    (tmp_path / "img" / "notes.psd").write_text("not for the web")
    return tmp_path


def text(assets: Assets, name: str) -> str:
    found = assets.get(name)
    assert found is not None
    return found.content.decode()


def test_it_works(folder: Path) -> None:
    assets = load_assets(folder)
    assert assets.url("site.css").startswith("/static/site.css?v=")
    assert text(assets, "site.css").startswith("@layer tokens, base, layout, components, utilities, print;")
    assert "said" not in text(assets, "site.css")


def test_what_is_for_forms_alone_is_not_sent_to_those_who_read(folder: Path) -> None:
    assets = load_assets(folder)
    assert "label" in text(assets, "work.css") and "label" not in text(assets, "site.css")


def test_an_icon_that_few_pages_show_is_drawn_in_them(folder: Path) -> None:
    symbol = '<symbol id="{}" viewBox="0 0 24 24"><path d="M1 1"/></symbol>'
    (folder / "dist" / "icons.svg").write_text(f"<svg>{symbol.format('search')}{symbol.format('tide')}</svg>")
    (folder / "dist" / "interface.svg").write_text(f"<svg>{symbol.format('search')}</svg>")
    assert load_assets(folder).drawings() == {"tide": '<path d="M1 1"/>'}


def test_the_address_changes_with_the_content(folder: Path) -> None:
    before = load_assets(folder).url("img/mark.svg")
    assert load_assets(folder).url("img/mark.svg") == before
    (folder / "img" / "mark.svg").write_text("<svg></svg>")
    assert load_assets(folder).url("img/mark.svg") != before


def test_what_was_not_built_has_no_address_and_its_face_is_left_out(folder: Path) -> None:
    assets = load_assets(folder)
    assert assets.url("dist/icons.svg") == ""
    assert "@font-face" not in text(assets, "site.css")


def test_a_face_that_was_built_is_asked_for_by_its_content(folder: Path) -> None:
    (folder / "dist" / "fonts" / "x.woff2").write_bytes(b"letters")
    assets = load_assets(folder)
    relative = assets.url("dist/fonts/x.woff2").removeprefix("/static/")
    assert f'url("{relative}")' in text(assets, "site.css")


def test_texts_are_compressed_and_packed_files_are_not(folder: Path) -> None:
    (folder / "dist" / "fonts" / "x.woff2").write_bytes(b"letters" * 100)
    assets = load_assets(folder)
    picture, face = assets.get("img/mark.svg"), assets.get("dist/fonts/x.woff2")
    assert picture is not None and picture.gzipped is not None and gzip.decompress(picture.gzipped) == picture.content
    assert face is not None and face.gzipped is None and face.media_type == "font/woff2"


@pytest.mark.parametrize("name", ["css/a.css", "js/site.js", "img/notes.psd", "../secret", ""])
def test_nothing_else_is_served(folder: Path, name: str) -> None:
    assert load_assets(folder).get(name) is None


@pytest.mark.parametrize(("name", "most_kb"), [("site.css", 10), ("site.js", 6), ("palette.js", 5)])
def test_our_own_files_stay_within_their_budget(name: str, most_kb: int) -> None:
    found = load_assets(ROOT / "static").get(name)
    assert found is not None and found.gzipped is not None
    assert len(found.gzipped) <= most_kb * 1024


def test_what_the_build_has_packed_is_sent_to_browsers_that_can_read_it(folder: Path) -> None:
    (folder / "dist" / "editor.js").write_text("console.log(3);\n" * 20)
    (folder / "dist" / "editor.js.br").write_bytes(b"packed")
    script = load_assets(folder).get("dist/editor.js")
    assert script is not None and load_assets(folder).get("dist/editor.js.br") is None
    assert script.packed("gzip, deflate, br") == (b"packed", "br")
    assert script.packed("gzip") == (script.gzipped, "gzip")
    assert script.packed("identity") == (script.content, "")


def test_the_editors_style_sheet_is_not_part_of_every_page(folder: Path) -> None:
    (folder / "css" / "editor.css").write_text(".editor { color: var(--ink); }")
    assets = load_assets(folder)
    assert text(assets, "editor.css") == ".editor { color: var(--ink); }\n"
    assert ".editor" not in text(assets, "site.css")
