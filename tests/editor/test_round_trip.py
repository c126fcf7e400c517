"""A text that is opened in the rich text editor and saved as it is stays as it is, byte for byte."""

import pytest
from hypothesis import given, settings

from tests.editor.trees import again, anew, opened
from tests.rendering.reading import examples, specification
from tests.rendering.test_fuzz import TEXTS
from tests.required import missing
from wiki.rendering.editor import Unsafe, read, write
from wiki.rendering.editor.tree import same

EVERYTHING = """---
title: Tide tables
---

# Harbour *plan*

Boats come
in at [high tide][tides] and [[Tide table#Spring|leave]] at <https://example.org/low>, www.example.org
or ask ann@example.org.  Two  spaces.[^1]

* star
* [x] done
  - nested

7) seven
7) again

> [!WARNING] Mind the gap
> Twice.

::: tip
Fenced

:::

| Boat | Length |
|------|-------:|
| `a\\|b` | 5<br>6 |

```py title="x"
print("hi")
```

    indented

Heading
-------

***

<div>
raw
</div>

Term
: meaning

[tides]: /tides 'The tides'

[^1]: A note.

    With more.
"""

TEXTS_OF_MANY_SORTS = {
    "everything": EVERYTHING,
    "windows": EVERYTHING.replace("\n", "\r\n"),
    "old mac": "# a\r\rb\rc\r",
    "no end": "a\n\nb",
    "blank ends": "\n\n  \na\n\n\n",
    "nothing": "",
    "blank": "\n \n",
    "a mark at the beginning": "\ufeff# Title\n",
    "trailing spaces": "a  \nb   \n\nc \n",
    "tabs": "-\ta\n\n\tb\n",
    "open fence": "a\n\n```\nb\n",
    "escapes": "1\\. a\n\n\\# b\n\n\\[[c]]\n",
    "spaces of other widths": "a\n\n\u00a0\n\nc\u2028d\u3000\n",
    "definitions inside": "- a\n\n  [b]: /c\n\n[b]\n",
    "pictures": "![ a *b* ](x.png 'two\nlines') ![](attachment:map.png)\n",
    "syllabics": "ᐃᓄᒃᑎᑐᑦ **hən̓q̓əmin̓əm̓**\n",
}


@pytest.fixture(scope="module")
def spec() -> list[str]:
    path = specification()
    if path is None:
        missing("The CommonMark specification (npm package commonmark-spec, in frontend/node_modules)")
    return [markdown for markdown, _html in examples(path)]


@pytest.mark.parametrize("name", TEXTS_OF_MANY_SORTS)
def test_a_text_comes_back_as_it_was(name: str) -> None:
    assert again(TEXTS_OF_MANY_SORTS[name]) == TEXTS_OF_MANY_SORTS[name]


def test_every_example_of_the_specification_comes_back_as_it_was(spec: list[str]) -> None:
    assert [markdown for markdown in spec if again(markdown) != markdown] == []


def test_every_example_written_anew_is_read_as_the_same(spec: list[str]) -> None:
    def differs(markdown: str) -> bool:
        tree = anew(opened(markdown))
        return not same(anew(read(write(tree)))["content"], tree["content"])

    assert [markdown for markdown in spec if differs(markdown)] == []


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_made_up_texts_come_back_as_they_were(source: str) -> None:
    try:
        tree = opened(source)
    except Unsafe:
        return
    assert write(tree) == source


def test_what_the_tree_holds_is_shown_and_the_rest_is_source() -> None:
    shown = [(block["type"], block["attrs"].get("holds")) for block in opened(EVERYTHING)["content"]]
    assert shown == [
        ("source", "properties"),
        ("heading", None),
        ("paragraph", None),
        ("bullet_list", None),
        ("ordered_list", None),
        ("callout", None),
        ("callout", None),
        ("table", None),
        ("code_block", None),
        ("code_block", None),
        ("heading", None),
        ("horizontal_rule", None),
        ("source", "html"),
        ("source", None),
        ("source", "addresses"),
        ("source", "footnote"),
    ]


def test_a_text_that_is_too_long_or_too_hard_says_why() -> None:
    for source in (
        "word " * 110_000,
        "[" * 30_000,
        "a\n\n" * 3_000,
        "|".join("a" * 70) + "\n" + "|".join(["-"] * 70) + "\n",
        "a\u0001b",
    ):
        with pytest.raises(Unsafe) as refused:
            read(source)
        assert refused.value.why.endswith(".")
