"""A text without its markup, for search and snippets."""

from wiki.rendering.markdown import excerpt, plain_text

SOURCE = """# Tide *pools*

See [[Kelp|the kelp page]] and [the **plan**](/plan) &amp; `code`, <kbd>Ctrl</kbd> Dear <name>[^1]

| a | b |
|---|---|
| 1 | [[Two]] |

- [x] done

```python
x = "1"
```

<div>raw <b>html</b><!-- no --><script>no</script></div>

![a map](map.png)

> [!NOTE] Mind
> the tide

[^1]: footnote
"""


def test_it_works() -> None:
    assert plain_text("*a* **b**") == "a b"


def test_every_word_that_a_reader_sees_is_kept_and_no_mark() -> None:
    assert plain_text(SOURCE).split("\n") == [
        "Tide pools",
        "See the kelp page and the plan & code, Ctrl Dear <name>",
        "a",
        "b",
        "1",
        "Two",
        "done",
        'x = "1"',
        "raw html",
        "a map",
        "Mind",
        "the tide",
        "footnote",
    ]


def test_an_excerpt_begins_with_the_text_and_ends_between_words() -> None:
    assert excerpt(SOURCE, 40) == "See the kelp page and the plan & code,…"
    assert excerpt("# Only a heading", 40) == ""
    assert excerpt("short", 40) == "short"
