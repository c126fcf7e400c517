"""What one request works with: its session, its viewer, the site's settings and catalogue."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from wiki import __version__
from wiki.access import VISITOR, Choices, Viewer
from wiki.config import Settings
from wiki.db import Database
from wiki.errors import SignInNeeded
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.packs.library import Library
from wiki.packs.marks import now
from wiki.web.assets import Assets

READING = {"GET", "HEAD", "OPTIONS"}


@dataclass
class Site:
    """What all requests of one process share."""

    settings: Settings
    database: Database
    library: Library
    assets: Assets
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def catalogue(self) -> Catalogue:
        """The page templates as they are now, for work outside of requests."""
        return self.library.of(self.database)

    @cached_property
    def seal(self) -> bytes:
        """A key of this program with these settings, among which is a secret one."""
        return hashlib.sha256(repr((__version__, self.settings)).encode()).digest()


def site(app: Flask | None = None) -> Site:
    found: Site = (app or current_app).extensions["holdfast"]
    return found


def settings() -> Settings:
    return site().settings


def database() -> Database:
    return site().database


def catalogue() -> Catalogue:
    """The page templates of this request: those that held when it began, until it ends."""
    if not has_request_context():
        return site().library.latest
    found: Catalogue | None = g.get("catalogue")  # asked for at every part of a page
    if found is None:
        try:
            found = g.catalogue = site().library.catalogue(session(), g.get("newest_mark"))
        except SQLAlchemyError:  # an answer that says so has a frame too
            return site().library.latest
    return found


def themes() -> list[str]:
    """The themes that forms offer: those of the settings, and those that came with packs."""
    return list(dict.fromkeys([*settings().themes, *catalogue().history.themes]))


def newest_event() -> int:
    """The number of the newest event: what this request takes for now."""
    if "newest_event" not in g:
        g.newest_event, g.newest_mark = now(session())
    found: int = g.newest_event
    return found


def session() -> Session:
    """The one session of this request: it reads for GET and HEAD, else it writes and is committed after the view."""
    if "session" not in g:
        g.session = database().read() if request.method in READING else database().write()
    found: Session = g.session
    return found


def viewer() -> Viewer:
    """Who is asking; VISITOR when nobody is signed in."""
    found: Viewer = g.get("viewer", VISITOR)
    return found


def signed_in_viewer() -> Viewer:
    """The same, for doors that want a name. Raises SignInNeeded."""
    if not viewer().signed_in:
        raise SignInNeeded(_("Sign in first."))
    return viewer()


#: A visitor's choices, in a cookie of their own: "dark", "dark.no-keys".
LOOK = "look"
THEMES = ("light", "dark")
NO_KEYS = "no-keys"


def choices() -> Choices:
    """What the reader chose for themselves: kept with the account, or in a visitor's cookie."""
    if viewer().signed_in:
        return viewer().choices
    chosen = request.cookies.get(LOOK, "").split(".")
    return Choices(next((theme for theme in THEMES if theme in chosen), ""), NO_KEYS not in chosen)
