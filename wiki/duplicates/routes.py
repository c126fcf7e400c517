"""Saying that two pages are the same, and the list of those that may be."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from wiki.access import Found, page_by_id, space_for
from wiki.duplicates.alike import alike
from wiki.duplicates.choosing import Difference, differences
from wiki.duplicates.joining import Joined, barriers, check_right, join
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Kind
from wiki.kinds.redact import redact
from wiki.kinds.types.base import BadValue
from wiki.pages.storing import content_of, current_revision
from wiki.pages.typed import PlainNames, TypedPages
from wiki.text import tidy
from wiki.web.doors import enter_page_signed_in
from wiki.web.state import catalogue, session, viewer
from wiki.web.templating import render

duplicates = Blueprint("duplicates", __name__)


@duplicates.get("/<space>/duplicates")
def list_duplicates(space: str) -> ResponseReturnValue:
    """Pages that may be about the same person or organisation."""
    g.space = space_for(session(), viewer(), space, "manage")
    return render("duplicates/list.html", groups=alike(session(), catalogue(), viewer(), g.space.id))


@duplicates.get("/<space>/<page>/join")
def consider(space: str, page: str) -> ResponseReturnValue:
    """Which page is the same as this one, and what stays of it."""
    found = enter_page_signed_in(space, page, "delete")
    if not request.args.get("with"):
        return _show(found, None, [])
    try:
        other = _other(found, request.args["with"])
    except Invalid as error:
        return _show(found, None, error.problems)
    return _show(found, other, barriers(session(), catalogue(), viewer(), found, other))


@duplicates.post("/<space>/<page>/join")
def make_one(space: str, page: str) -> ResponseReturnValue:
    """Make one page of two."""
    found = enter_page_signed_in(space, page, "delete")
    other = None
    try:
        other = _other(found, request.form.get("with", ""))
        made = join(session(), catalogue(), viewer(), found, other, request.form)
    except Invalid as error:
        session().rollback()
        return _show(found, other, error.problems)
    flash(_said(made), "good")
    return redirect(found.url, 303)


def _said(made: Joined) -> str:
    said = _("These two are one page now.")
    if made.pages:
        said += " " + ngettext(
            "%(count)s other page that named it was changed.",
            "%(count)s other pages that named it were changed.",
            made.pages,
        )
    if made.hidden:
        said += " " + ngettext("%(count)s of them you may not see.", "%(count)s of them you may not see.", made.hidden)
    return said


def _other(found: Found, name: str) -> Found:
    """The page that somebody named as pickers name it. Raises Invalid."""
    if not tidy(name):
        raise Invalid([Problem("with", _("Name the page that is the same as this one."))])
    typed = TypedPages(session(), viewer(), found.space.slug)
    try:
        other = page_by_id(session(), viewer(), typed.page(tidy(name), (found.page.kind,)), "view")
    except BadValue as error:
        raise Invalid([Problem("with", error.message)]) from error
    check_right(found, other)
    return other


def _show(found: Found, other: Found | None, problems: list[Problem]) -> ResponseReturnValue:
    """The question for the other page, or both beside each other with what was chosen so far."""
    kind = catalogue()[found.page.kind]
    given = request.form if request.method == "POST" else request.args
    comparing = other is not None and not barriers(session(), catalogue(), viewer(), found, other)
    page = render(
        "duplicates/join.html",
        found=found,
        page=found.page,
        kind=kind,
        url=found.url,
        other=other,
        other_url=other.url if other else "",
        comparing=comparing,
        places=_places(kind, found, other, given) if other and comparing else [],
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        values={"with": given.get("with", "")},
    )
    return page, 422 if problems else 200


def _places(kind: Kind, stays: Found, goes: Found, given: Mapping[str, str]) -> list[Difference]:
    """What differs of that which the viewer may see; chosen is what `given` says, else what is offered."""
    mine, theirs = (
        redact(kind, content_of(current_revision(session(), one.page)), viewer().person_id, one.page.state)
        for one in (stays, goes)
    )
    offered = differences(kind, mine, theirs, PlainNames(session(), viewer()))
    return [replace(one, chosen=given.get(one.name, one.chosen)) for one in offered]
