"""Two people's changes joined. Nothing that anybody typed is lost, and changes in different places never clash."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.rendering.merge import Merged, TextConflict, merge_text

BASE = "# Tide\n\nOne two three.\n\nFour five six.\n\n- a\n- b\n\nLast words.\n"


def test_it_works() -> None:
    merged = merge_text(BASE, BASE.replace("two", "2"), BASE.replace("five", "5"))
    assert merged.text == BASE.replace("two", "2").replace("five", "5")
    assert merged.conflicts == []


def test_the_same_paragraph_changed_by_both_is_a_conflict_with_all_versions() -> None:
    merged = merge_text(BASE, BASE.replace("two", "2"), BASE.replace("two", "zwei"))
    assert merged.parts == [
        "# Tide\n\n",
        TextConflict("One two three.\n\n", "One 2 three.\n\n", "One zwei three.\n\n"),
        "Four five six.\n\n- a\n- b\n\nLast words.\n",
    ]


def test_the_same_change_by_both_is_no_conflict() -> None:
    changed = BASE.replace("two", "2")
    assert merge_text(BASE, changed, changed) == Merged([changed])
    merged = merge_text(BASE, changed.replace("Last", "Final"), changed.replace("# Tide", "# Tides"))
    assert merged.text == changed.replace("Last", "Final").replace("# Tide", "# Tides")


def test_paragraphs_side_by_side_are_different_places() -> None:
    mine, theirs = BASE.replace("three", "3"), BASE.replace("Four", "4")
    assert merge_text(BASE, mine, theirs).parts == [BASE.replace("three", "3").replace("Four", "4")]


def test_a_paragraph_that_one_took_out_and_the_other_changed_is_a_conflict() -> None:
    merged = merge_text(BASE, BASE.replace("Four five six.\n\n", ""), BASE.replace("five", "5"))
    assert merged.conflicts == [TextConflict("Four five six.\n\n", "", "Four 5 six.\n\n")]


def test_both_may_add_something_at_the_same_place() -> None:
    merged = merge_text(BASE, BASE + "\nI was there.\n", BASE + "\nNobody fished today.\n")
    assert merged.text == BASE + "\nNobody fished today.\n\nI was there.\n"
    assert merged.conflicts == []


def test_two_additions_that_say_much_the_same_are_for_a_person_to_decide() -> None:
    merged = merge_text(BASE, BASE + "\nThe boat leaves at nine.\n", BASE + "\nThe boat leaves at ten.\n")
    assert merged.conflicts == [TextConflict("", "The boat leaves at nine.\n", "The boat leaves at ten.\n")]


def test_the_same_addition_by_both_stands_once() -> None:
    mine = BASE.replace("two", "2") + "\nNew.\n"
    theirs = BASE.replace("five", "5") + "\nNew.\n\nMore.\n"
    assert merge_text(BASE, mine, theirs).text.count("New.") == 1


def test_lists_are_joined_item_by_item() -> None:
    merged = merge_text(BASE, BASE.replace("- a", "- [x] a"), BASE.replace("- b", "- b\n- c\n  more of c"))
    assert merged.text == BASE.replace("- a\n- b", "- [x] a\n- b\n- c\n  more of c")


def test_both_may_add_items_to_a_list() -> None:
    mine, theirs = BASE.replace("- b", "- b\n- call Ada"), BASE.replace("- b", "- b\n- call Ben")
    assert merge_text(BASE, mine, theirs).text == BASE.replace("- b", "- b\n- call Ben\n- call Ada")


def test_only_the_item_that_both_changed_is_in_conflict() -> None:
    merged = merge_text(BASE, BASE.replace("- b", "- b1"), BASE.replace("- a\n- b", "- a!\n- b2"))
    assert merged.conflicts == [TextConflict("- b\n\n", "- b1\n\n", "- b2\n\n")]
    assert "- a!\n" in merged.text


TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n"


def test_tables_are_joined_row_by_row() -> None:
    merged = merge_text(TABLE, TABLE.replace("| 2", "| two"), TABLE + "| 5 | 6 |\n")
    assert merged.text == TABLE.replace("| 2", "| two") + "| 5 | 6 |\n"


def test_a_table_whose_head_one_changed_stays_whole() -> None:
    wider = "| a | b | c |\n|---|---|---|\n| 1 | 2 | x |\n| 3 | 4 | y |\n"
    merged = merge_text(TABLE, wider, TABLE + "| 5 | 6 |\n")
    assert merged.conflicts == [TextConflict(TABLE, wider, TABLE + "| 5 | 6 |\n")]


def test_code_stays_whole() -> None:
    base = "```\na\n\nb\n```\n"
    merged = merge_text(base, base.replace("a", "1"), base.replace("b", "2"))
    assert merged.conflicts == [TextConflict(base, base.replace("a", "1"), base.replace("b", "2"))]


def test_a_heading_and_the_text_under_it_are_two_places() -> None:
    base = "# Tide\nIt comes.\n"
    merged = merge_text(base, base.replace("Tide", "Tides"), base.replace("comes", "goes"))
    assert merged.parts == ["# Tides\nIt goes.\n"]


def test_paragraphs_that_were_apart_never_run_together() -> None:
    base = "Above\n# Heading\n\nBelow"
    merged = merge_text(base, "Above", base + "\n\nAdded at the end")
    assert "Above\nAdded" not in merged.text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_gaps_stay_as_they_are(end: str) -> None:
    base = f"{end}a b c{end}{end}{end}d e f{end} {end}g h i{end}{end}"
    merged = merge_text(base, base.replace("b", "B"), base.replace("h", "H"))
    assert merged.parts == [base.replace("b", "B").replace("h", "H")]


def test_line_ends_changed_throughout_by_one_are_changed_once() -> None:
    theirs = BASE.replace("five", "5")
    for before, after in (("\n", "\r\n"), ("\r\n", "\n")):
        base = BASE.replace("\n", before)
        mine = BASE.replace("two", "2").replace("\n", after)
        merged = merge_text(base, mine, theirs.replace("\n", before))
        assert merged.parts == [BASE.replace("two", "2").replace("five", "5").replace("\n", after)]


def test_everything_replaced_by_both_is_one_conflict_and_nothing_is_lost() -> None:
    texts = ["\n\n".join(f"{name} {number} {name}" for number in range(1_500)) for name in ("base", "mine", "theirs")]
    assert merge_text(*texts).parts == [TextConflict(*texts)]


# Random pairs of edits. Every paragraph has words of its own, as real paragraphs have.

NUMBERS = st.integers(0, 7)
EDIT = st.tuples(st.sampled_from(["reword", "replace", "remove", "add before", "grow"]), NUMBERS)
EDITS = st.lists(EDIT, max_size=5)


def paragraph(number: int) -> str:
    kind = number % 4
    names = [f"p{number}w{word}" for word in range(6)]
    if kind == 1:
        return "\n".join(f"- {name}" for name in names[:4])
    if kind == 2:
        return f"## {' '.join(names)}"
    return " ".join(names) + "."


def text_of(count: int) -> list[str]:
    return [paragraph(number) for number in range(count)]


def edited(paragraphs: list[str], edits: list[tuple[str, int]], who: str) -> str:
    """The text after one person's edits; every word that the person types begins with their name."""
    pieces: list[list[str]] = [[text] for text in paragraphs]
    for number, (what, where) in enumerate(edits):
        if where >= len(pieces):
            continue
        word = f"{who}{number}"
        if what == "reword" and pieces[where]:
            pieces[where][-1] = re.sub(r"w1\b", f"w1 {word}", pieces[where][-1])
        elif what == "grow" and pieces[where]:
            pieces[where][-1] += f" {word}"
        elif what == "replace" and pieces[where]:
            pieces[where][-1] = f"{word}a {word}b {word}c"
        elif what == "remove":
            pieces[where] = pieces[where][:-1]
        elif what == "add before":
            pieces[where].insert(0, f"{word}a {word}b")
    return "\n\n".join(piece for group in pieces for piece in group)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def everywhere(merged: Merged) -> str:
    return "\n".join(
        part if isinstance(part, str) else f"{part.base}\n{part.mine}\n{part.theirs}" for part in merged.parts
    )


