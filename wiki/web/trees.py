"""Texts that the rich text editor sends as trees, in forms: their Markdown is written before anything reads the form.

`body.tree` becomes `body`. A tree that is none stays where it is, for `wiki/pages/forms.py` to refuse.
"""

import json

from flask import Flask, request
from flask import session as cookie
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from wiki.rendering.editor import Malformed, write

SUFFIX = ".tree"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def setup(app: Flask) -> None:
    """Has to come before whatever opens the database: nobody who saves should wait while a text is written."""
    app.before_request(_write_texts)


def _write_texts() -> None:
    """Only for browsers that somebody was signed in with: others have nothing to save."""
    if request.method == "POST" and request.mimetype in FORMS and "_user_id" in cookie:
        trees = [name for name in request.form if name.endswith(SUFFIX)]
        if trees:
            request.form = ImmutableMultiDict(_with_texts(MultiDict(request.form), trees))


def _with_texts(form: MultiDict[str, str], trees: list[str]) -> MultiDict[str, str]:
    for name in trees:
        markdown = _markdown(form[name])
        if markdown is not None:
            form.setlist(name.removesuffix(SUFFIX), [markdown])
            form.poplist(name)
    return form


def _markdown(tree: str) -> str | None:
    try:
        return write(json.loads(tree))
    except (Malformed, ValueError, RecursionError):
        return None
