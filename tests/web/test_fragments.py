"""A fragment is made once for its arguments and language."""

from jinja2 import DictLoader, Environment

from wiki import i18n
from wiki.web.fragments import fragments


def environment() -> Environment:
    env = Environment(
        autoescape=True, loader=DictLoader({"m": "{% macro hello(name) %}{{ made() }} {{ name }}{% endmacro %}"})
    )
    count = iter(range(100))
    env.globals["made"] = lambda: next(count)
    return env


def test_it_works() -> None:
    once = fragments(environment())
    assert once("m", "hello", "Ada") == "0 Ada"
    assert once("m", "hello", "Ada") == "0 Ada"


def test_other_arguments_make_another_one() -> None:
    once = fragments(environment())
    assert [once("m", "hello", name) for name in ("Ada", "Ben", "Ada")] == ["0 Ada", "1 Ben", "0 Ada"]


def test_each_language_has_its_own() -> None:
    once = fragments(environment())
    once("m", "hello", "Ada")
    with i18n.use("fr"):
        assert once("m", "hello", "Ada") == "1 Ada"


def test_arguments_are_escaped() -> None:
    assert fragments(environment())("m", "hello", "<b>") == "0 &lt;b&gt;"
