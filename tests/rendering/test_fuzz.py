"""Made-up texts of every kind: rendering never raises, and nothing dangerous comes out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rendering.reading import Shelf, dangers
from wiki.rendering.markdown import excerpt, parse, plain_text, render, wikilink_targets

PIECES = st.sampled_from(
    [
        "[", "]", "(", ")", "*", "_", "`", "```", "~~", "<", ">", "!", "|", "-", "+", "#", "\n", "\n\n", " ", "    ", "\t",
        "[[", "]]", "[[Tide pools]]", "[^1]", "[^1]: ", "[a]: ", "- [ ] ", "1. ", "> ", "> [!NOTE]\n", "::: note\n", ":::",
        "|-|-|\n", "<b>", "</b>", "<div>", "</div>\n\n", "<!--", "-->", "<a href=", "javascript:", "onclick=", "style=",
        "<script>", "</script>", "<svg>", "<style>", "'", '"', "\\", "&", "&#x6a;", "http://a.example", "www.b.example",
        "c@d.example", "attachment:map.png", "data-page=", "class=wikilink", "id=", "e", "é", "n̓", "ᐃ", "\u200d", "\x00",
        "\ud800", "\r\n", ": ", "\u202e", "<?", "<![CDATA[", "]]>", "{{", "</p>", "<table>", "<td>", "<p>", "$",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


def test_it_works() -> None:
    assert dangers("<p onclick=a>b</p>") and dangers("<script>a</script>") and dangers("<a href='x:y'>a</a>")


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_rendering_never_raises_and_lets_nothing_dangerous_through(source: str) -> None:
    made = render(source, Shelf(), hide_empty=False)
    assert dangers(made.html) == []
    made.html.encode()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_everything_else_that_reads_markdown_reads_it_too(source: str) -> None:
    parsed = parse(source)
    plain_text(parsed)
    assert len(excerpt(parsed, 40)) <= 40
    assert set(wikilink_targets(parsed)) == {
        link.target for link in render(parsed, Shelf(), hide_empty=False).wikilinks
    }


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_html(source: str) -> None:
    assert render(source, Shelf()).html == render(source, Shelf()).html
