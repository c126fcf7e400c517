"""Passages through edits: they follow their words, are kept when those go, and never end up on other words."""

import random

from wiki.conversation.anchors import found_again, moved, passage_at, placed
from wiki.conversation.visible import visible_words

TEXT = """# Tides

The **tide gauge** stands at the [old pier](https://pier.example/old-pier) since 1911.

- Read it *every* morning
- Write it down

Who reads it signs. See [[Tide table|the table]] and [[Pier]].
"""


def _said(text: str, quote: str, **around: str) -> str:
    found = placed(text, quote, **around)
    assert len(found) == 1
    return text[found[0][0] : found[0][1]]


def test_it_works() -> None:
    place = placed(TEXT, "gauge stands at the old pier")[0]
    assert TEXT[place[0] : place[1]] == "gauge** stands at the [old pier"
    new = TEXT.replace("# Tides", "# Tides and waves\n\nNew first.").replace("stands", "has been standing")
    there = moved(TEXT, new, [place])[0]
    assert there is not None
    assert new[there[0] : there[1]] == "gauge** has been standing at the [old pier"


def test_words_are_found_as_readers_see_them() -> None:
    assert _said(TEXT, "Read it every morning Write") == "Read it *every* morning\n- Write"
    assert _said(TEXT, "see the table and") == "See [[Tide table|the table]] and"
    assert _said(TEXT, "since 1911") == "since 1911"
    assert placed(TEXT, "pier example") == []
    assert len(placed(TEXT, "it")) == 3
    assert _said(TEXT, "it", before="who reads", after="signs") == "it"
    assert [word.key for word in visible_words("1. a &amp; ![b](c) <b>d</b> [^1]\n```py\ne\n```")] == ["a", "d", "e"]


def test_what_is_taken_out_is_gone_and_what_comes_back_is_found() -> None:
    place = placed(TEXT, "Who reads it signs")[0]
    passage = passage_at(TEXT, place)
    assert (passage.text, passage.before, passage.after) == (
        "Who reads it signs",
        "1911 read it every morning write it down",
        "see the table and pier",
    )
    without = TEXT.replace("Who reads it signs. ", "")
    assert moved(TEXT, without, [place]) == [None]
    assert found_again(TEXT, without, passage) is None
    again = without.replace("# Tides", "# Tides\n\nWho reads it signs!")
    assert found_again(without, again, passage) is None  # four words in other company could be anybody's
    assert found_again(without, TEXT, passage) == place


def test_a_paragraph_that_moves_takes_its_passages_along_and_twins_are_not_mixed_up() -> None:
    first, second = "One two three four five six.", "Ten eleven twelve thirteen."
    old, new = f"{first}\n\nMiddle.\n\n{second}\n", f"{second}\n\nMiddle.\n\n{first}\n"
    place = placed(old, "eleven twelve thirteen")[0]
    there = moved(old, new, [place])[0]
    assert there is not None and new[there[0] : there[1]] == "eleven twelve thirteen"
    twins = f"{first}\n\nMiddle.\n\n{first}\n\nEnd.\n"
    second_place = placed(twins, "two three four", after="five six end")[0]
    assert moved(twins, twins.replace(f"Middle.\n\n{first}", "Middle."), [second_place]) == [None]


# --- 500 edits of one page, beside a plain account of which words belong to which comment

VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstv"


