"""The extensions of our dialect, case by case: cases/<name>.md gives cases/<name>.html, byte for byte."""

from pathlib import Path

import pytest

from tests.rendering.reading import Shelf, dangers
from wiki.rendering.markdown import render

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


def test_it_works() -> None:
    assert len(CASES) >= 9


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_case_gives_its_html(case: Path) -> None:
    html = render(case.read_text(encoding="utf-8"), Shelf(), hide_empty=False).html
    assert dangers(html) == []
    assert html == case.with_suffix(".html").read_text(encoding="utf-8")
