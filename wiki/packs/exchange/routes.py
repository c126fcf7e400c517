"""Packs in the browser: taken out by everybody who is signed in, brought in by administrators after they have looked."""

import base64
import binascii

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.errors import Forbidden, Invalid, Problem
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.packs import bringing, looking, pack
from wiki.packs.pack import CHANGED, NEW, Pack
from wiki.packs.wording import differences
from wiki.text import slugify
from wiki.web.state import catalogue, session, settings, signed_in_viewer, site, viewer
from wiki.web.templating import render

packs = Blueprint("packs", __name__)


@packs.route("/templates/export", methods=["GET", "POST"])
def take_out() -> ResponseReturnValue:
    """Choose templates; get them as one file."""
    signed_in_viewer()
    problems: list[Problem] = []
    if request.method == "POST":
        form = request.form
        name = form.get("name", "").strip()[:200] or settings().site_name
        try:
            content = pack.write(
                session(), site().library, catalogue(), form.getlist("kind"), name, form.get("about", "")[:2000]
            )
        except Invalid as refused:
            problems = refused.problems
        else:
            file = f"{slugify(name) or 'pack'}-{clock.today(settings().time_zone).isoformat()}.zip"
            headers = {"Content-Disposition": f'attachment; filename="{file}"'}
            return Response(content, mimetype="application/zip", headers=headers)
    shown = render(
        "packs/export.html",
        groups=looking.listed(session(), catalogue(), viewer()),
        problems=problems,
        errors={one.field: one.message for one in problems},
        values={"name": request.form.get("name", settings().site_name), "about": request.form.get("about", "")},
    )
    return shown, 422 if problems else 200


@packs.route("/templates/import", methods=["GET", "POST"])
def bring_in() -> ResponseReturnValue:
    """Choose a file, look at what it would change, bring in what is wanted."""
    person = signed_in_viewer()
    if not person.admin:
        raise Forbidden(_("Only administrators change page templates."))
    if request.method == "GET":
        return render("packs/import.html", pack=None, problems=[], errors={})
    try:
        content = _content()
        found = pack.read(content)
        if request.form.get("do") == "bring_in":
            return _brought_in(found)
    except Invalid as refused:
        errors = {one.field: one.message for one in refused.problems}
        return render("packs/import.html", pack=None, problems=refused.problems, errors=errors), 422
    return _looked_at(found, content)


def _content() -> bytes:
    """The file that was chosen just now, or the one that was looked at."""
    if upload := request.files.get("file"):
        content: bytes = upload.read(pack.MOST_BYTES + 1)
        return content
    try:
        return base64.b64decode(request.form.get("content", ""), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _looked_at(found: Pack, content: bytes) -> ResponseReturnValue:
    library = site().library
    coming = pack.compared(session(), library, catalogue(), found)
    wrong = pack.mistakes(session(), library, [one.definition for one in coming])
    words = {}
    for one in coming if not wrong else []:
        tried = looking.tried(session(), library, one.definition)
        if tried.kind is not None and one.definition.key in catalogue():
            words[one.definition.key] = differences(catalogue()[one.definition.key], tried.kind)
    return render(
        "packs/import.html",
        pack=found,
        coming=coming,
        wrong=wrong,
        chosen={(one.definition.part, one.definition.key) for one in coming if one.how in (NEW, CHANGED)},
        found=words,
        content=base64.b64encode(content).decode(),
        problems=[],
        errors={},
    )


def _brought_in(found: Pack) -> ResponseReturnValue:
    chosen = {(part, key) for said in request.form.getlist("take") for part, _dash, key in [said.partition("/")]}
    made = bringing.bring_in(session(), site().library, viewer(), found, chosen, "words" in request.form)
    count = len(made)
    flash(
        ngettext("%(count)s new version holds from now on.", "%(count)s new versions hold from now on.", count), "good"
    )
    return redirect("/templates", 303)
