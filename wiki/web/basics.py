"""Health, readiness and static files."""

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from wiki import migrate
from wiki.web.state import database, site
from wiki.web.templating import render

basics = Blueprint("basics", __name__)
FOREVER = "public, max-age=31536000, immutable"


@basics.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process is up."""
    return jsonify(status="up")


@basics.get("/readyz")
def readyz() -> ResponseReturnValue:
    """The database can be reached and has the tables of this program."""
    try:
        with database().read() as session:
            session.execute(text("SELECT 1"))
        ready = migrate.is_current(database())
    except Exception:  # whatever keeps the database away, the answer is the same
        ready = False
    return jsonify(status="ready" if ready else "not ready"), 200 if ready else 503


@basics.get("/styleguide")
def styleguide() -> ResponseReturnValue:
    """Every component of the interface in every state."""
    return render("styleguide.html")


@basics.get("/static/<path:name>")
def static_files(name: str) -> Response:
    """A file of ours; addresses carry a hash of the content, so browsers may keep it."""
    found = site().assets.get(name)
    if found is None:
        abort(404)
    content, encoding = found.packed(request.headers.get("Accept-Encoding", ""))
    response = Response(content, mimetype=found.media_type)
    response.headers["Cache-Control"] = FOREVER if request.args.get("v") else "public, max-age=3600"
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response
