"""Paths in the browser: start, put somebody on one, mark steps, look after people."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wiki import clock
from wiki.access import Found, page_for
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import format_date, ngettext
from wiki.i18n import gettext as _
from wiki.kinds import BadValue
from wiki.kinds.types.days import read_day
from wiki.models import Enrolment
from wiki.pages.reading import display_fields
from wiki.pages.referring import Kept
from wiki.pages.storing import content_of, current_revision
from wiki.pages.typed import TypedNames, TypedPages
from wiki.paths import actions, following, queries, who
from wiki.paths.actions import KIND, Terms
from wiki.paths.beside import beside
from wiki.paths.walks import DONE, Step, Walk, groups
from wiki.paths.words import ICONS
from wiki.text import tidy
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

paths = Blueprint("paths", __name__)

#: Who can be a buddy.
PEOPLE = ("person",)
#: Keeps the follower of saves: it is registered where it is imported.
FOLLOWS = following.__name__


def _today() -> date:
    return clock.today(settings().time_zone)


def _path(space: str, page: str) -> Found:
    """A path that the viewer may read, and who is signed in."""
    found = page_for(session(), viewer(), space, page, "view")
    signed_in_viewer()
    if found.page.kind != KIND:
        raise NotFound(_("Only reading paths have people on them."))
    g.space = found.space
    return found


def _walk(space: str, page: str, number: int) -> tuple[Found, Walk]:
    found = _path(space, page)
    walk = queries.walk_for(session(), catalogue(), viewer(), number)
    if walk.path_id != found.page.id:
        raise NotFound(_("There is nobody on a path here, or you may not see it."))
    return found, walk


def _typed_day(name: str, problems: list[Problem]) -> date | None:
    text = request.form.get(name, "").strip()
    try:
        return read_day(text) if text else None
    except BadValue as problem:
        problems.append(Problem(name, problem.message))
        return None


def _typed_page(found: Found, name: str, kind: str, problems: list[Problem]) -> int | None:
    text = tidy(request.form.get(name, ""))
    if not text:
        return None
    try:
        return TypedPages(session(), viewer(), found.space.slug).page(text, (kind,))
    except BadValue as problem:
        problems.append(Problem(name, problem.message))
        return None


def _form(template: str, found: Found, problems: list[Problem], values: dict[str, Any], **more: Any) -> tuple[str, int]:
    page = render(
        f"paths/{template}.html",
        found=found,
        page=found.page,
        url=found.url,
        days=actions.days_of(session(), found.page.id),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        values=values,
        **more,
    )
    return page, 422 if problems else 200


def _as_typed(page_id: int | None) -> str:
    """A person as a form names them, so that they are found again."""
    if page_id is None:
        return ""
    return TypedNames(session(), viewer(), {page_id}).page(page_id)


# --- beginning


@paths.get("/paths")
def overview() -> ResponseReturnValue:
    """The paths that the viewer is on, the people whose buddy they are, and the others that they may know of."""
    me = signed_in_viewer().person_id
    found = queries.walks(session(), catalogue(), viewer(), queries.OPEN, Enrolment.id.is_not(None))
    mine = sorted((one for one in found if one.mine), key=lambda one: one.due or date.max)
    along = [one for one in found if one.walks_along]
    others = [one for one in found if me not in (one.person.id, one.buddy.id)]
    return render("paths/overview.html", mine=mine, along=along, others=others, today=_today())


@paths.get("/<space>/<page>/path")
def consider(space: str, page: str) -> ResponseReturnValue:
    """For who is on it: where they are. For others: what starting means."""
    found = _path(space, page)
    walk = queries.my_walk(session(), catalogue(), viewer(), found.page.id)
    if walk is not None:
        return redirect(f"{found.url}/path/{walk.id}")
    person = _myself(found)
    buddy = who.fitting_buddy(session(), found.page, person)
    return _start_form(found, [], {"buddy": _as_typed(buddy)})


@paths.post("/<space>/<page>/path")
def start(space: str, page: str) -> ResponseReturnValue:
    """Begin the path oneself."""
    found = _path(space, page)
    problems: list[Problem] = []
    buddy, due = _typed_page(found, "buddy", "person", problems), _typed_day("due", problems)
    try:
        if problems:
            raise Invalid(problems)
        made = actions.enrol(session(), viewer(), found.page, _myself(found), Terms(_today(), due, buddy))
    except Invalid as refused:
        return _start_form(found, refused.problems, request.form.to_dict())
    flash(_("You are on the path. The first step is below."), "good")
    return redirect(f"{found.url}/path/{made.id}", 303)


def _myself(found: Found) -> who.Newcomer:
    me = viewer().person_id
    if me is None:
        raise Forbidden(_("Your account has no page that stands for you. Ask an administrator."))
    return who.newcomer(session(), me, found.page.space_id)


def _start_form(found: Found, problems: list[Problem], values: dict[str, Any]) -> ResponseReturnValue:
    return _form("start", found, problems, values, view=beside(session(), viewer(), found.page.id))


@paths.get("/<space>/<page>/enrol")
def choose_person(space: str, page: str) -> ResponseReturnValue:
    """Who is to be on the path?"""
    found = _path(space, page)
    return _form("enrol", found, [], {"started": _today().isoformat()}, **_offers(found))


@paths.post("/<space>/<page>/enrol")
def enrol(space: str, page: str) -> ResponseReturnValue:
    """Put a person, or all people of an organisation, on the path."""
    found = _path(space, page)
    problems: list[Problem] = []
    try:
        made = _enrol_organisation(found, problems) if request.form.get("org") else [_enrol_person(found, problems)]
    except Invalid as refused:
        return _form("enrol", found, refused.problems, request.form.to_dict(), **_offers(found))
    flash(ngettext("One person is on the path now.", "%(count)s people are on the path now.", len(made)), "good")
    where = f"/path/{made[0].id}" if len(made) == 1 else "/path/people"
    return redirect(f"{found.url}{where}", 303)


def _offers(found: Found) -> dict[str, Any]:
    fields = content_of(current_revision(session(), found.page)).fields
    return {"for_partners": fields.get("for_partner_orgs") == "yes"}


def _enrol_person(found: Found, problems: list[Problem]) -> Enrolment:
    person_id = _typed_page(found, "person", "person", problems)
    if person_id is None and not problems:
        problems.append(Problem("person", _("Say who.")))
    buddy = _typed_page(found, "buddy", "person", problems)
    started, due = _typed_day("started", problems), _typed_day("due", problems)
    if problems or person_id is None:
        raise Invalid(problems)
    person = who.newcomer(session(), person_id, found.page.space_id)
    if buddy is None:
        buddy = who.fitting_buddy(session(), found.page, person)
    return actions.enrol(session(), viewer(), found.page, person, Terms(started or _today(), due, buddy))


def _enrol_organisation(found: Found, problems: list[Problem]) -> list[Enrolment]:
    org_id = _typed_page(found, "org", "organisation", problems)
    started, due = _typed_day("started", problems), _typed_day("due", problems)
    if problems or org_id is None:
        raise Invalid(problems)
    return actions.enrol_organisation(session(), viewer(), found.page, org_id, started or _today(), due)


# --- being on a path


@paths.get("/<space>/<page>/path/people")
def people(space: str, page: str) -> ResponseReturnValue:
    """Who is where, as far as the viewer may know: by organisation."""
    found = _path(space, page)
    there = queries.walks(session(), catalogue(), viewer(), Enrolment.path_id == found.page.id)
    return render(
        "paths/people.html",
        found=found,
        page=found.page,
        url=found.url,
        by_organisation=groups(there),
        count=len(there),
        today=_today(),
    )


@paths.get("/<space>/<page>/path/<int:number>")
def show(space: str, page: str, number: int) -> ResponseReturnValue:
    """Somebody on the path: the newcomer's own page, the buddy's and the manager's."""
    found, walk = _walk(space, page, number)
    content = content_of(current_revision(session(), found.page))
    kind = catalogue()[KIND]

    def field(key: str) -> Markup:
        return display_fields(session(), catalogue(), viewer(), found, kind, content, lambda one: one.key == key)

    return render(
        "paths/walk.html",
        found=found,
        page=found.page,
        url=found.url,
        walk=walk,
        today=_today(),
        icons=ICONS,
        opening=field("opening") if walk.mine and not walk.done and not walk.skipped else "",
        closing=field("closing") if walk.finished_at is not None else "",
        may_look_after=who.may_look_after(session(), viewer(), walk),
    )


