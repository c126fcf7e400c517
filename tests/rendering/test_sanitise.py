"""Whatever an author writes, only harmless HTML leaves, and nobody can pass for the renderer."""

import re

import bleach
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rendering.reading import Shelf, dangers, normal
from wiki.rendering.markdown import NoLinks, render
from wiki.rendering.raw_html import ALLOWED
from wiki.rendering.sanitise import new_seal, sanitise


def html(source: str) -> str:
    return render(source, Shelf(), hide_empty=False).html


def test_it_works() -> None:
    assert html("<b>a</b><script>b</script>") == "<p><b>a</b></p>\n"


HOSTILE = [
    "<script>alert(1)</script>", "<ScRiPt src=//x.example></sCrIpT>", "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<math><mtext><script>a</script>",
    "<a href=javascript:alert(1)>a</a>", "<a href='java\nscript:alert(1)'>a</a>", "<a href=' javascript:a'>b</a>",
    "<a href=JaVaScRiPt:1>a</a>", "<a href='javascript:123'>a</a>", "<a href='data:text/html,a'>a</a>",
    "<a href=vbscript:1>a</a>", "<a href='&#106;avascript:alert(1)'>a</a>", "[a](javascript:alert(1))",
    "[a](<java\tscript:alert(1)>)", "[a](data:text/html;base64,AAAA)", "[a](vbscript:a)", "[a](blob:x)", "[a](jar:x)",
    "[a](view-source:x)", "[a](file:///etc/passwd)", "[a](made-up:x)", "<javascript:alert(1)>", "![a](javascript:b)",
    "[a]: javascript:b\n\n[a]", "<iframe src=//x.example></iframe>", "<object data=x></object>", "<embed src=x>",
    "<form action=/sign-out method=post><button>a</button></form>", "<input type=text name=q>", "<button formaction=x>a",
    "<meta http-equiv=refresh content='0;url=//x.example'>", "<base href=//x.example>", "<link rel=stylesheet href=x>",
    "<style>*{display:none}</style>", "<b style='position:fixed'>a</b>", "<div style=background:url(x)>a</div>",
    "<table background=javascript:a><tr><td>b", "<blockquote cite=javascript:a>b</blockquote>", "<q cite=javascript:a>b",
    "<details ontoggle=alert(1) open>a</details>", "<video src=x onerror=a></video>", "<audio autoplay src=x>",
    "<a href=x onclick=alert(1)>b</a>", "<noscript><p title='</noscript><img src=x onerror=a>'>",
    "<textarea><img src=x onerror=a></textarea>", "<title><img src=x onerror=a></title>",
    "<math><mi//xlink:href='data:x,<script>a</script>'>", "<svg></p><style><a id='</style><img src=1 onerror=a>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=a>", "<xmp><b onclick=a></xmp>",
    "<!--><img src=x onerror=a>-->", "<![CDATA[<img src=x onerror=a>]]>", "<?php echo 1 ?><img src=x onerror=a>",
    "<a id=location href=x>b</a>", "<img name=body src=x>", "<form id=attributes>", "<p id=h-forged>a</p>",
    "```\"><script>alert(1)</script>\na\n```", "```a onclick=b\nc\n```", "# <img src=x onerror=a>",
    "[[a|<img src=x onerror=a>]]", "[[\"onmouseover=a]]", "[[javascript:alert(1)]]", "![\" onerror=a](x.png)",
    "[a](b \"\\\" onclick=c\")", "| <img src=x onerror=a> |\n|-|\n", "[^1]\n\n[^1]: <script>a</script>",
    "> [!NOTE] <img src=x onerror=a>\n> b", "::: note <script>a</script>\nb\n:::", "[a](attachment:javascript:b)",
]  # fmt: skip


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_text_becomes_harmless(source: str) -> None:
    for around in ("{}", "a {} b", "> {}", "- {}", "<div>\n\n{}\n\n</div>"):
        assert dangers(html(around.format(source))) == []


FORGED = [
    '<a class="wikilink" data-page="12" href="https://x.example">a</a>',
    '<a class="wikilink missing" href="https://x.example">a</a>',
    '<a data-page=12 data-typed="b" href="/c">a</a>',
    '<a CLASS="WIKILINK" DATA-PAGE="12" href="/c">a</a>',
    '<div>\n<a class="x wikilink" data-page="12" href="/c">a</a>\n</div>',
    '<span class="task table-scroll file missing">a</span>',
    '<b id="h-a" role="button" tabindex="5" aria-label="no">a</b>',
    "[[a|b<a class=wikilink data-page=12>]]",
]


