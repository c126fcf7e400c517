"""Reading the demo's files: what a file says, what its history means, what is refused."""

import re
from pathlib import Path

import pytest

from tests.demo.conftest import Pages
from wiki.demo.read import PAGES, read_page

SMALL = '''+++
id = "P24"
slug = "thirty-days"
title = "Thirty days"
kind = "decision"
state = "accepted"
by = "U8"
on = "D-95"
note = "Accepted"
[fields]
why = "Because"
options = [
  {id = "op1", option = "Ten days", for = "Quick"},
  {id = "op2", option = "Thirty days", for = "Fair"},
]
[[history]]
on = "D-110"
by = "U4"
state = "draft"
note = "Begun"
without = ["options#op1"]
[[history]]
on = "D-102"
by = "U8"
state = "proposed"
note = "Proposed"
without = ["why"]
rows = {options = {op2 = {option = "Twenty days", for = ""}}}
fields = {method = "vote"}
body = """
Earlier."""
[later]
thanks = 3
+++
Now.
'''


def written(folder: Path, text: str) -> Path:
    path = folder / "p24-thirty-days.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_works(tmp_path: Path) -> None:
    page = read_page(written(tmp_path, SMALL))
    assert (page.id, page.slug, page.title, page.kind) == ("P24", "thirty-days", "Thirty days", "decision")
    assert (page.state, page.body, page.later) == ("accepted", "Now.", {"thanks": 3})
    assert page.row("options", "op2")["for"] == "Fair"
    assert [(one.day, one.by, one.state, one.note) for one in page.revisions] == [
        (-110, "U4", "draft", "Begun"),
        (-102, "U8", "proposed", "Proposed"),
        (-95, "U8", "accepted", "Accepted"),
    ]


def test_an_earlier_revision_is_the_next_one_with_what_differed(tmp_path: Path) -> None:
    first, second, last = read_page(written(tmp_path, SMALL)).revisions
    assert second.body == first.body == "Earlier."
    assert second.fields == {
        "method": "vote",
        "options": [{"id": "op1", "option": "Ten days", "for": "Quick"}, {"id": "op2", "option": "Twenty days"}],
    }
    assert first.fields == {"method": "vote", "options": [{"id": "op2", "option": "Twenty days"}]}
    assert last.fields["why"] == "Because"


def test_a_row_that_was_taken_out_can_have_been_there_before(tmp_path: Path) -> None:
    text = SMALL.replace('without = ["why"]\nrows', 'without = ["options"]\nskip').replace(
        'without = ["options#op1"]', 'rows = {options = {op1 = {for = "Known"}}}'
    )
    text = re.sub("^skip.*\n", "", text, flags=re.MULTILINE)
    first, second, _last = read_page(written(tmp_path, text)).revisions
    assert "options" not in second.fields
    assert first.fields["options"] == [{"id": "op1", "option": "Ten days", "for": "Known"}]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("+++\nid", "id", "no front matter"),
        ('kind = "decision"\n', "", "missing \\['kind'\\]"),
        ('note = "Begun"', 'reason = "Begun"', "unknown \\['reason'\\]"),
        ('id = "P24"', "id = P24", "p24-thirty-days.md"),
        ('on = "D-95"', 'on = "yesterday"', "yesterday"),
    ],
)
def test_a_file_with_a_mistake_is_refused(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_page(written(tmp_path, SMALL.replace(was, becomes, 1)))


def test_there_are_five_organisations_nine_people_and_forty_one_pages(pages: Pages) -> None:
    expected = [f"O{n}" for n in range(1, 6)] + [f"U{n}" for n in range(1, 10)] + [f"P{n:02}" for n in range(1, 42)]
    assert list(pages) == expected
    assert len(list(PAGES.glob("*.md"))) == len(expected)


def test_each_page_has_an_address_and_a_title_of_its_own(pages: Pages) -> None:
    assert len({page.slug for page in pages.values()}) == len({page.title.casefold() for page in pages.values()}) == 55
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", page.slug) for page in pages.values())


def test_each_file_is_named_after_its_page() -> None:
    for path in PAGES.glob("*.md"):
        assert path.name.startswith(f"{read_page(path).id.lower()}-"), path.name
