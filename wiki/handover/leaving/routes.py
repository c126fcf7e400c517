"""Preparing a handover on the page of a person."""

from dataclasses import dataclass, replace

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found, page_for
from wiki.errors import Invalid, NotFound, Problem
from wiki.handover.leaving.actions import begin, check_person, hand_back, places
from wiki.handover.notes import GATHERING, HANDOVER, content_now, open_notes
from wiki.handover.preparing import Wish, manager_of
from wiki.handover.words import kinds_of_handover
from wiki.holdings import footprint
from wiki.i18n import gettext as _
from wiki.kinds import BadValue
from wiki.kinds.types.days import read_day
from wiki.models import Page
from wiki.pages.typed import TypedNames, TypedPages
from wiki.text import tidy
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

leaving = Blueprint("leaving", __name__)


def _person(space: str, page: str) -> Found:
    found = page_for(session(), viewer(), space, page, "view")
    signed_in_viewer()
    check_person(session(), viewer(), found)
    g.space = found.space
    return found


@leaving.get("/<space>/<page>/leaving")
def consider(space: str, page: str) -> ResponseReturnValue:
    """Who takes over, until when, and what will be on the list."""
    found = _person(space, page)
    there = open_notes(session(), found.page.id, GATHERING)
    if there and not request.args.get("again"):
        return redirect(f"/p/{there[0].id}", 303)
    return _show(found)


def _show(found: Found, error: Invalid | None = None) -> ResponseReturnValue:
    today = clock.today(settings().time_zone)
    held = [one for one in footprint(session(), catalogue(), viewer(), found.page.id, today) if one.through is None]
    problems = error.problems if error else []
    page = render(
        "handover/leaving.html",
        found=found,
        page=found.page,
        held=held,
        spaces={one.slug: one.name for one in places(session(), viewer())},
        kinds=kinds_of_handover(),
        url=found.url,
        values={**_known(found.page, [one.page_id for one in held if one.what == "role"]), **dict(request.form)},
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, error.status if error else 200


def _known(person: Page, roles: list[int]) -> dict[str, str]:
    """What the wiki knows already, as pickers type it."""
    fields = content_now(session(), person).fields
    manager = manager_of(session(), person.id, roles, viewer())
    named = {"successor": fields.get("successor"), "manager": manager}
    ids = {one for one in named.values() if isinstance(one, int)}
    names = TypedNames(session(), viewer(), ids)
    typed = {key: names.page(one) for key, one in named.items() if isinstance(one, int)}
    return {"kind": "leaving", "last_day": fields.get("last_day", ""), **typed}


@dataclass
class _Reader:
    """What was typed, with what is wrong with it."""

    space: str
    problems: list[Problem]

    def person(self, name: str) -> int | None:
        text = tidy(request.form.get(name, ""))
        try:
            return TypedPages(session(), viewer(), self.space).page(text, ("person",)) if text else None
        except BadValue as bad:
            self.problems.append(Problem(name, bad.message))
            return None

    def wish(self) -> Wish:
        kind = request.form.get("kind", "")
        if kind not in kinds_of_handover():
            self.problems.append(Problem("kind", _("Choose why there is a handover.")))
        wish = Wish(kind, None, self.person("successor"), self.person("manager"), self._space())
        try:
            return replace(wish, last_day=read_day(request.form.get("last_day", "").strip()[:100]))
        except BadValue as bad:
            self.problems.append(Problem("last_day", bad.message))
            return wish

    def _space(self) -> int | None:
        wished = request.form.get("space", "")
        found = next((one.id for one in places(session(), viewer()) if one.slug == wished), None)
        if wished and found is None:
            self.problems.append(Problem("space", _("Choose a space in which you can write.")))
        return found


@leaving.post("/<space>/<page>/leaving")
def prepare(space: str, page: str) -> ResponseReturnValue:
    """Begin the note; somebody who leaves is set to leaving with it."""
    found = _person(space, page)
    reader = _Reader(space, [])
    wish = reader.wish()
    try:
        if reader.problems:
            raise Invalid(reader.problems)
        today = clock.today(settings().time_zone)
        note = begin(session(), catalogue(), viewer(), found, wish, today)
    except Invalid as error:
        session().rollback()
        return _show(_person(space, page), error)
    flash(_("The handover is prepared. Those who take part are told; partners are not."), "good")
    if wish.kind == "leaving" and found.page.state != "leaving":
        said = _("%(name)s is not set to leaving yet: they themselves do it, or a coordinator.", name=found.page.title)
        flash(said, "note")
    return redirect(f"/p/{note.id}", 303)


@leaving.post("/<space>/<page>/items/return")
def back(space: str, page: str) -> ResponseReturnValue:
    """After cover or absence: hand the same things back."""
    found = page_for(session(), viewer(), space, page, "edit")
    signed_in_viewer()
    if found.page.kind != HANDOVER:
        raise NotFound(_("This page is no handover note."))
    note = hand_back(session(), catalogue(), viewer(), found.page, clock.today(settings().time_zone))
    flash(_("A note to hand the same things back is prepared."), "good")
    return redirect(f"/p/{note.id}", 303)
