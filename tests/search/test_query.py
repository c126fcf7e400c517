"""How a question is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.search.query import MAX_LENGTH, MAX_WORDS, All, Any, Filter, Not, Phrase, Query, Word, leaves, parse


def test_it_works() -> None:
    assert parse("permit notice") == Query(All((Word("permit"), Word("notice"))), words="permit notice")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("water", Word("water")),
        ('"thirty days"', Phrase("thirty days")),
        ("“thirty days”", Phrase("thirty days")),
        ('"water"', Word("water")),
        ("organis*", Word("organis", prefix=True)),
        ("permit -water", All((Word("permit"), Not(Word("water"))))),
        ("permit -loan*", All((Word("permit"), Not(Word("loan", prefix=True))))),
        ('permit -"in kind"', All((Word("permit"), Not(Phrase("in kind"))))),
        ("permit NOT water", All((Word("permit"), Not(Word("water"))))),
        ("cash or kind", Any((Word("cash"), Word("kind")))),
        ("cash OR kind", Any((Word("cash"), Word("kind")))),
        ("(cash or kind) report", All((Any((Word("cash"), Word("kind"))), Word("report")))),
        ("report -(cash kind)", All((Word("report"), Not(All((Word("cash"), Word("kind"))))))),
        ("-water", Not(Word("water"))),
        ("e-mail D-0009", All((Word("e-mail"), Word("D-0009")))),
        ("and/or", All((Word("and"), Word("or")))),
        ("foo:bar", All((Word("foo"), Word("bar")))),
        ("kind:", Word("kind")),
        ('"open phrase', All((Word("open"), Word("phrase")))),
        ("((( open", Word("open")),
        ("cash or", All((Word("cash"), Word("or")))),
        ("or cash", All((Word("or"), Word("cash")))),
        ("cash or -kind", Any((Word("cash"), Word("kind")))),
        ("-(-cash -kind)", Any((Word("cash"), Word("kind")))),
        ("title^2 ~ [a TO b] {x}", parse("title 2 a TO b x").tree),
        ("'single' quotes", All((Word("single"), Word("quotes")))),
        ("water water water", Word("water")),
        ("*", None),
        ("-", None),
        ('"', None),
        ("\0", None),
    ],
)
def test_syntax(text: str, tree: object) -> None:
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("kind:decision", [Filter("kind", "decision")]),
        ("KIND:decision", [Filter("kind", "decision")]),
        ("-kind:decision", [Filter("kind", "decision", negative=True)]),
        ('by:"Ada Verdana"', [Filter("owner", "Ada Verdana")]),
        ("owner:me", [Filter("owner", "me")]),
        ("space:paper-coast state:in_force", [Filter("space", "paper-coast"), Filter("state", "in_force")]),
        ("after:2024", [Filter("after", "2024-01-01")]),
        ("after:2024-05", [Filter("after", "2024-05-01")]),
        ("before:2024-02-29", [Filter("before", "2024-02-29")]),
        ("kind:decision or kind:lesson", [Filter("kind", "decision"), Filter("kind", "lesson")]),
    ],
)
def test_filters(text: str, filters: list[Filter]) -> None:
    assert parse(text) == Query(None, tuple(filters))


@pytest.mark.parametrize("text", ["after:soon", "before:2024-13", "after:2023-02-29", "after:0000"])
def test_a_date_that_is_none_is_words(text: str) -> None:
    assert parse(text).filters == ()
    assert Word(text.partition(":")[0]) in list(leaves(parse(text).tree))


def test_a_long_question_is_cut_and_says_so() -> None:
    question = parse("word " * 100)
    assert question.cut
    assert not parse("x" * MAX_LENGTH).cut


def test_words_over_the_limit_are_named() -> None:
    words = [f"w{i}" for i in range(MAX_WORDS + 2)]
    question = parse(" ".join(words))
    assert list(leaves(question.tree)) == [Word(word) for word in words[:MAX_WORDS]]
    assert question.left_out == ("w32", "w33")


SYNTAX = st.lists(
    st.sampled_from(
        ['"', "(", ")", "-", "*", "or", "OR", "NOT", "kind:", "after:", "a", "b*", " ", ":", "~", "^", "’", "é"]
    )
)


@given(st.one_of(st.text(max_size=250), SYNTAX.map("".join), SYNTAX.map(" ".join)))
def test_nothing_that_can_be_typed_is_an_error(text: str) -> None:
    question = parse(text)
    assert len({leaf.text for leaf in leaves(question.tree)}) <= MAX_WORDS
    assert_no_lonely_not(question.tree, top=True)


def assert_no_lonely_not(node: object, top: bool = False) -> None:
    """Engines can take pages away only from other pages."""
    if isinstance(node, Any):
        assert not any(isinstance(part, Not) for part in node.parts)
    if isinstance(node, All):
        assert top or not all(isinstance(part, Not) for part in node.parts)
    for part in getattr(node, "parts", ()):
        assert_no_lonely_not(part)
    if isinstance(node, Not):
        assert not isinstance(node.part, Not)
        assert_no_lonely_not(node.part)