@settings(max_examples=500, deadline=None)
@given(st.integers(1, 8), EDITS, EDITS)
def test_no_typed_word_is_lost(count: int, my_edits: list[tuple[str, int]], their_edits: list[tuple[str, int]]) -> None:
    base = text_of(count)
    mine, theirs = edited(base, my_edits, "mine"), edited(base, their_edits, "theirs")
    merged = merge_text("\n\n".join(base), mine, theirs)
    typed = {word for text in (mine, theirs) for word in words_of(text) if word.startswith(("mine", "theirs"))}
    assert typed <= words_of(everywhere(merged))


@settings(max_examples=500, deadline=None)
@given(st.integers(2, 8), EDITS, EDITS)
def test_edits_in_different_paragraphs_never_clash_and_both_are_there(
    count: int, my_edits: list[tuple[str, int]], their_edits: list[tuple[str, int]]
) -> None:
    base = text_of(count)
    my_edits = [(what, where) for what, where in my_edits if where % 4 == 0]
    their_edits = [(what, where) for what, where in their_edits if where % 4 == 2]
    mine, theirs = edited(base, my_edits, "mine"), edited(base, their_edits, "theirs")
    merged = merge_text("\n\n".join(base), mine, theirs)
    assert merged.conflicts == []
    both = Counter(re.findall(r"\w+", merged.text))
    expected = Counter(re.findall(r"\w+", mine)) + Counter(re.findall(r"\w+", theirs))
    expected.subtract(re.findall(r"\w+", "\n\n".join(base)))
    assert both == +expected


