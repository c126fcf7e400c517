"""Finding wikilinks in a source, and leading them elsewhere without touching anything else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.rendering.links import Wikilink, read_wikilink
from wiki.rendering.markdown import replace_wikilink_target, wikilink_targets

SOURCE = """[[Old page]] and [[old  PAGE|text]] and [[Old page#Part|*x*]] and [[Other]]

`[[Old page]]` and \\[[Old page]] and <b title="[[Old page]]">b</b>

    [[Old page]]

```
[[Old page]]
```

| a | b |
|---|---|
| [[Old page\\|cell]] | `[[Old page]]` |

> - [[Old page#r-a1b2]]

<!-- [[Old page]] -->
"""


def test_it_works() -> None:
    assert replace_wikilink_target("a [[B]] c", "B", "D") == "a [[D]] c"


def test_targets_come_in_order_once_and_not_from_code() -> None:
    assert wikilink_targets("[[b]] [[a|x]] `[[c]]` [[b#d]] [[s/e]] [[#f]]") == ["b", "a", "s/e"]


def test_links_are_read_into_their_parts() -> None:
    assert read_wikilink("Title # Part | text ") == Wikilink("Title", "text", "Part")
    assert read_wikilink("Title#r-a1b2") == Wikilink("Title", "", "r-a1b2")
    assert read_wikilink("Title#r-a1b2").row == "a1b2"  # type: ignore[union-attr]
    assert read_wikilink(" | x") is None


def test_only_links_change_and_only_their_target() -> None:
    expected = (
        SOURCE.replace("[[Old page]] and [[old  PAGE|", "[[New]] and [[New|", 1)
        .replace("[[Old page#Part", "[[New#Part")
        .replace("[[Old page\\|cell", "[[New\\|cell")
        .replace("[[Old page#r-a1b2", "[[New#r-a1b2")
    )
    assert replace_wikilink_target(SOURCE, "Old page", "New") == expected


def test_a_page_that_no_link_names_leaves_the_source_as_it_is() -> None:
    assert replace_wikilink_target(SOURCE, "Nothing", "New") == SOURCE


def test_line_ends_stay() -> None:
    assert replace_wikilink_target("a\r\n[[B]]\r\n", "B", "C") == "a\r\n[[C]]\r\n"


PIECES = st.sampled_from(["[[Old]]", "[[Old|x]]", "[[Old#y]]", "[[Other]]", "`", "``", "\n", "\n\n", "    ", "<b>", "|", "*", "[", "]", "> ", "a", "\\"])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_afterwards_no_link_leads_to_the_old_target_and_the_rest_still_leads_where_it_did(source: str) -> None:
    before = wikilink_targets(source)
    after = wikilink_targets(replace_wikilink_target(source, "Old", "New"))
    assert after == ["New" if target == "Old" else target for target in before]
