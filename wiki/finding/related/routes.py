"""The few pages most like a page, and like one that is being written."""

from typing import Any

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from wiki import i18n
from wiki.access import space_for
from wiki.i18n import gettext as _
from wiki.search.related import Related, like, related
from wiki.text import url_part
from wiki.web.doors import enter_page
from wiki.web.error_pages import wants_json
from wiki.web.state import catalogue, session, signed_in_viewer, viewer
from wiki.web.templating import render

related_pages = Blueprint("related", __name__)

#: Kinds of pages that are named everywhere, so that most pages are a little like them.
ABOUT_WHOM = "know"
LONGEST = 500


@related_pages.get("/<space>/<page>/related")
def of_page(space: str, page: str) -> ResponseReturnValue:
    """Pages like this one; the script of the page's side column asks for JSON."""
    found = enter_page(space, page, "view")
    pages = related(session(), viewer(), found.page.id, without=_left_out(found.page.kind))
    if wants_json():
        return jsonify([_told(one) for one in pages])
    url = found.url
    return render("finding/related.html", page=found.page, url=url, pages=pages, why=_why)


@related_pages.get("/<space>/related")
def of_text(space: str) -> ResponseReturnValue:
    """Pages like a title that somebody types for a new page: what to look at first."""
    signed_in_viewer()
    g.space = space_for(session(), viewer(), space, "create")
    text = request.args.get("text", "")[:LONGEST]
    spoken = g.space.language or i18n.language()
    without = _left_out(request.args.get("kind", ""))
    return jsonify([_told(one) for one in like(session(), viewer(), text, spoken, without=without)])


def _left_out(kind: str) -> list[str]:
    """Kinds that are no answer to a page of that kind."""
    about = [key for key, one in catalogue().items() if one.group == ABOUT_WHOM]
    return [] if kind in about else about


def _told(one: Related) -> dict[str, Any]:
    kind = catalogue().get(one.kind)
    return {
        "title": one.title,
        "href": f"/{url_part(one.space)}/{url_part(one.slug)}",
        "kind": _(kind.label) if kind else one.kind,
        "state": _(kind.state(one.state).label) if kind else one.state,
        "summary": one.summary,
        "why": _why(one),
    }


def _why(one: Related) -> str:
    """What ties the two together, besides their words."""
    said = []
    if one.linked:
        said.append(_("linked"))
    if one.themes:
        said.append(_("also on %(themes)s", themes=", ".join(_(theme) for theme in one.themes)))
    return ", ".join(said) or _("similar words")
