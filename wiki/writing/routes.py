"""What a form asks for while somebody writes in it: who else is there, drafts, completion, days."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from wiki import search
from wiki.access import page_for, space_for
from wiki.errors import Invalid, Problem
from wiki.i18n import format_date, format_time
from wiki.i18n import gettext as _
from wiki.kinds.types.base import BadValue
from wiki.kinds.types.days import read_day
from wiki.pages import actions, reading
from wiki.text import number_in, tidy
from wiki.web.state import catalogue, session, signed_in_viewer, viewer
from wiki.writing import presence
from wiki.writing.likely import likely

writing = Blueprint("writing", __name__)


@writing.post("/<space>/<page>/presence")
def here(space: str, page: str) -> ResponseReturnValue:
    """The form says that it is open, and at what; it hears who else writes here and what was saved meanwhile."""
    found = page_for(session(), viewer(), space, page, "edit")
    person = signed_in_viewer()
    kind = catalogue()[found.page.kind]
    if request.form.get("do") == "leave":
        presence.leave(session(), person, found.page)
        return jsonify(others=[], newer="")
    base = request.form.get("base", "")
    presence.note(session(), person, kind, found.page, request.form.get("place", ""), request.form.get("heading", ""))
    return jsonify(
        others=[one.told for one in presence.others(session(), person, kind, found.page)],
        newer=presence.newer(session(), person, found.page, number_in(base)),
    )


@writing.get("/<space>/<page>/presence")
def who(space: str, page: str) -> ResponseReturnValue:
    """The same for whoever may edit the page and asks before opening its form."""
    found = page_for(session(), viewer(), space, page, "edit")
    kind = catalogue()[found.page.kind]
    return jsonify(others=[one.told for one in presence.others(session(), signed_in_viewer(), kind, found.page)])


@writing.get("/complete/day")
def day() -> ResponseReturnValue:
    """The day that somebody typed in their own words: "21 nov", "in 2 weeks"."""
    try:
        meant = read_day(request.args.get("q", "")[:100])
    except BadValue as problem:
        return jsonify(iso="", said=problem.message, short="")
    return jsonify(iso=meant.isoformat(), said=format_date(meant, "full"), short=format_date(meant))


@writing.post("/<space>/draft")
def draft(space: str) -> ResponseReturnValue:
    """Keep what is being typed, as the form stands."""
    where = space_for(session(), viewer(), space, "create")
    person = signed_in_viewer()
    place = request.form.get("draft_place", "")
    slug = request.form.get("draft_page", "")
    form = {key: values for key, values in request.form.lists() if key not in ("csrf_token", "do")}
    if slug:
        found = page_for(session(), viewer(), space, slug, "edit")
        place, page_id = f"page:{found.page.id}", found.page.id
    elif place.startswith(f"new:{where.slug}:") and len(place) < 120:
        page_id = None
    else:
        raise Invalid([Problem("draft_place", _("The form does not say what it is a draft of."))])
    base = request.form.get("base", "")
    began = number_in(base)
    when = actions.keep_draft(session(), person, place, page_id, began, form)
    return jsonify(saved=format_time(when), moment=when.isoformat())


@writing.get("/complete")
def complete() -> ResponseReturnValue:
    """Titles that begin with what was typed, for pickers and wikilinks; only pages the reader may open.

    Nothing typed yet, in a picker: those that are likely in this space.
    """
    text = tidy(request.args.get("q", ""))[:200]
    space = request.args.get("space", "")
    wished = [kind for kind in request.args.get("kinds", "").split(",") if kind]
    if wished and wished[0].startswith("row:"):
        targets = ",".join(wished).removeprefix("row:").split(",")
        return jsonify(reading.complete_rows(session(), viewer(), text, targets))
    known = [kind for kind in wished if kind in catalogue()]
    if not text:
        hits = likely(session(), viewer(), known, space) if wished else []
    else:
        hits = search.complete(session(), viewer(), text, kinds=known or None, limit=10)
    return jsonify(reading.completions(catalogue(), hits, space))
