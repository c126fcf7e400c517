"""The life of a page beside its text: states, address, archive, deletion, kind, and "still right"."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found, page_for, space_for, visible_spaces
from wiki.errors import Forbidden, Invalid, Problem
from wiki.i18n import gettext as _
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision
from wiki.text import tidy, url_part
from wiki.web.doors import enter_page_signed_in
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

lifecycle = Blueprint("lifecycle", __name__)


def _back(found: Found) -> ResponseReturnValue:
    return redirect(found.url, 303)


def _show(template: str, found: Found, error: Invalid | None = None, **context: object) -> ResponseReturnValue:
    problems = error.problems if error else []
    page = render(
        f"lifecycle/{template}.html",
        found=found,
        page=found.page,
        kind=catalogue()[found.page.kind],
        url=found.url,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        values=dict(request.form),
        **context,
    )
    return page, error.status if error else 200


@lifecycle.get("/<space>/<page>/state")
def choose_state(space: str, page: str) -> ResponseReturnValue:
    """The states that this person can move the page to."""
    found = enter_page_signed_in(space, page, "edit")
    return _states(found, request.args.get("to", ""))


def _states(found: Found, chosen: str, error: Invalid | None = None) -> ResponseReturnValue:
    content = content_of(current_revision(session(), found.page))
    offered = actions.offered(session(), catalogue(), viewer(), found, content)
    gaps = {one.to: actions.gaps(catalogue(), found.page, content, one) for one in offered}
    return _show("state", found, error, offered=offered, chosen=chosen, gaps=gaps)


@lifecycle.post("/<space>/<page>/state")
def change_state(space: str, page: str) -> ResponseReturnValue:
    """Move the page to another state; what is missing is listed with a link to each field."""
    found = enter_page_signed_in(space, page, "edit")
    chosen = request.form.get("to", "")
    try:
        actions.change_state(session(), catalogue(), viewer(), found, chosen, request.form.get("note", ""))
    except Invalid as error:
        return _states(found, chosen, error)
    kind = catalogue()[found.page.kind]
    flash(_("The page is now: %(state)s.", state=_(kind.state(chosen).label)), "good")
    return _back(found)


@lifecycle.get("/<space>/<page>/move")
def choose_place(space: str, page: str) -> ResponseReturnValue:
    """Another title, address or space."""
    found = enter_page_signed_in(space, page, "move")
    return _show("move", found, spaces=_other_spaces(found))


def _other_spaces(found: Found) -> dict[str, str]:
    return {
        one.slug: one.name
        for one in visible_spaces(session(), viewer())
        if one.id != found.space.id and one.may("create")
    }


@lifecycle.post("/<space>/<page>/move")
def move(space: str, page: str) -> ResponseReturnValue:
    """Rename or move; every old address leads to the new one."""
    found = enter_page_signed_in(space, page, "move")
    try:
        _rename(found)
        wished = request.form.get("space", "")
        if wished:
            to = space_for(session(), viewer(), wished, "create")
            actions.move_page(session(), catalogue(), viewer(), found, to)
            flash(_("The page is now in %(space)s.", space=to.name), "good")
            return redirect(f"/{url_part(to.slug)}/{url_part(found.page.slug)}", 303)
    except Invalid as error:
        return _show("move", found, error, spaces=_other_spaces(found))
    flash(_("Done. Old addresses lead here."), "good")
    return _back(found)


def _rename(found: Found) -> None:
    title = tidy(request.form.get("title", ""))
    if title and title != found.page.title:
        content = content_of(current_revision(session(), found.page))
        content.title = title
        note = _("Renamed from %(title)s", title=found.page.title)
        actions.save_page(session(), catalogue(), viewer(), found.page, content, found.page.number, note)
    if request.form.get("slug"):
        actions.rename_page(session(), catalogue(), viewer(), found, request.form["slug"])


@lifecycle.get("/<space>/<page>/archive")
def consider_archive(space: str, page: str) -> ResponseReturnValue:
    return _show("archive", enter_page_signed_in(space, page, "archive"))


@lifecycle.post("/<space>/<page>/archive")
def archive(space: str, page: str) -> ResponseReturnValue:
    """Set the page aside, or bring it back."""
    found = enter_page_signed_in(space, page, "archive")
    if found.page.archived_at is None:
        actions.archive_page(session(), viewer(), found.page, request.form.get("note", ""))
        flash(_("Archived. It can still be found and read."), "good")
    else:
        actions.unarchive_page(session(), viewer(), found.page)
        flash(_("Brought back from the archive."), "good")
    return _back(found)


@lifecycle.get("/<space>/<page>/delete")
def consider_delete(space: str, page: str) -> ResponseReturnValue:
    return _show("delete", enter_page_signed_in(space, page, "delete"))


@lifecycle.post("/<space>/<page>/delete")
def delete(space: str, page: str) -> ResponseReturnValue:
    """Delete the page; a tombstone stays."""
    found = enter_page_signed_in(space, page, "delete")
    try:
        actions.delete_page(session(), viewer(), found.page, request.form.get("why", ""))
    except Invalid as error:
        return _show("delete", found, error)
    flash(_("Deleted. Who comes to its address is told so."), "good")
    return redirect(f"/{url_part(space)}", 303)


@lifecycle.post("/<space>/<page>/undelete")
def undelete(space: str, page: str) -> ResponseReturnValue:
    """Bring a deleted page back."""
    found = page_for(session(), viewer(), space, page, "tombstone")
    signed_in_viewer()
    if not found.may("delete"):
        raise Forbidden(_("Only coordinators bring deleted pages back."))
    actions.undelete_page(session(), catalogue(), viewer(), found.page)
    return _back(found)


@lifecycle.get("/<space>/<page>/kind")
def choose_kind(space: str, page: str) -> ResponseReturnValue:
    return _show("kind", enter_page_signed_in(space, page, "change_kind"))


@lifecycle.post("/<space>/<page>/kind")
def change_kind(space: str, page: str) -> ResponseReturnValue:
    """Turn the page into another kind; nothing is lost, what has no place in the new kind is kept and shown."""
    found = enter_page_signed_in(space, page, "change_kind")
    wished = catalogue().get(request.form.get("kind", ""))
    if wished is None:
        return _show("kind", found, Invalid([Problem("kind", _("Choose what the page should be."))]))
    actions.change_kind(session(), catalogue(), viewer(), found.page, wished, request.form.get("note", ""))
    flash(_("The page is now a page of the kind “%(kind)s”.", kind=_(wished.label)), "good")
    return _back(found)


@lifecycle.get("/<space>/<page>/confirm")
def consider_confirm(space: str, page: str) -> ResponseReturnValue:
    return _show("confirm", enter_page_signed_in(space, page, "edit"))


@lifecycle.post("/<space>/<page>/confirm")
def confirm(space: str, page: str) -> ResponseReturnValue:
    """Still right: the next look moves on."""
    found = enter_page_signed_in(space, page, "edit")
    content = content_of(current_revision(session(), found.page))
    rhythm = str(content.fields.get("review_every", "never"))
    actions.confirm_page(session(), viewer(), found.page, rhythm, clock.today(settings().time_zone))
    flash(_("Thank you. It is noted that the page is still right."), "good")
    return _back(found)
