"""The short form for what was learned."""

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from wiki.access import Found, page_for, space_for
from wiki.errors import Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.kinds.offering import why_not_offered
from wiki.lessons.capture import KIND, capture
from wiki.text import url_part
from wiki.web.state import catalogue, session, signed_in_viewer, viewer
from wiki.web.templating import render

lessons = Blueprint("lessons", __name__)


def _page(space: str, page: str) -> Found:
    found = page_for(session(), viewer(), space, page, "view")
    signed_in_viewer()
    space_for(session(), viewer(), found.space.slug, "create")
    if catalogue()[KIND].retired:
        raise NotFound(why_not_offered(catalogue()[KIND]))
    g.space = found.space
    return found


@lessons.get("/<space>/<page>/lesson")
def write(space: str, page: str) -> ResponseReturnValue:
    """Something we learned here?"""
    return _show(_page(space, page), [])


@lessons.post("/<space>/<page>/lesson")
def keep(space: str, page: str) -> ResponseReturnValue:
    """Keep it as a page of its own, and lead back to where it came up."""
    found = _page(space, page)
    try:
        made = capture(session(), catalogue(), viewer(), found, request.form)
    except Invalid as error:
        return _show(found, error.problems)
    where = f"/{url_part(found.space.slug)}"
    flash(_("Noted: “%(lesson)s”. Somebody else checks it before it is shared.", lesson=made.title), "good")
    return redirect(f"{where}/{url_part(found.page.slug)}", 303)


def _show(found: Found, problems: list[Problem]) -> ResponseReturnValue:
    page = render(
        "lessons/capture.html",
        page=found.page,
        url=found.url,
        values=dict(request.form),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200