ANY = st.lists(st.sampled_from(["a", "b c", "\n", "\n\n", "\r\n", "- ", "# ", "```", "|", " "]), max_size=20).map(
    "".join
)


@settings(max_examples=300, deadline=None)
@given(ANY, ANY)
def test_what_only_one_side_changed_is_taken_byte_for_byte(base: str, changed: str) -> None:
    assert merge_text(base, changed, base).text == changed
    assert merge_text(base, base, changed).text == changed
    assert merge_text(base, changed, changed).conflicts == []


@settings(max_examples=300, deadline=None)
@given(ANY, ANY, ANY)
def test_any_three_texts_can_be_joined_without_losing_a_word(base: str, mine: str, theirs: str) -> None:
    merged = merge_text(base, mine, theirs)
    gone = (words_of(base) - words_of(mine)) | (words_of(base) - words_of(theirs))
    assert (words_of(mine) | words_of(theirs)) - gone <= words_of(everywhere(merged))


HOSTILE = {
    "blank lines": ("a\n\n" * 3_000, "b\n\n" * 3_000, "c\n\n" * 3_000),
    "spaces": (" " * 50_000 + "x", " " * 50_000 + "y", " " * 50_000 + "z"),
    "a table's second line": ("| a |\n|-" + " " * 50_000 + "x|", "| a |\n|-" + " " * 50_000 + "y|", "| b |"),
    "fences never closed": ("```\n" * 5_000, "```\n" * 5_001 + "x", "~~~\n" * 5_000),
    "long additions": ("", "\n\n".join(f"m{n} w" for n in range(500)), "\n\n".join(f"t{n} w" for n in range(500))),
    "one long line": ("> " * 30_000, "> " * 30_000 + "a", "> " * 30_000 + "b"),
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_texts_are_joined_or_shown_whole(shape: str) -> None:
    base, mine, theirs = HOSTILE[shape]
    merged = merge_text(base, mine, theirs)
    assert words_of(mine) | words_of(theirs) <= words_of(everywhere(merged))
