"""Answers that need not be sent twice.

Whatever anybody does writes an event, so the number of the newest event changes when anything does: texts, names, rights.
An answer made for the same person and their choices, language, day and program after the same event is the same answer.
A browser that has it is told so (304) after one statement, which has also checked that the person is still signed in.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Response, g, make_response, request
from flask import session as cookie
from flask.typing import ResponseReturnValue

from wiki import __version__, clock, eventlog, i18n
from wiki.web.state import choices, session, settings, site, viewer

P = ParamSpec("P")


def unless_unchanged(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """For views of which everything that they show is written with an event, or changes with the day."""

    @wraps(view)
    def conditional(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if "_flashes" in cookie:
            return view(*args, **kwargs)  # something to be told once
        tag = _tag()
        if tag in request.if_none_match:
            response = Response(status=304)
        else:
            response = make_response(view(*args, **kwargs))
            if response.status_code != 200 or g.get("holds_form"):  # a form's token is not for another sign-in
                return response
        response.set_etag(tag)
        return response

    return conditional


def _tag() -> str:
    newest = g.get("newest_event")
    if newest is None:
        newest = eventlog.latest(session())
    known = (
        newest,
        viewer().account_id,
        choices(),
        i18n.language(),
        clock.today(settings().time_zone).toordinal(),
        request.full_path,
        __version__,
        site().assets.version,
    )
    return hashlib.sha256(repr(known).encode()).hexdigest()[:32]
