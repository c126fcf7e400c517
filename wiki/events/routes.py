"""Events in the browser: sign up, say what one needs, leave, take it into one's calendar, say how it was."""

from typing import Any

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.events import calendar, feedback, signing, turns
from wiki.events.guests.actions import ask
from wiki.events.hosts import event_for, is_host
from wiki.events.plan import Plan, in_words, plan_of, why_closed
from wiki.i18n import gettext as _
from wiki.web.coming import has_answered, ics, remember_answer
from wiki.web.doors import enter
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

events = Blueprint("events", __name__)


def _event(space: str, page: str) -> tuple[Found, dict[str, Any], Plan]:
    found, fields = event_for(session(), viewer(), space, page)
    enter(found.space)
    return found, fields, plan_of(found.page, fields)


# --- signing up


@events.get("/<space>/<page>/sign-up")
def sign_up_page(space: str, page: str) -> ResponseReturnValue:
    """Where one stands with an event; for visitors of a public event, the form for guests."""
    found, _fields, plan = _event(space, page)
    return _signing(found, plan, [])


@events.post("/<space>/<page>/sign-up")
def sign_up(space: str, page: str) -> ResponseReturnValue:
    """Sign up with one click, say what one needs (`do=needs`), leave (`do=leave`); a guest sends the form."""
    found, _fields, plan = _event(space, page)
    today = clock.today(settings().time_zone)
    try:
        if not viewer().signed_in:
            ask(session(), catalogue(), found, request.form, request.remote_addr, today)
            return render("events/look_in_mail.html", page=found.page, url=found.url)
        return _member(found, request.form.get("do", "sign-up"))
    except Invalid as error:
        return _signing(found, plan, error.problems)


def _member(found: Found, do: str) -> ResponseReturnValue:
    today = clock.today(settings().time_zone)
    if do == "sign-up":
        signup = signing.sign_up(session(), catalogue(), viewer(), found, today)
        if signup.status == turns.IN:
            flash(_("You are on the list. A mail with the entry for your calendar is on its way."), "good")
        else:
            flash(_("All places are taken: you are on the waiting list, and hear as soon as a place is free."), "note")
        return redirect(f"{found.url}/sign-up", 303)
    signup_now = signing.mine(session(), viewer(), found.page.id)
    if signup_now is None:
        raise NotFound(_("You are not on the list of this event."))
    if do == "leave":
        signing.leave(session(), catalogue(), found, signup_now.id, today)
        flash(_("You are off the list. Thank you for saying so."), "good")
        return redirect(found.url, 303)
    signing.say_more(session(), signup_now, request.form)
    flash(_("Noted. Only those who hold the event read what you need."), "good")
    return redirect(f"{found.url}/sign-up", 303)


def _signing(found: Found, plan: Plan, problems: list[Problem]) -> ResponseReturnValue:
    today = clock.today(settings().time_zone)
    mine = signing.mine(session(), viewer(), found.page.id)
    known = turns.counts(session(), found.page.id)
    waiting = turns.queue(session(), found.page.id) if mine is not None and mine.status == turns.WAITING else []
    values = {f"needs.{key}": text for key, text in mine.needs.items()} if mine is not None else {}
    if mine is not None and mine.named:
        values["named"] = "yes"
    g.holds_form = True
    page = render(
        "events/sign_up.html",
        found=found,
        page=found.page,
        url=found.url,
        plan=plan,
        when=in_words(plan, "full"),
        mine=mine,
        turn=next((place for place, one in enumerate(waiting, 1) if one is mine), 0),
        coming=known.get(turns.IN, 0),
        free=turns.free_places(plan.places, known.get(turns.IN, 0)),
        queue=known.get(turns.WAITING, 0),
        closed=why_closed(plan, today),
        may_leave=plan.is_coming(today),
        needs=signing.NEEDS,
        values=dict(request.form) or values,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200


@events.get("/<space>/<page>/event.ics")
def entry(space: str, page: str) -> ResponseReturnValue:
    """The event for a calendar."""
    found, _fields, plan = _event(space, page)
    if plan.first is None:
        raise NotFound(_("This event has no day yet."))
    one = calendar.Entry(plan, f"{settings().base_url}{found.url}", found.page.changed_at)
    return ics(calendar.published(settings(), [one], plan.title, clock.now()), found.page.slug)


# --- how it was


@events.get("/<space>/<page>/feedback")
def feedback_page(space: str, page: str) -> ResponseReturnValue:
    """Say how it was, and what others said once there are enough of them."""
    found, fields, plan = _event(space, page)
    signed_in_viewer()
    return _feedback(found, fields, plan, [])


@events.post("/<space>/<page>/feedback")
def say_how_it_was(space: str, page: str) -> ResponseReturnValue:
    """Keep an answer, with a name or without."""
    found, fields, plan = _event(space, page)
    who = signed_in_viewer()
    why = _why_not(found, fields, plan)
    if why:
        raise Forbidden(why)
    named = request.form.get("with_name") == "yes"
    try:
        feedback.give(session(), found.page, fields, request.form, who.account_id, who.name if named else "")
    except Invalid as error:
        return _feedback(found, fields, plan, error.problems)
    if not named:
        remember_answer(found.page.id)
    flash(_("Thank you. It helps the next one."), "good")
    return redirect(f"{found.url}/feedback", 303)


def _why_not(found: Found, fields: dict[str, Any], plan: Plan) -> str:
    came = feedback.came(session(), found.page, fields, viewer().account_id, viewer().person_id)
    today = clock.today(settings().time_zone)
    return feedback.why_not(session(), found.page, plan, fields, came, today) or has_answered(found.page.id)


def _feedback(found: Found, fields: dict[str, Any], plan: Plan, problems: list[Problem]) -> ResponseReturnValue:
    given = feedback.earlier(session(), found.page.id, viewer().account_id)
    values = (
        {"will_try": given.will_try, "worry": given.worry, "useful": str(given.useful or ""), "with_name": "yes"}
        if given
        else {}
    )
    today = clock.today(settings().time_zone)
    page = render(
        "events/feedback.html",
        found=found,
        page=found.page,
        url=found.url,
        plan=plan,
        summary=feedback.summary(session(), found.page.id),
        enough=feedback.ENOUGH,
        why_not=_why_not(found, fields, plan),
        given=given is not None,
        host=is_host(session(), viewer(), found, fields, today),
        action=f"{found.url}/feedback",
        guest=False,
        scale=feedback.SCALE,
        values=dict(request.form) or values,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200
