"""For those who hold an event: the list with what people need, guests, and the day."""

import copy

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found
from wiki.errors import Forbidden, Invalid, Problem
from wiki.events import addresses, signing
from wiki.events.capacity import clashes, concerned
from wiki.events.guests import actions as guests
from wiki.events.hosts import event_for, hosting_for
from wiki.events.listing import csv_text, listed
from wiki.events.plan import Plan, in_words, plan_of, why_closed
from wiki.i18n import gettext as _
from wiki.kinds import Content
from wiki.pages.actions import save_page
from wiki.pages.storing import content_of, current_revision
from wiki.text import tidy
from wiki.web.doors import enter
from wiki.web.state import catalogue, session, settings, viewer
from wiki.web.templating import render

hosting = Blueprint("hosting", __name__)


def _hosted(space: str, page: str) -> tuple[Found, Plan]:
    found, fields = hosting_for(session(), viewer(), space, page, clock.today(settings().time_zone))
    enter(found.space)
    return found, plan_of(found.page, fields)


@hosting.get("/<space>/<page>/signed-up")
def people(space: str, page: str) -> ResponseReturnValue:
    """Who comes, with what they need."""
    found, plan = _hosted(space, page)
    return _list(found, plan, [])


def _list(found: Found, plan: Plan, problems: list[Problem]) -> ResponseReturnValue:
    today = clock.today(settings().time_zone)
    invitation = guests.invitation_of(session(), found.page.id)
    page = render(
        "events/signed_up.html",
        found=found,
        page=found.page,
        url=found.url,
        plan=plan,
        when=in_words(plan, "full"),
        people=listed(session(), viewer(), found.page),
        needs=signing.NEEDS,
        closed=why_closed(plan, today),
        coming=plan.is_coming(today),
        invitation=settings().base_url + addresses.invited_path(settings(), invitation) if invitation else "",
        may_invite=guests.may_invite(viewer(), found),
        values=dict(request.form),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200


@hosting.get("/<space>/<page>/signed-up.csv")
def people_file(space: str, page: str) -> ResponseReturnValue:
    """The same as a file."""
    found, _plan = _hosted(space, page)
    people = listed(session(), viewer(), found.page)
    made = Response(csv_text([*people.coming, *people.waiting]), mimetype="text/csv")
    made.headers["Content-Disposition"] = "attachment; filename=signed-up.csv"
    made.headers["Cache-Control"] = "private, no-store"
    return made


@hosting.post("/<space>/<page>/signed-up")
def write_down(space: str, page: str) -> ResponseReturnValue:
    """Write somebody down who asked in another way."""
    found, plan = _hosted(space, page)
    try:
        today = clock.today(settings().time_zone)
        signup = signing.write_down(session(), catalogue(), viewer(), found, request.form, today)
    except Invalid as error:
        return _list(found, plan, error.problems)
    said = _("%(name)s is on the list.") if signup.status == "in" else _("%(name)s is on the waiting list.")
    flash(said % {"name": signup.name}, "good")
    return redirect(f"{found.url}/signed-up", 303)


@hosting.post("/<space>/<page>/signed-up/<int:number>/removal")
def take_off(space: str, page: str, number: int) -> ResponseReturnValue:
    """Take somebody off the list; they are told."""
    found, _plan = _hosted(space, page)
    signing.leave(session(), catalogue(), found, number, clock.today(settings().time_zone), by_host=True)
    flash(_("Taken off the list. Who waits longest moves up."), "good")
    return redirect(f"{found.url}/signed-up", 303)


@hosting.post("/<space>/<page>/signed-up/invitation")
def invite(space: str, page: str) -> ResponseReturnValue:
    """Make an address for guests, or end it (`do=end`)."""
    found, _plan = _hosted(space, page)
    if request.form.get("do") == "end":
        guests.end_invitation(session(), found)
        flash(_("The address works no more. Who signed up by it stays on the list."), "good")
    else:
        guests.invite(session(), viewer(), found)
        flash(_("Pass the address on: whoever has it can sign up."), "good")
    return redirect(f"{found.url}/signed-up#guests", 303)


# --- the day


@hosting.get("/<space>/<page>/day")
def look_at_day(space: str, page: str) -> ResponseReturnValue:
    """Whether the day suits those whom it concerns."""
    found, content = _editable(space, page)
    return _day(found, content, [])


@hosting.post("/<space>/<page>/day")
def keep_day(space: str, page: str) -> ResponseReturnValue:
    """Keep the day, because …: the reason stays on the page."""
    found, content = _editable(space, page)
    why = tidy(request.form.get("why", ""))
    if not why or len(why) > 300:
        return _day(found, content, [Problem("why", _("Say in a sentence why this day is kept."))])
    after = Content(content.title, content.body, {**copy.deepcopy(content.fields), "dates_kept": why})
    note = _("The day is kept, although it does not suit everybody")
    save_page(session(), catalogue(), viewer(), found.page, after, found.page.number, note)
    flash(_("The reason stands on the page."), "good")
    return redirect(found.url, 303)


def _editable(space: str, page: str) -> tuple[Found, Content]:
    found, _fields = event_for(session(), viewer(), space, page, "edit")
    if not viewer().signed_in:
        raise Forbidden(_("Sign in first."))
    enter(found.space)
    return found, content_of(current_revision(session(), found.page))


def _day(found: Found, content: Content, problems: list[Problem]) -> ResponseReturnValue:
    today = clock.today(settings().time_zone)
    plan = plan_of(found.page, content.fields)
    page = render(
        "events/day.html",
        found=found,
        page=found.page,
        url=found.url,
        when=in_words(plan, "full"),
        clashes=clashes(session(), viewer(), plan, concerned(content.fields), today),
        kept=content.fields.get("dates_kept", ""),
        values=dict(request.form) or {"why": content.fields.get("dates_kept", "")},
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200
