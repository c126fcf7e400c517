"""Small forms that add to a page: a dated note, a report that its condition has been met."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found
from wiki.errors import Invalid, NotFound
from wiki.i18n import gettext as _
from wiki.later.actions import add_note, report_condition
from wiki.pages.storing import content_of, current_revision
from wiki.web.doors import enter_page_signed_in
from wiki.web.state import catalogue, session, settings, viewer
from wiki.web.templating import render

later = Blueprint("later", __name__)


def _show(template: str, found: Found, error: Invalid | None = None, **more: object) -> ResponseReturnValue:
    problems = error.problems if error else []
    page = render(
        f"later/{template}.html",
        found=found,
        page=found.page,
        kind=catalogue()[found.page.kind],
        url=found.url,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        values=dict(request.form),
        **more,
    )
    return page, error.status if error else 200


@later.get("/<space>/<page>/note")
def write_note(space: str, page: str) -> ResponseReturnValue:
    """A dated note beside what is not rewritten."""
    found = enter_page_signed_in(space, page, "edit")
    _needs(bool(catalogue()[found.page.kind].notes_later))
    return _show("note", found)


@later.post("/<space>/<page>/note")
def keep_note(space: str, page: str) -> ResponseReturnValue:
    """Add the note to the page."""
    found = enter_page_signed_in(space, page, "edit")
    _needs(bool(catalogue()[found.page.kind].notes_later))
    today = clock.today(settings().time_zone)
    try:
        add_note(session(), catalogue(), viewer(), found.page, request.form.get("text", ""), today)
    except Invalid as error:
        return _show("note", found, error)
    flash(_("The note is on the page."), "good")
    return redirect(f"{found.url}#f-{catalogue()[found.page.kind].notes_later[0].key}", 303)


@later.get("/<space>/<page>/condition")
def ask_condition(space: str, page: str) -> ResponseReturnValue:
    """Has the condition for a new look been met?"""
    found = enter_page_signed_in(space, page, "edit")
    return _show("condition", found, when=_condition(found))


@later.post("/<space>/<page>/condition")
def report(space: str, page: str) -> ResponseReturnValue:
    """Say that it has, and what was seen."""
    found = enter_page_signed_in(space, page, "edit")
    try:
        report_condition(session(), catalogue(), viewer(), found.page, request.form.get("text", ""))
    except Invalid as error:
        return _show("condition", found, error, when=_condition(found))
    flash(_("The page now says that it is time to look again."), "good")
    return redirect(found.url, 303)


def _condition(found: Found) -> str:
    """What the page waits for. Raises NotFound where it waits for nothing."""
    said = catalogue()[found.page.kind].watches
    fields = content_of(current_revision(session(), found.page)).fields
    _needs(said is not None and said.when in fields)
    return str(fields[said.when]) if said is not None else ""


def _needs(there: bool) -> None:
    if not there:
        raise NotFound(_("Pages of this kind have no place for that."))
