"""What the documentation points to exists."""

import re
from pathlib import Path

import pytest

from tests.contracts.sources import ROOT, title

pytestmark = pytest.mark.docs

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TARGET = re.compile(r"`make ([a-z]+)")

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=title)


def test_it_works() -> None:
    assert ROOT / "README.md" in DOCUMENTS


@every_document
def test_links_lead_to_files(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@every_document
def test_make_knows_what_it_is_told_to_make(document: Path) -> None:
    known = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(TARGET.findall(document.read_text(encoding="utf-8"))) - set(known) == set()
