"""Who last changed each paragraph of a page."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.rendering.authorship import who_wrote
from wiki.rendering.paragraphs import split


def test_it_works() -> None:
    revisions = [("Ada", "One.\n\nTwo."), ("Ben", "One.\n\nTwo, changed.\n\nThree.")]
    assert who_wrote(revisions) == [("One.", "Ada", 0), ("Two, changed.", "Ben", 1), ("Three.", "Ben", 1)]


def test_nothing_was_written_by_nobody() -> None:
    assert who_wrote([]) == []
    assert who_wrote([("Ada", "")]) == []


def test_a_paragraph_that_moved_keeps_its_author() -> None:
    revisions = [(1, "a\n\nb\n\nc"), (2, "c\n\na\n\nb")]
    assert [author for _text, author, _revision in who_wrote(revisions)] == [1, 1, 1]


def test_new_line_ends_and_gaps_change_no_author() -> None:
    revisions = [(1, "a\nb\n\nc"), (2, "a\r\nb\r\n\r\n\r\nc\r\n")]
    assert [author for _text, author, _revision in who_wrote(revisions)] == [1, 1]


def test_who_brings_back_a_paragraph_has_written_it() -> None:
    revisions = [(1, "a\n\nb"), (2, "a"), (3, "a\n\nb")]
    assert who_wrote(revisions) == [("a", 1, 0), ("b", 3, 2)]


def test_a_copied_paragraph_is_written_by_who_copied_it() -> None:
    assert [author for _text, author, _revision in who_wrote([(1, "a"), (2, "a\n\na")])] in ([1, 2], [2, 1])


def test_a_text_replaced_whole_belongs_to_who_replaced_it() -> None:
    old, new = ("\n\n".join(f"{name} {n}" for n in range(1_500)) for name in ("old", "new"))
    assert {author for _text, author, _revision in who_wrote([(1, old), (2, new)])} == {2}


BODIES = st.lists(st.lists(st.sampled_from("abcd"), max_size=5).map("\n\n".join), min_size=1, max_size=6)


@given(BODIES)
def test_the_paragraphs_are_those_of_the_newest_text(bodies: list[str]) -> None:
    found = who_wrote(list(enumerate(bodies)))
    assert [text for text, _author, _revision in found] == split(bodies[-1]).keys
    assert all(text in split(bodies[revision]).keys for text, _author, revision in found)
