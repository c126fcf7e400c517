"""A fragment is made once for its arguments and language."""

from jinja2 import DictLoader, Environment

from wiki import i18n
from wiki.web.fragments import fragments, presses


def environment() -> Environment:
    env = Environment(
        autoescape=True, loader=DictLoader({"m": "{% macro hello(name) %}{{ made() }} {{ name }}{% endmacro %}"})
    )
    count = iter(range(100))
    env.globals["made"] = lambda: next(count)
    return env


def test_it_works() -> None:
    once = fragments(environment(), lambda: "")
    assert once("m", "hello", "Ada") == "0 Ada"
    assert once("m", "hello", "Ada") == "0 Ada"


def test_other_arguments_make_another_one() -> None:
    once = fragments(environment(), lambda: "")
    assert [once("m", "hello", name) for name in ("Ada", "Ben", "Ada")] == ["0 Ada", "1 Ben", "0 Ada"]


def test_each_language_has_its_own() -> None:
    once = fragments(environment(), lambda: "")
    once("m", "hello", "Ada")
    with i18n.use("fr"):
        assert once("m", "hello", "Ada") == "1 Ada"


def test_other_page_templates_make_another_one() -> None:
    marks = iter("aab")
    once = fragments(environment(), lambda: next(marks))
    assert [once("m", "hello", "Ada") for _ in range(3)] == ["0 Ada", "0 Ada", "1 Ada"]


def test_arguments_are_escaped() -> None:
    assert fragments(environment(), lambda: "")("m", "hello", "<b>") == "0 &lt;b&gt;"


def holed() -> Environment:
    """A template that counts how often it is made, with a hole in an address and one in a text."""
    macro = '{% macro link(name, url, title) %}{{ made() }} <a href="{{ url ~ "/edit" }}">{{ title }}</a> {{ name }}{% endmacro %}'
    env = Environment(autoescape=True, loader=DictLoader({"m": macro}))
    count = iter(range(100))
    env.globals["made"] = lambda: next(count)
    return env


def test_holes_are_filled_each_time_and_the_rest_is_made_once() -> None:
    pressed = presses(holed())
    assert pressed("m", "link", {"url": "/a", "title": "A"}, "Ada") == '0 <a href="/a/edit">A</a> Ada'
    assert pressed("m", "link", {"url": "/b", "title": "B"}, "Ada") == '0 <a href="/b/edit">B</a> Ada'
    assert pressed("m", "link", {"url": "/b", "title": "B"}, "Ben") == '1 <a href="/b/edit">B</a> Ben'


def test_what_fills_a_hole_is_escaped_and_opens_no_other() -> None:
    pressed = presses(holed())
    assert pressed("m", "link", {"url": '"x"', "title": "<b> url;"}, "") == (
        '0 <a href="&#34;x&#34;/edit">&lt;b&gt; url;</a> '
    )
