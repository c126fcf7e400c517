"""Registers in the browser: all kinds, the register of one kind and its CSV file, what changed in a space."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import SpaceInfo, space_for, visible_spaces
from wiki.errors import Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Kind
from wiki.registers import changes as changed
from wiki.registers.answering import answer, blank
from wiki.registers.asking import Asked, read
from wiki.registers.csv_file import csv_text
from wiki.registers.listing import Listing, Place
from wiki.registers.named.known import REGISTERS
from wiki.registers.names import PageFinder
from wiki.registers.overview import counts
from wiki.registers.showing import Shown
from wiki.web.state import catalogue, session, settings, viewer
from wiki.web.templating import render

registers = Blueprint("registers", __name__)


@registers.get("/registers")
def overview() -> ResponseReturnValue:
    """All kinds by what they are for, with how many pages of each the reader finds."""
    spaces = _spaces()
    only = _only_space(spaces)
    found = counts(session(), viewer(), only)
    return render(
        "registers/overview.html",
        named=REGISTERS.values(),
        groups=catalogue().by_group(),
        counts=found,
        spaces=list(spaces.values()),
    )


@registers.get("/registers/kind/<kind>")
def of_kind(kind: str) -> ResponseReturnValue:
    """The register of a kind, sorted and filtered by the query string."""
    filled = _without_blanks()
    if filled is not None:
        return redirect(filled)
    known = _kind(kind)
    place = _place()
    _only_space(place.spaces)
    try:
        asked = _asked(place, known)
    except Invalid as error:
        return _page(place, blank(session(), place, error.readable), error), error.status
    return _page(place, answer(session(), place, asked))


@registers.get("/registers/kind/<kind>.csv")
def file_of_kind(kind: str) -> ResponseReturnValue:
    """The same list as a file, whole."""
    known = _kind(kind)
    place = _place()
    _only_space(place.spaces)
    text = csv_text(session(), place, _asked(place, known), settings().base_url)
    name = f"{known.key}-{place.today.isoformat()}.csv"
    response = Response(text, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _kind(key: str) -> Kind:
    kind = catalogue().get(key)
    if kind is None:
        raise NotFound(_("There is no page template called “%(kind)s”.", kind=key))
    return kind


def _spaces() -> dict[str, SpaceInfo]:
    return {one.slug: one for one in visible_spaces(session(), viewer())}


def _place() -> Place:
    return Place(catalogue(), viewer(), _spaces(), clock.today(settings().time_zone), settings().time_zone)


def _only_space(spaces: Any) -> SpaceInfo | None:
    """The space that the register is limited to: its navigation stands beside the list. Raises what space_for raises."""
    slugs = [slug for slug in request.args.getlist("space") if slug]
    for slug in slugs:
        if slug not in spaces:
            space_for(session(), viewer(), slug, "view")
    if len(slugs) != 1:
        return None
    g.space = spaces[slugs[0]]
    found: SpaceInfo = g.space
    return found


def _asked(place: Place, kind: Kind) -> Asked:
    """Raises Invalid with what could be read."""
    space = g.space.slug if "space" in g else ""
    return read(catalogue(), kind, request.args, place.space_names, PageFinder(session(), viewer(), space))


def _page(place: Place, found: Listing, error: Invalid | None = None) -> str:
    problems = error.problems if error is not None else []
    return render(
        "registers/register.html",
        shown=Shown(session(), place, found),
        found=found,
        asked=found.asked,
        kind=found.kind,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        active_kind=found.kind.key,
    )


def _without_blanks() -> str | None:
    """The address without the parameters that a form sent empty, so that what people share says only what it means."""
    filled = [(name, value) for name, value in request.args.items(multi=True) if value.strip()]
    if len(filled) == len(list(request.args.items(multi=True))):
        return None
    return f"{request.path}?{urlencode(filled)}" if filled else request.path


@registers.get("/<space>/changes")
def changes(space: str) -> ResponseReturnValue:
    """What changed in a space, newest first."""
    where = g.space = space_for(session(), viewer(), space, "view")
    number = _screen(request.args.get("page") or "1")
    days, more = changed.by_day(session(), catalogue(), viewer(), where, number, settings().time_zone)
    return render("registers/changes.html", days=days, more=more, number=number, active_nav="changes")


def _screen(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:7]) <= changed.MOST_SCREENS:
        raise Invalid([Problem("page", _("“%(text)s” is not the number of a page of this list.", text=text[:20]))])
    return int(text)