class _Marked:
    """A page as a list of paragraphs of words, each word with the comments whose passage it belongs to: the oracle."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.paragraphs = [[self.word() for _ in range(self.chance.randint(8, 40))] for _ in range(30)]

    def word(self) -> tuple[str, frozenset[int]]:
        pick = self.chance.choice
        return "".join(pick(CONSONANTS) + pick(VOWELS) for _ in range(pick([1, 2, 2, 3]))), frozenset()

    def text(self) -> str:
        return "\n\n".join(" ".join(word for word, _marks in one) for one in self.paragraphs) + "\n"

    def places(self) -> list[tuple[int, int, frozenset[int]]]:
        """Each word's place in the text, with its comments."""
        found, at = [], 0
        for paragraph in self.paragraphs:
            for word, marks in paragraph:
                found.append((at, at + len(word), marks))
                at += len(word) + 1
            at += 1
        return found

    def mark(self, number: int) -> None:
        paragraph = self.chance.choice([one for one in self.paragraphs if len(one) > 4])
        length = self.chance.randint(3, min(12, len(paragraph)))
        start = self.chance.randrange(len(paragraph) - length + 1)
        for index in range(start, start + length):
            word, marks = paragraph[index]
            paragraph[index] = word, marks | {number}

    def set_marks(self, number: int, place: tuple[int, int]) -> None:
        """The comment belongs to exactly these words now."""
        spans = iter(self.places())
        for paragraph in self.paragraphs:
            for index, (word, marks) in enumerate(paragraph):
                start, end, _marks = next(spans)
                inside = place[0] < end and start < place[1]
                paragraph[index] = word, (marks | {number}) if inside else (marks - {number})

    def edit(self) -> str:
        kind = self.chance.choices(
            ["insert", "delete", "replace", "split", "join", "move", "drop", "add", "swap"],
            [6, 5, 5, 2, 2, 2, 1, 2, 1],
        )[0]
        at = self.chance.randrange(len(self.paragraphs))
        one = self.paragraphs[at]
        where, length = self.chance.randrange(len(one) + 1), self.chance.randint(1, 6)
        if kind == "insert":
            one[where:where] = [self.word() for _ in range(length)]
        elif kind == "delete" and len(one) > length:
            del one[where : where + length]
        elif kind == "replace":
            one[where : where + length] = [self.word() for _ in range(length)]
        elif kind == "split" and 2 < where < len(one) - 2:
            self.paragraphs[at : at + 1] = [one[:where], one[where:]]
        elif kind == "join" and at + 1 < len(self.paragraphs):
            self.paragraphs[at : at + 2] = [one + self.paragraphs[at + 1]]
        elif kind in ("move", "swap"):
            self.paragraphs.insert(self.chance.randrange(len(self.paragraphs)), self.paragraphs.pop(at))
        elif kind == "drop" and len(self.paragraphs) > 15:
            self.paragraphs.pop(at)
        elif kind == "add":
            self.paragraphs.insert(at, [self.word() for _ in range(self.chance.randint(8, 40))])
        self.paragraphs = [one for one in self.paragraphs if one]
        return kind


def _of(places: list[tuple[int, int, frozenset[int]]], number: int) -> tuple[int, int]:
    """From the first to the last word of a comment's passage."""
    mine = [(start, end) for start, end, marks in places if number in marks]
    return mine[0][0], mine[-1][1]


def test_comments_through_500_edits_are_never_lost_and_never_on_other_words() -> None:
    """Half of its letters left together: the passage is there, on those. Less: it has gone, and says so."""
    page = _Marked(7)
    for number in range(24):
        page.mark(number)
    text, places = page.text(), page.places()
    now = {number: _of(places, number) for number in range(24)}
    kept = gone = 0
    for step in range(500):
        size = {number: 0 for number in now}
        for start, end, marks in places:
            for number in marks & now.keys():
                size[number] += end - start
        kind = page.edit()
        old, text, places = text, page.text(), page.places()
        assert moved(old, old, list(now.values())) == list(now.values())
        for number, there in zip(list(now), moved(old, text, list(now.values())), strict=True):
            what = (step, kind, old[slice(*now[number])], there and text[slice(*there)])
            left = sum(end - start for start, end, marks in places if number in marks)
            if there is None:
                gone += 1
                assert 2 * left < size[number] or kind in ("move", "swap", "split"), what
                del now[number]
                continue
            kept += 1
            inside = [
                (start, end, number in marks) for start, end, marks in places if there[0] < end and start < there[1]
            ]
            assert 2 * sum(end - start for start, end, mine in inside if mine) >= size[number], what
            whole = _of(places, number)
            if left == size[number] and all(number in m for s, e, m in places if whole[0] <= s and e <= whole[1]):
                assert there == whole, what
            if there != whole:
                page.set_marks(number, there)
            now[number] = there
        for number in range(1000 + 24 * step, 1000 + 24 * step + 24 - len(now)):  # others comment anew
            page.mark(number)
            now[number] = (0, 0)
        places = page.places()
        now = {number: _of(places, number) if place == (0, 0) else place for number, place in now.items()}
    assert kept > 11_000 and 10 < gone < 400
