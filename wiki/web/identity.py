"""Who is asking: Flask-Login over our own list of logins, and API tokens."""

from contextlib import suppress
from datetime import datetime, timedelta

from flask import Flask, g, request
from flask import session as cookie
from flask_login import LoginManager, UserMixin, login_user
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from wiki import clock
from wiki.access import VISITOR, Viewer
from wiki.config import Settings
from wiki.models import Login
from wiki.people import queries
from wiki.web import speaking
from wiki.web.state import READING, database, session, settings

SEEN_EVERY = timedelta(minutes=5)


class SignedIn(UserMixin):  # type: ignore[misc]
    """Flask-Login's user: its id is the secret of the login, so that ending the login ends it everywhere."""

    def __init__(self, secret: str, viewer: Viewer) -> None:
        self.id = secret
        self.viewer = viewer


def setup(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # our logins can be listed and ended; an address change is no reason to end one
    manager.user_loader(_load)
    app.before_request(_identify)


def let_in(secret: str) -> Viewer:
    """Sign this browser in with the secret of a new login. What the cookie held before is worth nothing from now on."""
    user = _load(secret)
    if user is None:
        raise LookupError("the login is not there")
    cookie.clear()
    login_user(user)
    g.viewer = user.viewer
    return user.viewer


def show_out() -> None:
    """Empty this browser's cookie; the login itself is ended by wiki.people.logins."""
    cookie.clear()
    g.pop("_login_user", None)
    g.viewer = VISITOR


def login_secret() -> str:
    """The secret of this browser's login; "" when nobody is signed in."""
    return str(cookie.get("_user_id") or "") if g.viewer.signed_in else ""


def _load(secret: str) -> SignedIn | None:
    now = clock.now()
    found = queries.viewer_for_login(session(), secret, now, idle_since(settings(), now))
    if found is None:
        return None
    viewer, login = found
    g.newest_event = login.newest_event or 0
    g.newest_mark = login.newest_mark or ""
    if not is_seen_lately(login.seen_at, now):
        _note_seen(login.login_id)
    return SignedIn(secret, viewer)


def idle_since(here: Settings, now: datetime) -> datetime:
    """A login that did nothing since then has ended."""
    return now - timedelta(hours=here.session_hours)


def is_seen_lately(seen_at: datetime, now: datetime) -> bool:
    """Whether the login need not be kept alive by a note that it was used."""
    return now - seen_at <= SEEN_EVERY


def _note_seen(login_id: int) -> None:
    """Keep the login alive; a reading request has no write session of its own."""
    statement = update(Login).where(Login.id == login_id).values(seen_at=clock.now())
    if request.method in READING:
        session().rollback()
        with (
            suppress(OperationalError),
            database().transaction() as writing,
        ):  # a busy database stops nobody from reading
            writing.execute(statement)
    else:
        session().execute(statement)


def _identify() -> None:
    g.viewer = VISITOR
    if request.endpoint in ("basics.static_files", "basics.healthz", "basics.readyz") or request.blueprint == "api":
        return
    secret = cookie.get("_user_id")
    user = _load(secret) if secret else None
    if user is not None:
        g._login_user = user
        g.viewer = user.viewer
    speaking.set_up(request)
