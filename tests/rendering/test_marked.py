"""Two renderings of a paragraph become one in which readers see what was added and removed."""

import pytest
from markupsafe import Markup

from wiki.rendering.links import NoLinks
from wiki.rendering.markdown import render
from wiki.rendering.marked import Marked, marked, settled


def look(old: str, new: str) -> Marked | None:
    return marked(*(settled(render(text, NoLinks(), hide_empty=False).html) if text else "" for text in (old, new)))


def one_text(old: str, new: str) -> str:
    found = look(old, new)
    assert found is not None and found.inline is not None
    return "".join(found.inline.split("\n"))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("One day\nor two.", "Some days or two.", "<p><del>One day</del><ins>Some days</ins> or two.</p>"),
        ("So it was.", "So it *was*.", "<p>So it <del>was</del><em><ins>was</ins></em>.</p>"),
        ("See [it](/a).", "See [it](/b).", '<a href="/a"><del>it</del></a><a href="/b"><ins>it</ins></a>'),
        ("- a\n- b\n- c", "- a\n- c", "<ul><li>a</li><li><del>b</del></li><li>c</li></ul>"),
        ("- a\n- c", "- a\n- b\n- c", "<ul><li>a</li><li><ins>b</ins></li><li>c</li></ul>"),
        ("| a |\n|---|\n| 1 |", "| a |\n|---|\n| 1 or 2 |", "<td>1<ins> or 2</ins></td>"),
        ("## Old", "## New", "<p><strong><del>Old</del><ins>New</ins></strong></p>"),
        ("", "A `<b>` & c", "<p><ins>A </ins><code><ins>&lt;b&gt;</ins></code><ins> &amp; c</ins></p>"),
    ],
)
def test_it_works(old: str, new: str, shown: str) -> None:
    assert shown in one_text(old, new)


def test_what_no_reader_would_see_is_not_shown_as_a_change() -> None:
    """Then the text is shown as it is typed."""
    for old, new in (("## A", "### A"), ("a", "a <!-- hidden -->"), ("a\nb", "a b"), ("", "<!-- nothing -->")):
        assert look(old, new) is None, (old, new)


def test_what_cannot_stand_in_one_text_stands_side_by_side() -> None:
    found = look("> | a |\n> |---|\n> | 1 |\n\nend", "- | end")
    assert found is not None and found.inline is None
    assert "<del>1</del>" in found.before and "<del>" not in found.after


def test_nothing_of_a_side_is_lost_and_nothing_is_made_up() -> None:
    """Without what is marked as added the one text says what was there, without what is marked as removed what is there."""
    old = "One **two** three [four](/x) `five`\n\n- six\n- seven\n"
    for new in ("One two **three** four", "- seven\n- six", "zero", old.replace("six", "six and a half")):
        found = look(old, new)
        assert found is not None
        for side, text in ((found.before, old), (found.after, new)):
            assert side.striptags().split() == words_of(text)


def words_of(text: str) -> list[str]:
    return Markup(settled(render(text, NoLinks(), hide_empty=False).html)).striptags().split()
