"""Answers that need not be sent twice.

Whatever anybody does writes an event, so the number of the newest event changes when anything does: texts, names, rights.
An answer made for the same person and their choices, language, day and program after the same event is the same answer.
A browser that has it is told so (304) after one statement, which has also checked that the person is still signed in,
before Flask hears of the request: a tag is sealed, so one that is right was given by the view at that address.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, ParamSpec
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, g, make_response, request
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.http import parse_cookie

from wiki import clock, eventlog
from wiki.access import VISITOR, Viewer
from wiki.people import queries
from wiki.web import headers
from wiki.web.cookies import KeptCookies
from wiki.web.identity import idle_since, is_seen_lately
from wiki.web.speaking import COOKIE as LANGUAGE
from wiki.web.state import LOOK, Site, newest_event, site, viewer

P = ParamSpec("P")


def setup(app: Flask, cookies: KeptCookies) -> None:
    app.wsgi_app = Unchanged(app, cookies, app.wsgi_app)  # type: ignore[method-assign]


def unless_unchanged(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """For views of which everything that they show is written with an event, or changes with the day."""

    @wraps(view)
    def conditional(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if "_flashes" in cookie:
            return view(*args, **kwargs)  # something to be told once
        tag = tag_of(site(), request.environ, request.cookies, viewer(), newest_event())
        if tag in request.if_none_match:
            response = Response(status=304)
        else:
            response = make_response(view(*args, **kwargs))
            if response.status_code != 200 or g.get("holds_form"):  # a form's token is not for another sign-in
                return response
        response.set_etag(tag)
        return response

    return conditional


def tag_of(here: Site, environ: WSGIEnvironment, cookies: Mapping[str, str], viewer: Viewer, newest_event: int) -> str:
    """All that the answer hangs on. What the language is chosen by stands for the language: the space's own changes with an event."""
    known = (
        newest_event,
        viewer.account_id,
        viewer.choices,
        viewer.language,
        cookies.get(LOOK),
        cookies.get(LANGUAGE),
        environ.get("HTTP_ACCEPT_LANGUAGE"),
        environ.get("HTTP_HOST"),
        environ["PATH_INFO"],
        environ.get("QUERY_STRING"),
        clock.today(here.settings.time_zone).toordinal(),
        here.assets.version,
    )
    return hashlib.blake2b(repr(known).encode(), digest_size=16, key=here.seal).hexdigest()


class Unchanged:
    """Before Flask: 304 for a browser whose answer is still right. Whatever is unusual is left to Flask."""

    def __init__(self, app: Flask, cookies: KeptCookies, behind: WSGIApplication) -> None:
        self._app = app
        self._cookie_name = cookies.get_cookie_name(app)
        self._cookies = cookies
        self._behind = behind

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        tags = environ.get("HTTP_IF_NONE_MATCH")
        if tags and environ["REQUEST_METHOD"] == "GET":
            tag = self._tag(environ)
            if tag is not None and f'"{tag}"' in tags:
                fixed = headers.always(site(self._app).settings).items()
                more = ("Cache-Control", headers.KEPT), ("Vary", "Cookie"), ("ETag", f'"{tag}"')
                start_response("304 NOT MODIFIED", [*fixed, *more])
                return ()
        return self._behind(environ, start_response)

    def _tag(self, environ: WSGIEnvironment) -> str | None:
        cookies = parse_cookie(environ)
        said = self._cookies.content(cookies.get(self._cookie_name, ""))
        if "_flashes" in said:
            return None
        try:
            found = self._who(site(self._app), said.get("_user_id"))
        except SQLAlchemyError:
            return None
        return tag_of(site(self._app), environ, cookies, *found) if found is not None else None

    def _who(self, here: Site, secret: Any) -> tuple[Viewer, int] | None:
        """Who asks, and the newest event. None where Flask has more to do: the login has ended, or is to be kept alive."""
        with here.database.engine.connect() as alone:
            if not secret:
                return VISITOR, eventlog.latest(alone)
            now = clock.now()
            found = queries.viewer_for_login(alone, secret, now, idle_since(here.settings, now))
        if found is None or not is_seen_lately(found[1].seen_at, now):
            return None
        return found[0], found[1].newest_event or 0