@pytest.mark.parametrize("source", FORGED)
def test_nobody_can_forge_what_the_renderer_marks(source: str) -> None:
    made = render(source, NoLinks()).html
    assert "data-page" not in made.replace("&lt;a class=wikilink data-page", "")
    assert "data-typed" not in made
    assert not re.search(r'class="[^"]*(wikilink|task|file|missing|table-scroll)', made, re.IGNORECASE)
    assert not re.search(r'\b(role|tabindex|aria-label)="', made)


def test_a_forged_link_beside_a_real_one_changes_nothing() -> None:
    made = html('[[Tide pools]] <a class="wikilink" data-page="13" href="/x">a</a> [[Tide pools]]')
    assert made.count('class="wikilink" data-page="12"') == 2
    assert made.count("data-page") == 2


@pytest.mark.parametrize(
    "opening", ["<xmp>", "<textarea>", "<title>", "<noscript>", "<style>", "<select>", "<svg>", "<!--"]
)
def test_the_seal_never_shows_and_rendering_is_repeatable(opening: str) -> None:
    source = f"{opening}\n\n[[Tide pools]]\n\n# H\n\n- [ ] a\n"
    first = html(source)
    assert first == html(source)
    assert not re.search(r"[0-9a-f]{16}", first)


def test_a_seal_of_another_rendering_is_worth_nothing() -> None:
    old, new = new_seal(), new_seal()
    assert old != new
    assert sanitise(f'<a class="{old}wikilink" data-page="{old}12" href="/a">b</a>', new) == '<a href="/a">b</a>'


def test_ids_of_authors_get_a_prefix_and_are_unique() -> None:
    made = html('<b id="a">x</b> <b id="a">y</b> <b id="h-z">z</b> [to](#a)\n\n# Z\n\nw')
    assert made.count('id="u-a"') == 1
    assert made.count('id="h-z"') == 1
    assert '<a href="#u-a">to</a>' in made


def test_checkboxes_of_tasks_are_disabled_and_others_vanish() -> None:
    made = html('- [x] a\n\n<input type="checkbox" class="task-box"> <input>')
    assert made.count("<input") == 1
    assert 'type="checkbox" disabled=""' in made


def test_links_to_other_sites_get_rel_even_in_raw_html() -> None:
    assert 'rel="nofollow noopener"' in html('<a href="HTTPS://x.example" rel="opener">a</a>')
    assert "opener" not in html('<a href="/x" rel="opener">a</a>')


def second_opinion(markup: str) -> str:
    """The same allow-list for bleach, which knows nothing of seals."""
    attributes = {
        "*": ["class", "id", "title", "lang", "dir", "role", "tabindex", "aria-label"],
        "a": ["href", "rel", "data-page", "data-typed"],
        "img": ["src", "alt", "width", "height", "loading"],
        "input": ["type", "checked", "disabled"],
        "ol": ["start"],
        "td": ["colspan", "rowspan"],
        "th": ["colspan", "rowspan", "scope"],
        "details": ["open"],
    }
    protocols = ["http", "https", "mailto", "tel"]
    return bleach.clean(markup, tags=ALLOWED, attributes=attributes, protocols=protocols, strip=True)


ORDINARY = """
# A day at the pools

Bring *boots*, **water** and ~~a dog~~ nothing else. See [[Tide pools]], [the plan](files/plan.pdf), <https://a.example/?b=c&d>.

| When | Who |
|:-----|----:|
| 9:00 | Ada |

- [x] permit[^1]
- [ ] radios

1. first
   > quoted
2. second

Term
: what it means

> [!WARNING]
> Slippery.

```python
print("kelp & otters")
```

<details open><summary>More</summary>Text<br>and <kbd>Ctrl</kbd> H<sub>2</sub>O</details>

![Map](attachment:map.png "Where")

[^1]: From the harbour.
"""


def test_bleach_agrees_on_ordinary_documents() -> None:
    made = html(ORDINARY)
    assert normal(second_opinion(made)) == normal(made)


WORDS = st.sampled_from(
    [
        "a ",
        "*b* ",
        "**c** ",
        "`d` ",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "# ",
        "[e](/f) ",
        "[[Tide pools]] ",
        "~~g~~ ",
        "\n",
        "&amp; ",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_bleach_agrees_on_made_up_ordinary_documents(words: list[str]) -> None:
    made = html("".join(words))
    assert normal(second_opinion(made)) == normal(made)
