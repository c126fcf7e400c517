"""The token that forms carry. For somebody who is signed in it is made from their login, so that two answers under way at once agree on it."""

import hashlib
import hmac

from flask import Flask, current_app, g, request
from flask import session as cookie
from flask_wtf.csrf import CSRFProtect, generate_csrf

from wiki.web.identity import login_secret
from wiki.web.state import READING

#: Where Flask-WTF keeps it, and what it calls it in templates.
KEPT = "csrf_token"


def setup(app: Flask) -> CSRFProtect:
    """Has to come after whatever finds out who asks. Flask-WTF offers templates its own token, a random one: ours takes its place."""
    others = list(app.template_context_processors[None])
    app.before_request(_keep_before_looking)
    protection = CSRFProtect(app)
    app.template_context_processors[None] = others
    app.jinja_env.globals[KEPT] = form_token
    return protection


def form_token() -> str:
    """The token for a form of this answer. Who is not signed in gets a random one, as Flask-WTF makes it."""
    _keep()
    return str(generate_csrf())


def _keep() -> None:
    secret = login_secret() if "viewer" in g else ""
    if secret and KEPT not in cookie:
        key = str(current_app.config["SECRET_KEY"]).encode()
        cookie[KEPT] = hmac.new(key, b"form:" + secret.encode(), hashlib.sha256).hexdigest()[:40]


def _keep_before_looking() -> None:
    """An answer that was under way longer may have set the cookie of this browser back to what it was without the token."""
    if request.method not in READING:
        _keep()
