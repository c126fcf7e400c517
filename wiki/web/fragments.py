"""Parts of a page that are the same again and again: made once for their arguments, language and page templates, then kept."""

from collections.abc import Callable, Hashable
from functools import lru_cache

from jinja2 import Environment
from markupsafe import Markup

from wiki import i18n
from wiki.web.state import catalogue

KEPT = 1024


def fragments(env: Environment) -> Callable[..., Markup]:
    """A function for templates: `once("parts/top_bar.html", "top_bar", viewer.name)` gives what that macro gives.

    The macro may use nothing but its arguments, which are hashable, the catalogue, and globals that never change.
    """

    @lru_cache(maxsize=KEPT)
    def made(language: str, mark: str, template: str, macro: str, arguments: tuple[Hashable, ...]) -> Markup:
        return Markup(getattr(env.get_template(template).module, macro)(*arguments))

    def once(template: str, macro: str, *arguments: Hashable) -> Markup:
        return made(i18n.language(), catalogue().mark, template, macro, arguments)

    return once
