"""The demo reads well: British and Canadian spelling, no filler, nothing real, nothing invented about any people."""

import re
from collections.abc import Iterator

from tests.demo.conftest import DAY0, Pages
from tests.demo.test_references import texts
from wiki.demo.days import in_words

#: American spellings and words that this text has a plainer one for.
NOT_OURS = re.compile(
    r"\b(?:organiz\w+|recogniz\w+|realiz\w+|analyz\w+|summariz\w+|prioritiz\w+|behavior\w*|color\w*|honor(?!ari)\w*"
    r"|favor\w*|neighbor\w*|labor\b|center\w*|program\b|programs\b|fulfill\w*|enrollment\w*|license[sd]?\b|defense"
    r"|gray|traveled|canceled|lorem|ipsum|tbd|todo|leverage\w*|synerg\w*|utiliz\w*)\b",
    re.IGNORECASE,
)
SENTENCE = (
    "No real nation, culture, language, story or territory is described here. "
    "Replace this page with your partner's own words, written by them."
)


def every_text(pages: Pages) -> Iterator[tuple[str, str]]:
    for page in pages.values():
        for revision in page.revisions:
            yield from ((page.id, text) for text in texts([page.title, revision.note, revision.body, revision.fields]))


def test_it_works(pages: Pages) -> None:
    assert sum(len(page.body) for page in pages.values()) > 35_000


def test_spelling_is_ours(pages: Pages) -> None:
    assert {(name, found[0]) for name, text in every_text(pages) for found in NOT_OURS.finditer(text)} == set()


def test_bodies_are_short(pages: Pages) -> None:
    lengths = {page.id: len(re.findall(r"\w+(?:['’]\w+)?", page.body)) for page in pages.values()}
    assert {name: words for name, words in lengths.items() if not 80 <= words <= 210} == {"P35": 0}


def test_every_page_has_a_summary_and_a_theme(pages: Pages) -> None:
    assert all(page.fields["summary"] and page.fields["themes"] for page in pages.values())


def test_lines_fit_where_they_are_shown(pages: Pages) -> None:
    assert all(len(revision.note) <= 150 for page in pages.values() for revision in page.revisions)
    assert all(len(page.fields["summary"]) <= 150 for page in pages.values())


def test_every_day_in_a_text_is_written_out(pages: Pages) -> None:
    left = {
        (name, text)
        for name, text in every_text(pages)
        if re.search(r"\{\s*D|D[+-]\d", in_words(text, DAY0)) and text != in_words(text, DAY0)
    }
    assert left == set()


def test_the_placeholder_says_so(pages: Pages) -> None:
    council = pages["O2"]
    assert all(SENTENCE in revision.body for revision in council.revisions)
    for key in ("mandate", "how_we_collaborate", "decision_route"):
        assert council.fields[key].startswith("*Placeholder.*")
    row = next(row for row in pages["P09"].rows("success_defined_by") if row["org"] == "O2")
    assert row["success"].startswith("*Placeholder.*")


def test_addresses_are_those_of_the_demo(pages: Pages) -> None:
    found = {address for _name, text in every_text(pages) for address in re.findall(r"[\w.]+@[\w.-]+\w", text)}
    assert all(address.endswith("@paper-coast.example") for address in found)
    assert "cleo@paper-coast.example" not in found


def test_some_bodies_show_what_the_wiki_can_do(pages: Pages) -> None:
    bodies = "\n\n".join(page.body for page in pages.values())
    callouts = ("> [!NOTE]", "> [!WARNING]", "> [!IMPORTANT]", "> [!TIP]")
    for sign in (*callouts, "|---|", "- [x] ", "- [ ] ", "[^1]: ", "\n1. ", "\n: "):
        assert sign in bodies, sign
