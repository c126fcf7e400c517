"""Parts of a page that are the same again and again: made once for their arguments, language and page templates, then kept."""

import re
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from secrets import token_hex

from jinja2 import Environment
from markupsafe import Markup, escape

from wiki import i18n

KEPT = 1024


def fragments(env: Environment, mark: Callable[[], str]) -> Callable[..., Markup]:
    """A function for templates: `once("parts/top_bar.html", "top_bar", viewer.name)` gives what that macro gives.

    `mark` tells the page templates that hold now from those that held before.

    The macro may use nothing but its arguments, which are hashable, the catalogue, and globals that never change.
    """

    @lru_cache(maxsize=KEPT)
    def made(language: str, mark: str, template: str, macro: str, arguments: tuple[Hashable, ...]) -> Markup:
        return Markup(getattr(env.get_template(template).module, macro)(*arguments))

    def once(template: str, macro: str, *arguments: Hashable) -> Markup:
        return made(i18n.language(), mark(), template, macro, arguments)

    return once


def presses(env: Environment) -> Callable[..., Markup]:
    """For parts that differ by a few texts: `pressed("pages/acts.html", "page_acts", {"url": url}, kind, acts)`.

    What the macro gives for the arguments is kept with holes, which are filled each time. A hole is an argument by its
    name that the macro may only put out, or add texts to: it holds nothing yet to be compared or changed.
    """
    hole = f"hole{token_hex(8)}"
    holes_in = re.compile(f"{hole}([a-z]+);")

    @lru_cache(maxsize=KEPT)
    def pieces(
        language: str, template: str, macro: str, names: tuple[str, ...], arguments: tuple[Hashable, ...]
    ) -> list[str]:
        """Texts and, between them, the names of holes."""
        made = getattr(env.get_template(template).module, macro)
        return holes_in.split(str(made(*arguments, **{name: f"{hole}{name};" for name in names})))

    def pressed(template: str, macro: str, holes: Mapping[str, object], *arguments: Hashable) -> Markup:
        parts = pieces(i18n.language(), template, macro, tuple(holes), arguments).copy()
        filled = {name: str(escape(value)) for name, value in holes.items()}
        parts[1::2] = [filled[name] for name in parts[1::2]]
        return Markup("".join(parts))

    return pressed