@paths.post("/<space>/<page>/path/<int:number>/steps/<row>")
def mark(space: str, page: str, number: int, row: str) -> ResponseReturnValue:
    """A step is done, skipped, or to do again."""
    found, walk = _walk(space, page, number)
    back, do = f"{found.url}/path/{walk.id}", request.form.get("do", "")
    if do == "undo":
        actions.take_back(session(), viewer(), walk, row)
        flash(_("It is to do again."), "good")
        return redirect(f"{back}#step-{row}", 303)
    step = walk.step(row)
    if step is None:
        raise NotFound(_("This step is not on the path any more."))
    actions.mark(session(), viewer(), walk, step, do, request.form.get("note", ""))
    left = queries.walk_for(session(), catalogue(), viewer(), walk.id)
    if left.finished_at is not None and walk.finished_at is None:
        flash(_("That was the last one. You have come to the end of this path."), "good")
        return redirect(back, 303)
    if request.form.get("then") == "next":
        following_step = left.after(row)
        page_of_it = following_step.page if following_step is not None else None
        return redirect(page_of_it.href if page_of_it is not None else back, 303)
    flash(_said(do, step), "good")
    return redirect(back if walk.mine else f"{back}#step-{row}", 303)


def _said(do: str, step: Step) -> str:
    return _("Done: %(step)s", step=step.title) if do == DONE else _("Left out: %(step)s", step=step.title)


