"""Files in the browser: list, upload, download, take away."""

from urllib.parse import quote

from flask import Blueprint, Response, flash, jsonify, redirect, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from wiki.access import Found
from wiki.attachments import actions, reading
from wiki.attachments.media import DOWNLOAD, SHOWN
from wiki.attachments.store import Store
from wiki.errors import HoldfastError, Invalid, NotFound, Problem
from wiki.i18n import N_
from wiki.i18n import gettext as _
from wiki.models import Attachment, Blob
from wiki.web.doors import enter_page
from wiki.web.error_pages import wants_json
from wiki.web.state import session, settings, signed_in_viewer
from wiki.web.templating import render

attachments = Blueprint("attachments", __name__)

#: What is said of a file's text, by the state of FileText; "" while it waits to be read.
SAID = {
    "": N_("is being read"),
    "reading": N_("is being read"),
    "found": N_("can be found by its text"),
    "nothing": N_("no text was found; it may be a scan"),
    "unreadable": N_("its text could not be read"),
    "no_text": N_("has no text"),
}

#: Why, by what is kept in FileText; see wiki.attachments.texts.limits.
WHY = (
    N_("The file is damaged."),
    N_("It is protected by a password."),
    N_("It unpacks to more than is read of a file."),
    N_("It declares entities, which files of office programs do not."),
    N_("Reading it takes more than a file may take."),
)

SANDBOX = "sandbox; default-src 'none'; style-src 'none'; script-src 'none'"


def store() -> Store:
    return Store(settings().folder / "files")


@attachments.get("/<space>/<page>/files")
def files(space: str, page: str) -> ResponseReturnValue:
    """The page's files, and the form to add one."""
    return _list(enter_page(space, page, "view"))


def _list(found: Found, error: HoldfastError | None = None) -> ResponseReturnValue:
    problems = error.problems if isinstance(error, Invalid) else [Problem("file", str(error))] if error else []
    shown = render(
        "attachments/files.html",
        found=found,
        page=found.page,
        url=found.url,
        files=actions.listed(session(), found.page),
        texts=reading.states(session(), found.page),
        said=SAID,
        most=settings().max_attachment_mb,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return shown, error.status if error else 200


@attachments.post("/<space>/<page>/files")
def upload(space: str, page: str) -> ResponseReturnValue:
    """Add files. The editor's script gets JSON with the Markdown that shows the file."""
    found = enter_page(space, page, "attach")
    person = signed_in_viewer()
    most = settings().max_attachment_mb << 20
    try:
        made = [
            actions.attach(session(), store(), person, found.page, file.filename or "", file.stream, most)
            for file in request.files.getlist("file")
            if _is_there(file)
        ]
        if not made:
            raise Invalid([Problem("file", _("Choose a file first."))])
    except HoldfastError as error:
        if wants_json():
            raise
        return _list(found, error)
    if wants_json():
        return jsonify(markdown="\n".join(_markdown(one) for one in made)), 201
    flash(_("Attached: %(names)s", names=", ".join(one.name for one in made)), "good")
    return redirect(f"{found.url}/files", 303)


def _is_there(file: FileStorage) -> bool:
    return bool(file and file.filename)


def _markdown(attachment: Attachment) -> str:
    blob = session().get_one(Blob, attachment.digest)
    return actions.markdown_for(attachment, blob)


@attachments.get("/<space>/<page>/files/<name>")
def download(space: str, page: str, name: str) -> Response:
    """The file. Pictures and PDF are shown, anything else is a download; nothing in it can run here."""
    found = enter_page(space, page, "view")
    attachment = actions.find(session(), found.page, name)
    if attachment is None:
        raise NotFound(_("This page has no file of that name."))
    blob = session().get_one(Blob, attachment.digest)
    shown = blob.media_type in SHOWN
    response = send_file(
        store().open(blob.digest),
        mimetype=blob.media_type if shown else DOWNLOAD,
        etag=blob.digest,
        conditional=True,
    )
    response.headers["Content-Disposition"] = (
        f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(attachment.name)}"
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@attachments.post("/<space>/<page>/files/<name>/remove")
def remove(space: str, page: str, name: str) -> ResponseReturnValue:
    """Take the file off the page."""
    found = enter_page(space, page, "attach")
    actions.detach(session(), signed_in_viewer(), found.page, name)
    flash(_("Taken off the page: %(name)s", name=name), "good")
    return redirect(f"{found.url}/files", 303)
