"""Every example of the CommonMark specification, and every difference with its reason."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.rendering.reading import examples, normal, specification
from tests.required import missing
from wiki.rendering.markdown import NoLinks, render
from wiki.rendering.sanitise import sanitise

DIFFERENCES = tomllib.loads((Path(__file__).parent / "commonmark_differences.toml").read_text(encoding="utf-8"))


def _without(pattern: str) -> Callable[[str], str]:
    return lambda html: re.sub(pattern, "", html)


# How each group of differences is taken back: from our HTML, or put into the specification's.
OURS = {
    "heading ids": _without(r' id="h-[^"]*"'),
    "focus": _without(r' tabindex="0"'),
    "rel": _without(r' rel="nofollow noopener"'),
    "colours": _without(r'<span class="hl-\w+">|</span>'),
}
THEIRS = {"sanitised": lambda html: sanitise(html, "no seal")}


@pytest.fixture(scope="module")
def spec() -> list[tuple[str, str]]:
    path = specification()
    if path is None:
        missing("The CommonMark specification (npm package commonmark-spec, in frontend/node_modules)")
    return examples(path)


def _ours(markdown: str) -> str:
    return render(markdown, NoLinks(), hide_empty=False).html


def _groups(number: int) -> list[dict[str, Any]]:
    return [group for group in DIFFERENCES["group"] if number in group["examples"]]


def _listed() -> set[int]:
    grouped = {number for group in DIFFERENCES["group"] for number in group["examples"]}
    return grouped | {own["example"] for own in DIFFERENCES["own"]}


def test_it_works(spec: list[tuple[str, str]]) -> None:
    assert len(spec) == 652
    assert _ours("*hello*\n") == "<p><em>hello</em></p>\n"


def test_examples_differ_exactly_where_the_list_says_so(spec: list[tuple[str, str]]) -> None:
    differing = {n for n, (markdown, html) in enumerate(spec, 1) if normal(_ours(markdown)) != normal(html)}
    assert differing - _listed() == set(), "these differ and no reason is given"
    assert _listed() - differing == set(), "these are listed and no longer differ"


def test_nothing_differs_but_what_the_reason_explains(spec: list[tuple[str, str]]) -> None:
    own = {entry["example"] for entry in DIFFERENCES["own"]}
    for number in sorted(_listed() - own):
        markdown, theirs = spec[number - 1]
        ours = _ours(markdown)
        for group in _groups(number):
            ours = OURS.get(group["undo"], str)(ours)
            theirs = THEIRS.get(group["undo"], str)(theirs)
        assert normal(ours) == normal(theirs), f"example {number}: {markdown!r}"


def test_examples_with_an_answer_of_our_own_give_it(spec: list[tuple[str, str]]) -> None:
    for entry in DIFFERENCES["own"]:
        assert entry["reason"] in DIFFERENCES["reasons"]
        assert _ours(spec[entry["example"] - 1][0]) == entry["html"], f"example {entry['example']}"
