"""What the documentation points to exists: files, what make can make, dependencies."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.contracts.sources import PACKAGE, ROOT, title

pytestmark = pytest.mark.docs

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TARGET = re.compile(r"(?:`|^ *)make ([a-z]+)", re.MULTILINE)

#: Documents that say where things are; in them, what stands between backticks and looks like a path is one.
GUIDES = [
    ROOT / name
    for name in ("README.md", "CONTRIBUTING.md", "docs/README.md", "docs/architecture.md", "docs/growing.md")
]
PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)*(?:/|\.(?:py|toml|md|html|css|js|json|txt)))[:`]")
#: Made on each machine, and in no checkout.
MADE = ("instance/", "static/dist/", "frontend/node_modules/", ".venv/")

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


@pytest.mark.parametrize("document", GUIDES, ids=title)
def test_the_guides_name_paths_that_exist(document: Path) -> None:
    named = set(PATH.findall(document.read_text(encoding="utf-8")))
    places = (ROOT, PACKAGE, document.parent)
    assert named
    assert [
        path for path in sorted(named) if not path.startswith(MADE) and not any((at / path).exists() for at in places)
    ] == []


def test_every_dependency_has_its_reason_and_every_reason_its_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {
        "At run time": project["project"]["dependencies"],
        "To build": project["build-system"]["requires"],
        "For tests": project["project"]["optional-dependencies"]["test"],
    }
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    told = {heading: explained(text, heading) for heading in needed}
    assert told["To build"] == names(needed["To build"])
    assert told["At run time"] == names(needed["At run time"])
    # What builds the typeface is needed by its tests too, and is explained where it is used first.
    assert told["For tests"] == names(needed["For tests"]) - told["To build"]


def names(requirements: Iterable[str]) -> set[str]:
    return {re.split(r"[\[<>=;~! ]", one, maxsplit=1)[0].lower() for one in requirements}


def explained(text: str, heading: str) -> set[str]:
    """The packages of the Python registry in the table below a heading; those of npm are marked as such."""
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[1].strip() for line in part.splitlines() if line.startswith("| ") and "(npm" not in line]
    return {name.strip().lower() for cell in cells[1:] for name in cell.split(",")}
