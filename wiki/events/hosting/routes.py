"""For those who hold an event: the list with what people need, guests, and who came."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found
from wiki.errors import Invalid, Problem
from wiki.events import addresses, attendance, signing
from wiki.events.guests import actions as guests
from wiki.events.hosts import hosting_for
from wiki.events.listing import csv_text, listed
from wiki.events.plan import Plan, in_words, plan_of, why_closed
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
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
        may_tick=not attendance.why_not_yet(plan, today),
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
    made = Response(csv_text(people.everybody), mimetype="text/csv")
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


# --- who came


@hosting.get("/<space>/<page>/who-came")
def who_came(space: str, page: str) -> ResponseReturnValue:
    """Everybody on the list, to tick who came."""
    found, fields = hosting_for(session(), viewer(), space, page, clock.today(settings().time_zone))
    enter(found.space)
    return _who_came(found, fields, [])


@hosting.post("/<space>/<page>/who-came")
def tick_who_came(space: str, page: str) -> ResponseReturnValue:
    """Keep who came, and who came without having asked."""
    today = clock.today(settings().time_zone)
    found, fields = hosting_for(session(), viewer(), space, page, today)
    enter(found.space)
    form = request.form
    try:
        came = attendance.note(
            session(),
            catalogue(),
            viewer(),
            found,
            shown=attendance.ids_in(form.getlist("shown")),
            came=attendance.ids_in(form.getlist("came")),
            others=form.get("others", "").splitlines(),
            today=today,
        )
    except Invalid as error:
        return _who_came(found, fields, error.problems)
    said = ngettext("Noted: %(count)s person came.", "Noted: %(count)s people came.", came)
    flash(said, "good")
    return redirect(f"{found.url}/signed-up", 303)


def _who_came(found: Found, fields: dict[str, Any], problems: list[Problem]) -> ResponseReturnValue:
    today, plan = clock.today(settings().time_zone), plan_of(found.page, fields)
    people, sent = listed(session(), viewer(), found.page), request.method == "POST"
    proposed = [] if people.ticked else attendance.named_on_page(session(), viewer(), fields, people.everybody)
    page = render(
        "events/who_came.html",
        found=found,
        page=found.page,
        url=found.url,
        plan=plan,
        when=in_words(plan, "full"),
        people=people,
        ticked=attendance.ids_in(request.form.getlist("came")) if sent else people.to_tick,
        values={"others": request.form.get("others", "") if sent else "\n".join(proposed)},
        not_yet=attendance.why_not_yet(plan, today),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200
