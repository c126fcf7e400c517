"""Errors as pages for people and as one JSON shape for programs."""

import logging
from typing import Any

from flask import Flask, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from wiki.errors import HoldfastError, Invalid, SignInNeeded
from wiki.i18n import N_
from wiki.i18n import gettext as _
from wiki.web.templating import render

log = logging.getLogger("wiki")


def setup(app: Flask) -> None:
    app.register_error_handler(HoldfastError, _product_error)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(DataError, _not_storable)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best_match(
        ["text/html", "application/json"]
    ) == ("application/json")


def error_json(status: int, message: str, **more: Any) -> ResponseReturnValue:
    """The one error shape: `{"error": {"status", "message", "problems"?: [{"field", "message"}]}}`."""
    return jsonify(error={"status": status, "message": message, **more}), status


def _product_error(error: HoldfastError) -> ResponseReturnValue:
    if isinstance(error, SignInNeeded):
        return _sign_in_needed(error)
    message = str(error)
    problems = (
        [{"field": p.field, "message": p.message} for p in error.problems] if isinstance(error, Invalid) else None
    )
    if wants_json():
        return error_json(error.status, message, **({"problems": problems} if problems else {}))
    return _page(error.status, message)


def _sign_in_needed(error: SignInNeeded) -> ResponseReturnValue:
    """A page to sign in on. What was being sent comes along, so that nothing typed is lost."""
    if wants_json():
        return error_json(401, str(error))
    return sign_in_page(str(error), 401)


def sign_in_page(message: str, status: int) -> ResponseReturnValue:
    back = request.full_path.rstrip("?") if request.method == "GET" else request.path
    foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
    kept = (
        []
        if foreign
        else [(key, value) for key, values in request.form.lists() if key not in ("csrf_token",) for value in values]
    )
    return (
        render("people/sign_in.html", next=back, message=message, kept=kept, email="", errors={}, problems=[]),
        status,
    )


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    if wants_json() or "X-CSRFToken" in request.headers:
        return error_json(400, _("The form was too old to be trusted. Load the page again."))
    if not g.viewer.signed_in and request.form:
        return sign_in_page(_("You were signed out meanwhile. Sign in and your text comes back."), 400)
    return _page(400, _("The form was too old to be trusted. Go back, load the page again and send it once more."))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error
    message = _MESSAGES.get(status, error.description or error.name)
    if wants_json():
        return error_json(status, _(message))
    return _page(status, _(message))


def _database_away(error: OperationalError) -> ResponseReturnValue:
    log.error("database: %s", str(error.orig).splitlines()[0] if error.orig else error)
    message = _("The database does not answer at the moment. Nothing was saved; try again in a few seconds.")
    response = error_json(503, message) if wants_json() else _page(503, message)
    return (*response, {"Retry-After": "5"}) if isinstance(response, tuple) else response


def _not_storable(error: DataError) -> ResponseReturnValue:
    """PostgreSQL keeps no NUL in a text; nobody types one, but a program may send it."""
    message = _("There is a character in what was sent that cannot be stored. Nothing was saved.")
    return error_json(422, message) if wants_json() else _page(422, message)


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.exception("%s %s failed", request.method, request.path)
    message = _("Something went wrong here. It was written to the log; nothing was saved.")
    return error_json(500, message) if wants_json() else _page(500, message)


def _page(status: int, message: str) -> ResponseReturnValue:
    return render("error.html", status=status, message=message, kept=_kept()), status


def _kept() -> str:
    """The text that was being sent, unless it is what was too large to be read."""
    if request.method != "POST":
        return ""
    try:
        return request.form.get("body", "")
    except HTTPException:
        return ""


_MESSAGES = {
    400: N_("The request could not be understood."),
    404: N_("There is no such page, or you may not see it."),
    405: N_("That cannot be done at this address."),
    413: N_("That is larger than this site accepts."),
    415: N_("That type of file is not accepted here."),
}