@paths.get("/<space>/<page>/path/<int:number>/change")
def consider_change(space: str, page: str, number: int) -> ResponseReturnValue:
    """Another buddy, another day, or the end."""
    found, walk = _walk(space, page, number)
    if not who.may_look_after(session(), viewer(), walk):
        raise Forbidden(_("Only the newcomer and who looks after them can change this."))
    values = {"buddy": _as_typed(walk.buddy.id), "due": walk.due.isoformat() if walk.due else ""}
    return _form("change", found, [], values, walk=walk)


@paths.post("/<space>/<page>/path/<int:number>/change")
def change(space: str, page: str, number: int) -> ResponseReturnValue:
    """Change buddy and day; end; begin again."""
    found, walk = _walk(space, page, number)
    back, do = f"{found.url}/path/{walk.id}", request.form.get("do", "save")
    try:
        if do == "end":
            actions.end(session(), viewer(), walk, request.form.get("why", ""))
            flash(_("The path is ended. What was done stays noted."), "good")
        elif do == "again":
            afresh = request.form.get("afresh") == "yes"
            actions.begin_again(session(), viewer(), walk, _today(), from_the_start=afresh)
            flash(_("The path goes on from today."), "good")
        else:
            _save_change(found, walk)
    except Invalid as refused:
        return _form("change", found, refused.problems, request.form.to_dict(), walk=walk)
    return redirect(back, 303)


def _save_change(found: Found, walk: Walk) -> None:
    problems: list[Problem] = []
    due = _typed_day("due", problems)
    text = tidy(request.form.get("buddy", ""))
    try:
        kept = [(walk.buddy.id, None, PEOPLE)] if walk.buddy.id is not None else []
        typed = TypedPages(session(), viewer(), found.space.slug, Kept(frozenset(kept)))
        buddy = typed.page(text, PEOPLE) if text else None
    except BadValue as problem:
        problems.append(Problem("buddy", problem.message))
    if problems:
        raise Invalid(problems)
    actions.change(session(), viewer(), walk, buddy, due)
    flash(_("Saved. To be finished by %(date)s.", date=format_date(due)) if due else _("Saved."), "good")
