"""What all resources of the API share: who asks, what came in, how things look as JSON."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, g, request
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from wiki import clock, i18n
from wiki.access import VISITOR, Found, Viewer
from wiki.errors import Invalid, Problem, SignInNeeded
from wiki.i18n import gettext as _
from wiki.kinds import Content
from wiki.models import Token
from wiki.people import queries
from wiki.text import url_part
from wiki.web.state import READING, database, session, settings

api = Blueprint("api", __name__, url_prefix="/api/v1")

USED_EVERY = timedelta(minutes=5)
MOST = 200
#: The largest number that a database holds in an integer.
LARGEST = 2**31 - 1


@api.before_request
def identify() -> None:
    """`Authorization: Bearer TOKEN`; without one a program sees what any visitor sees."""
    g.viewer = VISITOR
    i18n.set_language(request.accept_languages.best_match(settings().languages) or settings().language)
    given = request.headers.get("Authorization", "")
    if not given:
        return
    scheme, _space, secret = given.partition(" ")
    found = queries.viewer_for_token(session(), secret.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise SignInNeeded(_("This token is not known, or it was ended. Make one with: wiki token EMAIL"))
    g.viewer, token = found
    if token.used_at is None or clock.now() - token.used_at > USED_EVERY:
        _note_used(token.token_id)


@api.after_request
def say_how(response: Response) -> Response:
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Holdfast"'
    return response


def _note_used(token_id: int) -> None:
    statement = update(Token).where(Token.id == token_id).values(used_at=clock.now())
    if request.method not in READING:
        session().execute(statement)
        return
    session().rollback()
    with suppress(OperationalError), database().transaction() as writing:
        writing.execute(statement)


def caller() -> Viewer:
    """Who calls; raises SignInNeeded for nobody."""
    who: Viewer = g.viewer
    if not who.signed_in:
        raise SignInNeeded(_("Send a token: Authorization: Bearer TOKEN"))
    return who


def sent(known: Mapping[str, type | tuple[type, ...]]) -> dict[str, Any]:
    """The JSON object that was sent. Raises Invalid for anything else, for unknown keys and for values of a wrong type."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:  # lists in lists in lists
        body = None
    if not isinstance(body, dict):
        raise Invalid([Problem("", _("Send a JSON object, with Content-Type: application/json."))])
    problems = [
        Problem(key[:60], _("There is no key “%(key)s” here. Known: %(known)s.", key=key[:60], known=", ".join(known)))
        for key in body
        if key not in known
    ]
    problems += [
        Problem(key, _("“%(key)s” should be of the type %(type)s.", key=key, type=_named(kind)))
        for key, kind in known.items()
        if key in body and not _fits(body[key], kind)
    ]
    if problems:
        raise Invalid(problems)
    return body


def _fits(value: Any, kind: type | tuple[type, ...]) -> bool:
    if kind is bool:
        return isinstance(value, bool)
    if isinstance(value, int) and (isinstance(value, bool) or not 0 <= value <= LARGEST):
        return False
    return isinstance(value, kind)


def _named(kind: type | tuple[type, ...]) -> str:
    names = {str: "text", int: "number", dict: "object", list: "list", bool: "boolean"}
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return " / ".join(names.get(one, "null") for one in kinds)


def number(name: str, default: int, most: int | None = None) -> int:
    """A number of the query string. Raises Invalid when it is none."""
    text = request.args.get(name, str(default))
    if not text.isdecimal() or len(text) > 9:
        raise Invalid([Problem(name, _("“%(name)s” should be a number, 0 or more.", name=name))])
    return min(int(text), most) if most is not None else int(text)


def address(space: str, slug: str) -> str:
    return f"{settings().base_url}/{url_part(space)}/{url_part(slug)}"


def page_json(found: Found, content: Content) -> dict[str, Any]:
    """A page as the API gives it; `content` holds what this caller may see."""
    page = found.page
    return {
        "space": found.space.slug,
        "slug": page.slug,
        "title": content.title,
        "kind": page.kind,
        "revision": page.number,
        "state": page.state,
        "body": content.body,
        "fields": content.fields,
        "url": address(found.space.slug, page.slug),
    }
