"""Jinja with what every template may use."""

from typing import Any

from flask import Flask, g, render_template
from jinja2 import StrictUndefined
from markupsafe import Markup
from werkzeug.local import LocalProxy

from wiki import i18n
from wiki.home.keys import keys
from wiki.kinds.offering import why_not_offered
from wiki.web.coming import event_panel
from wiki.web.embedded import with_registers
from wiki.web.fragments import fragments, presses
from wiki.web.held import held_by
from wiki.web.promised import promised
from wiki.web.speaking import others
from wiki.web.state import catalogue, choices, site, viewer
from wiki.web.walking import as_of_today, path_bar, path_panel


def setup(app: Flask) -> None:
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.update(
        _=i18n.gettext,
        gettext=i18n.gettext,
        ngettext=i18n.ngettext,
        format_date=i18n.format_date,
        format_datetime=i18n.format_datetime,
        format_number=i18n.format_number,
        current_language=i18n.language,
        asset_url=site(app).assets.url,
        catalogue=LocalProxy(catalogue),
        why_not_offered=why_not_offered,
        site_name=site(app).settings.site_name,
        base_url=site(app).settings.base_url,
        first_currency=site(app).settings.currency,
        once=fragments(env, lambda: catalogue().mark),
        pressed=presses(env),
        with_registers=with_registers,
        as_of_today=as_of_today,
        path_bar=path_bar,
        path_panel=path_panel,
        held_by=held_by,
        event_panel=event_panel,
        promised=promised,
        single_keys=keys,
        drawings={name: Markup(drawing) for name, drawing in site(app).assets.drawings().items()},
        other_languages=others,
    )
    app.template_context_processors[None] = [_always]


def _always() -> dict[str, Any]:
    return {"viewer": viewer(), "own_choices": choices(), "space": g.get("space")}


def render(template: str, **context: Any) -> str:
    """A template with the viewer, the present space (g.space) and what `setup` gives to all."""
    return render_template(template, **context)
