"""Jinja's environment for a site whose templates all have the same globals, and stay as they are while the program runs."""

from collections.abc import Callable, MutableMapping
from types import FunctionType
from typing import Any

from flask import Flask
from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import Template
from jinja2.runtime import Context, Macro


class SiteContext(Context):
    """Calls ordinary functions and macros at once, which most of the eighty calls of a page view are.

    Jinja looks at each thing called four times, in case it wants to be told of the context.
    """

    def call(self, obj: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        if type(obj) is Macro:
            args = (self.eval_ctx, *args)
        elif type(obj) is not FunctionType or hasattr(obj, "jinja_pass_arg"):
            return super().call(obj, *args, **named)
        if named:
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
        return obj(*args, **named)


class SiteTemplates(Environment):
    """Templates share one dictionary of globals, and are found by their name alone.

    Jinja gives each a chain of two, and compares all their names at every import of macros: a seventh of a page view. Looking
    a template up anew at every import, a dozen times for a page, is a tenth of what the page's template costs.
    """

    context_class = SiteContext

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self._found: dict[str, Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        if globals or self.auto_reload or isinstance(name, Template):
            return super().get_template(name, parent, globals)
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent)
        return found


class SiteApp(Flask):
    jinja_environment = SiteTemplates

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view here is a coroutine: Flask would look at each function that it calls, a dozen for a request."""
        return func
