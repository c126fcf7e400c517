"""What is pasted from a word processor, the web or a plain text, as clean blocks."""

import pytest
from hypothesis import given, settings

from tests.rendering.test_fuzz import TEXTS
from wiki.rendering.editor import Malformed, write
from wiki.rendering.pasting import pasted

BULLET = "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>"
NUMBER = "<!--[if !supportLists]--><span style='mso-list:Ignore'>3.<span>&nbsp;&nbsp; </span></span><!--[endif]-->"

WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><title>No title</title><style>p {{color: red}}</style>
<!--[if gte mso 9]><xml><o:x>1</o:x></xml><![endif]--></head><body lang=EN-CA><!--StartFragment-->
<p class=MsoTitle>Harbour plan<o:p></o:p></p>
<h2><b><span lang=EN-CA style='mso-fareast-language:X'>Spring<o:p></o:p></span></b></h2>
<p class=MsoNormal>Some <b>bold</b>, <i style='mso-bidi-font-style:normal'>slanted</i> and <span style='font-weight:700'>heavy</span><del cite="mailto:x" datetime="2024-01-01T10:00"> gone</del><ins datetime="2024"> new</ins>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'>{BULLET}One<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:1.0in;text-indent:-.25in;mso-list:l0 level2 lfo1'>{BULLET}Deeper</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-.25in;mso-list:l0 level1 lfo1'>{BULLET}Two</p>
<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l1 level1 lfo2'>{NUMBER}Third</p>
<table class=MsoTableGrid><tr><td colspan=2><p class=MsoNormal><b>Boat</b></p></td></tr>
<tr><td><p>a|b</p><p>c</p></td><td align=right>2</td></tr></table>
<p class=MsoNormal><img width=300 src="file:///C:/x.png" alt="Map of the harbour"> 5 m<sup>2</sup>, the 1<sup>st</sup>
<a href="https://example.org/a?utm_source=mail&amp;b=1">link</a> <a href="#_Toc1">contents</a></p>
<p class=MsoCommentText>Only for the author</p>
<p style='margin-left:.5in;text-indent:-.25in'>·<span>&nbsp;&nbsp;&nbsp;</span>by margin</p>
<p style='margin-left:1in;text-indent:-.25in'>·<span>&nbsp;&nbsp;&nbsp;</span>deeper by margin</p>
</body></html>"""

CLEAN = """# Harbour plan

## Spring

Some **bold**, *slanted* and **heavy** new.

- One
  - Deeper
- Two

3. Third

| Boat |  |
| --- | --- |
| a\\|b<br>c | 2 |

Map of the harbour 5 m², the 1st [link](https://example.org/a?b=1) contents

- by margin
  - deeper by margin"""


def markdown(html: str = "", text: str = "") -> str:
    return write(pasted(html, text))


def test_it_works() -> None:
    found = pasted("just <b>bold</b> text")
    assert found["content"][0]["attrs"] == {"src": None, "gap": None}
    assert write(found) == "just **bold** text"


def test_a_document_of_a_word_processor_is_cleaned() -> None:
    assert markdown(WORD) == CLEAN


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<b style='font-weight:normal' id='docs-internal-guid-1'><p><span style='font-weight:700'>A</span> *b*</p></b>", "**A** \\*b\\*"),
        ("<ul><li aria-level=1><p>One</p></li><ul><li aria-level=2><p>Two</p></li></ul><li aria-level=1>Three</li></ul>", "- One\n  - Two\n- Three"),
        ("<div><ul><li aria-level=1>A</li></ul></div><div><ul><li aria-level=2>B</li></ul></div>", "- A\n  - B"),
        ("<ol start=4><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "4. a\n   - b\n5. c"),
        ("<ul><li><input type=checkbox checked> done</li><li><label><input type=checkbox> open</label></li></ul>", "- [x] done\n- [ ] open"),
        ("<pre><code class='language-py'>a = 1\nb &lt; 2</code></pre>", "```py\na = 1\nb < 2\n```"),
        ("<blockquote><p>q</p></blockquote><hr>", "> q\n\n---"),
        ("<p>x <img src='https://e.example/i.png' alt='pic'><img src='https://t.example/p.gif' width=1 height=1></p>", "x ![pic](https://e.example/i.png)"),
        ("<p><img src='data:image/png;base64,AAAA' alt='A drawing'></p>", "A drawing"),
        ("<a href='https://www.google.com/url?q=https://example.org/x&sa=D'>g</a>", "[g](https://example.org/x)"),
        ("<a href='javascript:alert(1)'>run</a><script>alert(1)</script><span style='display:none'>hidden</span>", "run"),
        ("<table><tr><td><p>laid</p><p>out</p></td></tr></table>", "laid\n\nout"),
        ("<table><tr><th rowspan=2>a</th><th style='text-align:center'>b</th></tr><tr><td><ul><li>c</li><li>d</li></ul></td></tr></table>", "| a | b |\n| --- | :-: |\n|  | • c<br>• d |"),
        ("<p>a</p>\n<p>&nbsp;</p><p>b<br></p>", "a\n\nb"),
    ],
)  # fmt: skip
def test_html_becomes_the_markdown_that_says_the_same(html: str, clean: str) -> None:
    assert markdown(html) == clean


def test_plain_text_says_only_what_it_says() -> None:
    words = "Dear Ann,\nthis is short\n\nA long line that was broken by a mail program because it was wider\nthan the window. *no* snake_case"
    assert markdown(text=words) == (
        "Dear Ann,\\\nthis is short\n\n"
        "A long line that was broken by a mail program because it was wider than the window. \\*no\\* snake_case"
    )


def test_text_that_is_markdown_is_taken_as_such() -> None:
    assert markdown(text="# Title\n\n- a\n- b [[Tides]]") == "# Title\n\n- a\n- b [[Tides]]"


def test_html_that_is_too_much_gives_way_to_its_words() -> None:
    assert markdown("<div>" * 5_000 + "x", "only words") == "only words"
    with pytest.raises(Malformed):
        pasted("x" * 2_100_000)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_anything_can_be_pasted(source: str) -> None:
    for html, text in ((source, ""), (f"<ul><li>{source}<p>{source}", ""), ("", source)):
        write(pasted(html, text))
