"""What the rich text editor asks for: a text as a tree, a tree as a text, what was pasted as a tree. See docs/editor.md."""

import json
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from wiki.access import space_for, visible_spaces
from wiki.errors import Forbidden, Invalid, Problem, TooLarge
from wiki.i18n import gettext as _
from wiki.rendering.editor import Malformed, Unsafe, read, write
from wiki.rendering.pasting import pasted
from wiki.text import normal
from wiki.web.state import session, signed_in_viewer, viewer

editor = Blueprint("editor", __name__, url_prefix="/editor")

#: Bytes of a question; a tree is several times as long as its text.
MOST_BYTES = 4 * 1024 * 1024


@editor.post("/tree")
def tree() -> ResponseReturnValue:
    """A text as the tree to edit, or why it is better edited as it is written."""
    markdown = _asked("markdown")["markdown"]
    try:
        return jsonify(safe=True, doc=read(markdown))
    except Unsafe as unsafe:
        return jsonify(safe=False, why=unsafe.why)


@editor.post("/markdown")
def markdown() -> ResponseReturnValue:
    """A tree as the text that would be saved."""
    try:
        return jsonify(markdown=normal(write(_asked().get("doc"))))
    except Malformed as malformed:
        raise Invalid([Problem("doc", str(malformed))]) from malformed


@editor.post("/paste")
def paste() -> ResponseReturnValue:
    """What stood on the clipboard, as clean blocks."""
    asked = _asked()
    html, text = asked.get("html", ""), asked.get("text", "")
    if not isinstance(html, str) or not isinstance(text, str):
        raise Invalid([Problem("html", _("What is pasted is text or HTML."))])
    try:
        return jsonify(doc=pasted(html, text))
    except Malformed as malformed:
        raise Invalid([Problem("html", str(malformed))]) from malformed


def _asked(*texts: str) -> dict[str, Any]:
    """What was asked, by somebody who may write; `texts` are the names of texts that must be there."""
    signed_in_viewer()
    asked = _json()
    space = asked.get("space") or ""
    if isinstance(space, str) and space:
        space_for(session(), viewer(), space, "create")
    elif not any(one.may("create") for one in visible_spaces(session(), viewer())):
        raise Forbidden(_("You may not write here."))
    session().rollback()  # nothing is written here, and nobody who saves should wait for this
    for name in texts:
        if not isinstance(asked.get(name), str):
            raise Invalid([Problem(name, _("There is no text in what was sent."))])
    return asked


def _json() -> dict[str, Any]:
    if (request.content_length or 0) > MOST_BYTES:
        raise TooLarge(_("That is too much text at once."))
    try:
        asked = json.loads(request.get_data())
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        raise Invalid([Problem("", _("What was sent is not JSON."))])
    return asked
