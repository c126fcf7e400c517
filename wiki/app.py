"""create_app: the table of contents of the site. No work at import, no network, no migration at start."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from wiki.config import Settings, with_secret
from wiki.db import Database
from wiki.packs.library import Library
from wiki.resources import resource_folder
from wiki.web import (
    addresses,
    areas,
    error_pages,
    form_tokens,
    headers,
    identity,
    templating,
    transactions,
    trees,
    unchanged,
)
from wiki.web.assets import load_assets
from wiki.web.cookies import KeptCookies
from wiki.web.site_templates import SiteApp
from wiki.web.state import Site


def create_app(settings: Settings) -> Flask:
    """The site as a WSGI application. Raises CatalogueError or ConfigError, which say what to mend."""
    settings = with_secret(settings)
    app = SiteApp("wiki", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-holdfast" if settings.secure else "holdfast",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=(settings.max_import_mb + 1) * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=20_000,
        # Behind https the address is known; on somebody's desk any name of the machine will do.
        TRUSTED_HOSTS=[urlsplit(settings.base_url).hostname] if settings.secure else None,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.extensions["holdfast"] = Site(
        settings=settings,
        database=Database(settings.database_url),
        library=Library([resource_folder("page_templates"), settings.folder / "page_templates"]),
        assets=load_assets(resource_folder("static")),
    )
    cookies = KeptCookies(app)
    app.session_interface = cookies
    unchanged.setup(app, cookies)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    templating.setup(app)
    headers.setup(app)
    transactions.setup(app)
    trees.setup(app)
    identity.setup(app)
    addresses.setup(app)
    csrf = form_tokens.setup(app)
    error_pages.setup(app)
    areas.register(app, csrf)
    return app
