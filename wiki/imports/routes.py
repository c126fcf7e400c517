"""Bringing in a zip of Markdown files in the browser."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from wiki.access import SpaceInfo, space_for
from wiki.attachments.store import Store
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.imports import markdown
from wiki.imports.sources import ZipSource
from wiki.web.state import catalogue, database, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

imports = Blueprint("imports", __name__)


@imports.get("/<space>/import")
def choose(space: str) -> ResponseReturnValue:
    """The form to choose a zip."""
    return _form(_space(space))


def _space(slug: str) -> SpaceInfo:
    where = space_for(session(), viewer(), slug, "create")
    signed_in_viewer()
    g.space = where
    return where


def _form(where: SpaceInfo, error: Invalid | None = None) -> ResponseReturnValue:
    problems = error.problems if error else []
    shown = render(
        "imports/form.html",
        most=settings().max_import_mb,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return shown, error.status if error else 200


@imports.post("/<space>/import")
def bring_in(space: str) -> ResponseReturnValue:
    """Bring the zip's files in and tell what became of each."""
    where = _space(space)
    person = signed_in_viewer()
    session().rollback()  # the import stores in its own transactions, which must not wait for this one
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise Invalid([Problem("file", _("Choose a zip file first."))])
        source = ZipSource(file.stream, settings().max_import_mb << 20)
        job = markdown.Import(
            catalogue(),
            person,
            where,
            source,
            Store(settings().folder / "files"),
            settings().max_attachment_mb << 20,
        )
        report = markdown.run(database(), job)
        if not report.outcomes:
            raise Invalid([Problem("file", _("The zip holds no Markdown files (.md)."))])
    except Invalid as error:
        return _form(where, error)
    return render("imports/report.html", report=report, labels=_labels())


def _labels() -> dict[str, tuple[str, str]]:
    """Status -> (tone, label)."""
    return {
        "created": ("good", _("created")),
        "updated": ("note", _("updated")),
        "unchanged": ("quiet", _("unchanged")),
        "kept": ("warn", _("kept as edited here")),
        "failed": ("bad", _("not brought in")),
    }
