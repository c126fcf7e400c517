"""Small texts that ask for huge work. Counted, not timed: calls made, tokens made, characters written."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from tests.rendering.reading import Shelf, dangers
from wiki.rendering import guard
from wiki.rendering.markdown import NoLinks, parse, plain_text, render

CALLS_PER_CHARACTER = 250


def calls(work: Callable[[], object]) -> int:
    """How many function calls some work takes."""
    count = 0

    def tick(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def shown(source: str) -> int:
    return calls(lambda: render(source, NoLinks()))


def token_count(source: str) -> int:
    return sum(1 + len(token.children or ()) for token in parse(source).tokens)


def table(rows: int, columns: int) -> str:
    return "|" + "a|" * columns + "\n|" + "-|" * columns + "\n" + "|x\n" * rows + "\n"


REPEATED = [
    "[", "![", "^[", "[^1", "[^1]", "*", "**a", "_a ", "a*", "***a", "`", "``a", "<", "<!--", "<a ", "</a", "<?", "<x",
    "<![CDATA[", "&", "&amp;", "&#x", "\\", "~~", "~~a", "[[", "[[a]]", "[[a|", "[a](b)", "[a](", "[a][", "[](", "[![",
    "[a]: b\n", "[^1]: a\n", "[^1]: [^1]: ", ">", "> > a\n", "- ", "- a\n", "  - a\n", "- [ ] a\n", "- [ ] - [ ] ",
    "1. a\n", "# a\n", "a\n=\n", "a\n", "a\n\n", "| a ", "|a\n|-\n|a\n\n", "::: note\n", ":::", "> [!NOTE]\n", "a\n: b\n",
    "```\n", "~~~\n", "<div>", "</div>", "<div>\n\n", "<b>", "<b>\n\n", "<b a=1>", "<p><b>", "<table>", "<td>",
    "<svg><style>", "a@b", "a@b.c ", "http://a ", "<http://", "https://x/[^1]", "\"https://x/$", "www.", "www.a.b ", "//", "a:/", "{{", "{% x %}",
    "\t", "\r", "\u200d", "a  \n",
]  # fmt: skip


def test_it_works() -> None:
    assert render("ordinary text", NoLinks()).too_hard is None
    assert calls(lambda: len("a")) >= 1


@pytest.mark.parametrize("shape", REPEATED)
def test_work_grows_no_faster_than_the_text(shape: str) -> None:
    short, long = shape * (1_000 // len(shape)), shape * (4_000 // len(shape))
    first = shown(short)
    assert shown(long) <= 6 * first + 2_000
    assert first <= CALLS_PER_CHARACTER * len(short) + 5_000


@pytest.mark.parametrize("shape", REPEATED)
def test_a_page_full_of_it_is_shown_one_way_or_the_other(shape: str) -> None:
    source = shape * (10_000 // len(shape))
    made = render(source, NoLinks())
    assert len(made.html) <= guard.OUTPUT + 1_000
    assert dangers(made.html) == []


def test_nesting_is_followed_twenty_deep_and_no_further() -> None:
    deep = ">" * 2_000 + " a\n"
    assert token_count(deep) < 100
    nested = "".join("  " * level + "- a\n" for level in range(300))
    assert shown(nested) <= CALLS_PER_CHARACTER * len(nested)


def test_nested_brackets_end_in_an_explanation_at_worst() -> None:
    for source in ("[" * 5_000 + "a" + "]" * 5_000, "![" * 3_000 + "a" + "](b)" * 3_000, "*a " * 3_000 + " a*" * 3_000):
        assert "a" in render(source, NoLinks()).html


@pytest.mark.parametrize("shape", ['"https://x/$', "http://"])
def test_an_address_too_long_is_looked_at_once(shape: str) -> None:
    short, long = shape * 1_000, shape * 2_000
    assert shown(long) <= 2.5 * shown(short)


@pytest.mark.parametrize("tables", [1, 4])
def test_a_ragged_table_of_two_kilobytes_makes_no_hundred_thousand_cells(tables: int) -> None:
    source = table(300, 300) * tables
    made = render(source, NoLinks())
    assert made.too_hard is not None and "64" in made.too_hard
    assert token_count(source) < 3_000
    assert "<pre" in made.html and len(made.html) < 2 * len(source)


def test_cells_are_counted_over_all_tables_of_a_page() -> None:
    source = table(60, 60) * 20
    made = render(source, NoLinks())
    assert made.too_hard is not None and "10000" in made.too_hard.replace(",", "")
    assert token_count(source) <= 3 * (guard.CELLS + 64) + 4_000


def test_a_table_at_the_limit_is_shown() -> None:
    assert render(table(155, 64), NoLinks()).too_hard is None
    assert render(table(156, 64), NoLinks()).too_hard is not None


def test_a_long_table_of_ordinary_width_may_be_followed_by_text_without_a_blank_line() -> None:
    made = render("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 1_000 + "> quotation\n", NoLinks())
    assert made.too_hard is None and "<blockquote>" in made.html


def test_references_cannot_grow_a_page_a_thousandfold() -> None:
    source = f"[a]: <{'x' * 1_900}>\n\n" + "[a]" * 6_000
    made = render(source, NoLinks())
    assert made.too_hard is not None and len(made.html) < 2 * len(source)
    titled = f'[a]: b "{"x" * 100_000}"\n\n' + "[a]" * 1_000
    assert render(titled, NoLinks()).too_hard is not None


def test_links_are_counted() -> None:
    assert render("[a](b) " * 5_000, NoLinks()).too_hard is None
    assert render("[a](b) " * 5_001, NoLinks()).too_hard is not None
    assert render("[[a]] " * 5_001, Shelf()).too_hard is not None
    assert render("![a](b) " * 5_001, NoLinks()).too_hard is not None


def test_a_link_longer_than_two_thousand_characters_is_no_link() -> None:
    assert "<a " in render(f"[a](/{'b' * 2_000})", NoLinks()).html
    assert "<a " not in render(f"[a](/{'b' * 2_100})", NoLinks()).html


def test_deep_raw_html_never_reaches_the_sanitiser() -> None:
    assert render("<div>" * 90, NoLinks()).too_hard is None
    assert render("<div>" * 33_000, NoLinks()).too_hard is not None
    assert render("<div></span>" * 200, NoLinks()).too_hard is not None


def test_formatting_that_is_opened_again_in_every_block_is_counted() -> None:
    unclosed = "<p>" + "".join(f"<b title={n}>" for n in range(90)) + "\n\n" + "a\n\n" * 5_000
    assert render(unclosed, NoLinks()).too_hard is not None


def test_unclosed_list_items_and_unknown_names_are_no_nesting() -> None:
    assert render("<ul>" + "<li>a\n" * 500 + "</ul>", NoLinks()).too_hard is None
    assert render("Dear <name>, " * 500, NoLinks()).too_hard is None


def test_html_in_code_does_not_count() -> None:
    assert render("```html\n" + "<div>\n" * 5_000 + "```\n", NoLinks()).too_hard is None


def test_marks_in_code_do_not_count() -> None:
    assert render("```\n" + "[*]_`" * 20_000 + "\n```\n", NoLinks()).too_hard is None
    assert render("[*]_`" * 20_000, NoLinks()).too_hard is not None


def test_a_text_over_a_limit_is_shown_whole_escaped_and_with_the_reason() -> None:
    source = "<script>alert(1)</script>\n" + "a\n" * guard.LINES
    made = render(source, NoLinks())
    assert made.too_hard is not None
    assert "&lt;script&gt;alert(1)" in made.html and made.html.count("\na") == guard.LINES
    assert made.too_hard in made.html
    assert dangers(made.html) == []


def test_a_text_over_a_limit_can_still_be_searched() -> None:
    assert "needle" in plain_text("needle " + "[" * 50_000)


def test_more_than_256_kilobytes_are_not_parsed() -> None:
    assert parse("a" * (guard.CHARACTERS + 1)).tokens == ()
    assert parse("a" * guard.CHARACTERS).tokens != ()


def test_hostile_code_is_not_coloured() -> None:
    for code in ("\n" * 5_000, "a " * 8_000, "x = 1\n" * 2_000):
        assert "hl-" not in render(f"```python\n{code}\n```", NoLinks()).html


def test_colouring_has_a_ration_for_each_page() -> None:
    block = "```python\n" + "x = 1\n" * 1_000 + "```\n\n"
    html = render(block * 8, NoLinks()).html
    assert html.count("hl-number") == 5_000


@pytest.mark.parametrize("shape", ["[[", "[[a", "[[a]] ", "`[[a]]` "])
def test_plain_text_is_no_harder_than_rendering(shape: str) -> None:
    short, long = shape * 300, shape * 1_200
    assert calls(lambda: plain_text(long)) <= 6 * calls(lambda: plain_text(short)) + 2_000
