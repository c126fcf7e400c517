"""What people set for themselves: how it looks, which pages are at hand, the tour."""

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from wiki.access import Found
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.notices import inbox
from wiki.own import actions, queries
from wiki.web.doors import enter_page_signed_in
from wiki.web.error_pages import wants_json
from wiki.web.state import LOOK, NO_KEYS, THEMES, choices, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

own = Blueprint("own", __name__)

YEAR = 365 * 24 * 3600


@own.get("/appearance")
def appearance() -> ResponseReturnValue:
    """Colours and keys: for somebody signed in everywhere, for a visitor in this browser."""
    return render("own/appearance.html", values=_look())


def _look() -> dict[str, str]:
    return {"theme": choices().theme, "keys": "yes" if choices().keys else ""}


@own.post("/appearance")
def choose_appearance() -> ResponseReturnValue:
    """Fields that are not sent stay as they are; `keys` is sent along with a hidden `has_keys`."""
    theme = request.form.get("theme", choices().theme)
    theme = theme if theme in THEMES else ""
    keys = request.form.get("keys") == "yes" if "has_keys" in request.form else choices().keys
    if viewer().signed_in:
        actions.choose(session(), viewer(), theme=theme, keys=keys)
    if wants_json():
        return _with_look(Response(status=204), theme, keys)
    flash(_("Your choice is kept."), "good")
    return _with_look(redirect(_own_page(request.form.get("back", "")), 303), theme, keys)


def _own_page(wished: str) -> str:
    return "/account" if wished == "account" and viewer().signed_in else "/appearance"


def _with_look(response: BaseResponse, theme: str, keys: bool) -> BaseResponse:
    """The browser keeps it too, for the time when nobody is signed in."""
    value = ".".join(part for part in (theme, "" if keys else NO_KEYS) if part)
    response.set_cookie(LOOK, value, max_age=YEAR, secure=settings().secure, httponly=True, samesite="Lax")
    return response


@own.post("/account/tour")
def tour() -> ResponseReturnValue:
    """The tour is over; or it begins again."""
    actions.end_tour(session(), signed_in_viewer(), request.form.get("do") != "again")
    if wants_json():
        return Response(status=204)
    return redirect("/", 303)


@own.post("/account/seen")
def note_seen() -> ResponseReturnValue:
    """The browser tells which pages were open since it told last: "12,7,30"; a letter or a sign-up by its address."""
    person, told = signed_in_viewer(), request.form.get("pages", "")
    opened = queries.page_ids(told)
    actions.note_seen(session(), person, opened)
    inbox.mark_opened(session(), person, opened, queries.paths_in(told))
    return Response(status=204)


@own.post("/account/seen/forgetting")
def forget_seen() -> ResponseReturnValue:
    actions.forget_seen(session(), signed_in_viewer())
    flash(_("What you had open is forgotten."), "good")
    return redirect("/account", 303)


@own.get("/<space>/<page>/star")
def star(space: str, page: str) -> ResponseReturnValue:
    """A small page with the button, for browsers without scripts."""
    found = enter_page_signed_in(space, page, "view")
    return render("own/star.html", page=found.page, url=found.url, starred=_is_starred(found))


@own.post("/<space>/<page>/star")
def set_star(space: str, page: str) -> ResponseReturnValue:
    found = enter_page_signed_in(space, page, "view")
    person = signed_in_viewer()
    wanted = request.form.get("do") != "remove"
    if not wanted:
        actions.remove_star(session(), person, found.page)
    elif not actions.add_star(session(), person, found.page):
        text = _("You have %(count)s stars. Take one away first.", count=actions.MOST_STARS)
        raise Invalid([Problem("", text)])
    if wants_json():
        return Response(status=204)
    flash(_("The page has your star.") if wanted else _("The star is gone."), "good")
    return redirect(found.url, 303)


def _is_starred(found: Found) -> bool:
    return actions.is_starred(session(), viewer(), found.page)


def _address(found: Found) -> str:
    return found.url
