"""Every value of every revision is one that its field can hold."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.demo.conftest import Pages
from wiki.demo.read import DemoPage
from wiki.demo.references import references
from wiki.demo.stored import Place
from wiki.kinds import BadValue, Catalogue, UnknownPage
from wiki.kinds.types import TYPES
from wiki.rendering.wikilinks import wikilinks


class DemoResolver:
    """Knows the demo's pages by their numbers, and their rows; nothing has to be found by its text."""

    def __init__(self, pages: Pages, place: Place) -> None:
        self._pages = {place.numbers[name]: page for name, page in pages.items()}

    def page(self, text: str, kinds: Sequence[str]) -> int:
        raise UnknownPage(text)

    def row(self, text: str, targets: Sequence[str]) -> tuple[int, str]:
        raise UnknownPage(text)

    def known(self, page_id: int, kinds: Sequence[str]) -> bool:
        return page_id in self._pages and (not kinds or self._pages[page_id].kind in kinds)

    def known_row(self, page_id: int, row_id: str, targets: Sequence[str]) -> bool:
        page = self._pages[page_id]
        tables = {one for kind in (page.kind, "*") for one in self._tables_with(page, row_id, kind)}
        return bool(tables & set(targets) if targets else tables)

    def _tables_with(self, page: DemoPage, row_id: str, kind: str) -> list[str]:
        return [
            f"{kind}.{key}"
            for key, value in page.fields.items()
            if isinstance(value, list) and any(isinstance(row, dict) and row["id"] == row_id for row in value)
        ]


@pytest.fixture(scope="module")
def resolver(pages: Pages, place: Place) -> DemoResolver:
    return DemoResolver(pages, place)


def test_it_works(pages: Pages, catalogue: Catalogue, place: Place) -> None:
    page = pages["P24"]
    content = place.content(page, page.last, catalogue["decision"])
    assert content.title == page.title
    assert content.fields["decided_on"] == "2026-08-18"
    assert content.fields["number"] == "D-0009"
    assert content.fields["supersedes"] == [place.numbers["P23"]]
    assert content.fields["touches_commitments"] == [{"page": place.numbers["P05"], "row": "c1"}]
    assert content.fields["actions"][0]["responsible"] == place.numbers["U2"]
    assert "[[Words we use|quiet period]]" in content.body


def test_a_page_where_a_row_may_stand_is_kept_as_one(pages: Pages, catalogue: Catalogue, place: Place) -> None:
    page = pages["P27"]
    items = place.content(page, page.last, catalogue["handover"]).fields["items"]
    assert items[0]["item"] == {"page": place.numbers["P05"]}
    assert items[4]["item"] == {"page": place.numbers["P05"], "row": "c1"}


def test_an_open_end_is_written_as_one(pages: Pages, catalogue: Catalogue, place: Place) -> None:
    page = pages["P07"]
    assert place.content(page, page.last, catalogue[page.kind]).fields["term"] == {"from": "2025-11-11", "until": None}


def test_every_value_is_what_its_field_would_have_stored(
    pages: Pages, catalogue: Catalogue, place: Place, resolver: DemoResolver
) -> None:
    wrong = []
    for page in pages.values():
        kind = catalogue[page.kind]
        for revision in page.revisions:
            for key, value in place.content(page, revision, kind).fields.items():
                field = kind.field(key)
                assert field is not None
                try:
                    held = TYPES[field.type].from_json(field, value, resolver)
                except BadValue as problem:
                    wrong.append((page.id, revision.day, key, [(one.part, one.message) for one in problem.each()]))
                else:
                    if json.dumps(held, sort_keys=True) != json.dumps(value, sort_keys=True):  # 4.0 is not 4 there
                        wrong.append((page.id, revision.day, key, [("", "is stored differently")]))
    assert wrong == []


def test_a_field_that_the_kind_lacks_is_named(pages: Pages, catalogue: Catalogue, place: Place) -> None:
    page = pages["P39"]
    blue = replace(page.last, fields={"colour": "blue"})
    with pytest.raises(KeyError, match="article has no field “colour”"):
        place.content(page, blue, catalogue["article"])


def test_headings_are_those_of_the_kind(pages: Pages, catalogue: Catalogue) -> None:
    for page in pages.values():
        known = {prompt.heading for prompt in catalogue[page.kind].prompts}
        for revision in page.revisions:
            headings = {line[3:] for line in revision.body.splitlines() if line.startswith("## ")}
            assert headings <= known, (page.id, revision.day, headings - known)


def test_each_of_the_kinds_has_a_page(pages: Pages, catalogue: Catalogue) -> None:
    assert {page.kind for page in pages.values()} == set(catalogue)
    assert len(catalogue) == 25


def test_every_wikilink_is_one_to_the_wiki_too(pages: Pages, place: Place) -> None:
    for page in pages.values():
        for revision in page.revisions:
            named = [page_id for page_id, _row in references(f"{revision.body}\n")]
            targets = [link.target for link in wikilinks(place.text(revision.body))]
            assert targets == [place.titles[name] for name in named], (page.id, revision.day)
