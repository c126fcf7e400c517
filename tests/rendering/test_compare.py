"""Two texts compared: paragraph by paragraph and word by word, within a budget of steps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.rendering.comparison import Change, Piece, paragraphs, words
from wiki.rendering.myers import MOST_EDITS, MOST_STEPS, Work, differences
from wiki.rendering.paragraphs import split
from wiki.rendering.words import tokens

SAME, CHANGED, ADDED, REMOVED = Change.SAME, Change.CHANGED, Change.ADDED, Change.REMOVED


def shown(old: str, new: str) -> list[tuple[str, str]]:
    return [(str(piece.kind), piece.text) for piece in words(old, new)]


def test_it_works() -> None:
    assert shown("the tide comes in", "the tide goes in") == [
        ("same", "the tide "),
        ("removed", "comes"),
        ("added", "goes"),
        ("same", " in"),
    ]


def test_neighbouring_words_change_together() -> None:
    assert shown("one cat sat here", "one dog lay here") == [
        ("same", "one "),
        ("removed", "cat sat"),
        ("added", "dog lay"),
        ("same", " here"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't stop", ["don't", " ", "stop"]),
        ("hən̓q̓əmin̓əm̓ X̱aad Kíl", ["hən̓q̓əmin̓əm̓", " ", "X̱aad", " ", "Kíl"]),
        ("nuučaan̓uł, ʔayʔaǰuθəm", ["nuučaan̓uł", ",", " ", "ʔayʔaǰuθəm"]),
        ("ᐃᓄᒃᑎᑐᑦ ᓂᕐᔪᑦ", ["ᐃᓄᒃᑎᑐᑦ", " ", "ᓂᕐᔪᑦ"]),
        ("日本語です。", ["日", "本", "語", "で", "す", "。"]),
        ("हिन्दी भाषा", ["हिन्दी", " ", "भाषा"]),
        ("l’eau", ["l’eau"]),
        ("a\n\nb", ["a", "\n", "\n", "b"]),
    ],
)
def test_words_are_words_in_every_script(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(st.text(max_size=200))
def test_tokens_are_the_whole_text(text: str) -> None:
    assert "".join(tokens(text)) == text


TEXTS = st.lists(st.sampled_from("a b c the tide é n̓ \n\n . 日".split(" ")), max_size=40).map(" ".join)


@settings(max_examples=300)
@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind is not ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.kind is not REMOVED) == new


@settings(max_examples=200)
@given(st.lists(st.integers(0, 3), max_size=14), st.lists(st.integers(0, 3), max_size=14))
def test_no_shorter_way_exists(old: list[int], new: list[int]) -> None:
    hunks = differences(old, new)
    assert hunks is not None
    edits = sum(hunk.old_end - hunk.old_start + hunk.new_end - hunk.new_start for hunk in hunks)
    assert edits == len(old) + len(new) - 2 * longest_common(old, new)


def longest_common(old: list[int], new: list[int]) -> int:
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, x in enumerate(old):
        for j, y in enumerate(new):
            best[i + 1][j + 1] = best[i][j] + 1 if x == y else max(best[i][j + 1], best[i + 1][j])
    return best[-1][-1]


def test_a_reworded_paragraph_is_shown_inside_itself() -> None:
    changes = paragraphs("# A\n\nThe tide comes in.\n\nLast.", "# A\n\nNew here.\n\nThe tide goes in.\n\nLast.")
    assert [change.kind for change in changes] == [SAME, ADDED, CHANGED, SAME]
    assert changes[2].pieces == [
        Piece(SAME, "The tide "),
        Piece(REMOVED, "comes"),
        Piece(ADDED, "goes"),
        Piece(SAME, " in."),
    ]


def test_a_paragraph_replaced_by_another_is_removed_and_added() -> None:
    changes = paragraphs("Kelp grows quickly.\n\nx", "Nobody may fish today!\n\nx")
    assert [(change.kind, change.old, change.new) for change in changes] == [
        (REMOVED, "Kelp grows quickly.", ""),
        (ADDED, "", "Nobody may fish today!"),
        (SAME, "x", "x"),
    ]


PARAGRAPHS = st.lists(st.sampled_from(["a b c", "a b d", "x y z", "# h", "- 1\n- 2", "```\n\na\n```"]), max_size=8).map(
    "\n\n".join
)


@settings(max_examples=300)
@given(PARAGRAPHS, PARAGRAPHS)
def test_every_paragraph_of_both_is_there_in_order(old: str, new: str) -> None:
    changes = paragraphs(old, new)
    assert [change.old for change in changes if change.kind is not ADDED] == split(old).keys
    assert [change.new for change in changes if change.kind is not REMOVED] == split(new).keys


def test_line_ends_are_no_change() -> None:
    assert [change.kind for change in paragraphs("a\r\nb\r\n\r\nc", "a\nb\n\nc")] == [SAME, SAME]


def numbers(count: int, seed: int, kinds: int) -> list[int]:
    """A made-up sequence that looks random and is always the same."""
    found, state = [], seed
    for _ in range(count):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        found.append(state // 65_536 % kinds)
    return found


SHAPES = {
    "a few edits": (numbers(20_000, 1, 5_000), numbers(20_000, 1, 5_000)[:-5] + [9_999] * 5),
    "repetitive": (numbers(20_000, 1, 5), numbers(20_000, 2, 5)),
    "alternating": ([0, 1] * 10_000, [1, 0] * 10_000),
    "alternating, shifted": ([0, 1] * 9_000 + [2] * 400, [3] + [0, 1] * 9_300),
    "all the same, one longer": ([0] * 19_000 + [1], [1] + [0] * 18_000 + [2]),
    "nothing in common": (list(range(20_000)), list(range(20_000, 40_000))),
    "too long": (list(range(30_000)), list(range(30_000, 60_000))),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_work_is_bounded_whatever_the_texts(shape: str) -> None:
    work = Work()
    differences(*SHAPES[shape], work)
    assert work.steps <= MOST_STEPS + 50_000


def test_the_patience_ends_at_the_number_of_edits() -> None:
    common = list(range(1_000, 3_000))
    assert differences([0, *common, 1], [*range(5_000, 5_000 + MOST_EDITS - 3), *common, 9]) is not None
    assert differences([0, *common, 1], [*range(5_000, 5_000 + MOST_EDITS), *common, 9]) is None


def test_texts_too_different_stand_side_by_side() -> None:
    old = " ".join(map(str, numbers(3_000, 1, 9)))
    new = " ".join(map(str, numbers(3_000, 2, 9)))
    (change,) = paragraphs(old, new)
    assert change.side_by_side and (change.old, change.new) == (old, new)
    assert words(old, new) == [Piece(REMOVED, old), Piece(ADDED, new)]


def test_one_budget_serves_all_paragraphs_of_a_comparison() -> None:
    old = "\n\n".join(" ".join(map(str, numbers(400, seed, 4))) for seed in range(100))
    new = "\n\n".join(" ".join(map(str, numbers(400, seed, 4))) for seed in range(100, 200))
    work = Work()
    changes = paragraphs(old, new, work)
    assert work.steps <= MOST_STEPS + 50_000
    assert any(change.side_by_side for change in changes)


@settings(max_examples=300)
@given(st.text(alphabet="a#`~>- \n\r\t|", max_size=120))
def test_cutting_into_paragraphs_loses_no_byte(text: str) -> None:
    cut = split(text)
    assert cut.lead + "".join(block.text + block.gap for block in cut.blocks) + cut.tail == text


def test_code_stays_whole_and_an_unclosed_fence_takes_nothing_with_it() -> None:
    assert split("a\n```\n\nb\n\n```\nc").keys == ["a", "```\n\nb\n\n```", "c"]
    assert split("```\n\nb\n\nc").keys == ["```", "b", "c"]
