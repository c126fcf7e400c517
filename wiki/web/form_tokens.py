"""The token that forms carry. For somebody who is signed in it is made from their login, so that two answers under way at once agree on it."""

import hashlib
import hmac

from flask import current_app, g
from flask import session as cookie
from flask_wtf.csrf import generate_csrf

from wiki.web.identity import login_secret

#: Where Flask-WTF keeps it.
KEPT = "csrf_token"


def form_token() -> str:
    """The token for a form of this answer. Who is not signed in gets a random one, as Flask-WTF makes it."""
    secret = login_secret() if "viewer" in g else ""
    if secret and KEPT not in cookie:
        key = str(current_app.config["SECRET_KEY"]).encode()
        cookie[KEPT] = hmac.new(key, b"form:" + secret.encode(), hashlib.sha256).hexdigest()[:40]
    return str(generate_csrf())
