"""For guests, who have no account: an invitation, and a page of their own. The address is what lets them in, and is told to no other site."""

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wiki import clock
from wiki.access import VISITOR, Found
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.events import addresses, calendar, feedback, signing, turns
from wiki.events.guests import actions
from wiki.events.guests.opening import SHOWN, is_open_to_guests, page_for_guest
from wiki.events.plan import CANCELLED, Plan, in_words, plan_of, why_closed
from wiki.i18n import gettext as _
from wiki.models import EventSignup
from wiki.pages.reading import display_fields
from wiki.pages.storing import content_of, current_revision
from wiki.web.coming import has_answered, ics, remember_answer
from wiki.web.state import catalogue, session, settings
from wiki.web.templating import render

guests = Blueprint("guests", __name__)


@guests.after_request
def _say_nothing(response: Response) -> Response:
    """Neither search engines nor what keeps answers learn of the address; no other site is told it anyway (wiki.web.headers)."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _shown(found: Found) -> tuple[Plan, Markup]:
    """What a guest reads of the event: the fields for them, without the name of any page that a visitor may not see."""
    content = content_of(current_revision(session(), found.page))
    kind = catalogue()[found.page.kind]
    html = display_fields(session(), catalogue(), VISITOR, found, kind, content, lambda field: field.key in SHOWN)
    return plan_of(found.page, content.fields), html


def _gone() -> NotFound:
    return NotFound(_("This address does not work any more. Ask who gave it to you."))


# --- by invitation


@guests.get(f"{addresses.INVITED}/<token>")
def invited(token: str) -> ResponseReturnValue:
    """The event to which one is invited, with the form."""
    return _invited(token, _invited_to(token), [])


@guests.post(f"{addresses.INVITED}/<token>")
def come(token: str) -> ResponseReturnValue:
    """Ask to come; a mail asks back."""
    found = _invited_to(token)
    today = clock.today(settings().time_zone)
    try:
        actions.ask(session(), catalogue(), found, request.form, request.remote_addr, today)
    except Invalid as error:
        return _invited(token, found, error.problems)
    return render("events/look_in_mail.html", page=found.page, url="")


def _invited_to(token: str) -> Found:
    invitation = addresses.invitation_at(session(), settings(), token)
    found = page_for_guest(session(), invitation.page_id) if invitation is not None else None
    if found is None or not is_open_to_guests(found.page):
        raise _gone()
    return found


def _invited(token: str, found: Found, problems: list[Problem]) -> ResponseReturnValue:
    plan, html = _shown(found)
    known = turns.counts(session(), found.page.id)
    page = render(
        "events/invited.html",
        page=found.page,
        plan=plan,
        html=html,
        action=f"{addresses.INVITED}/{token}",
        closed=why_closed(plan, clock.today(settings().time_zone)),
        free=turns.free_places(plan.places, known.get(turns.IN, 0)),
        queue=known.get(turns.WAITING, 0),
        needs=signing.NEEDS,
        values=dict(request.form),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200


# --- one's own page


@guests.get(f"{addresses.MINE}/<token>")
def mine(token: str) -> ResponseReturnValue:
    """What a guest told, and a button to confirm. Looking at it does nothing, since programs look at addresses in mails."""
    signup, found = _mine(token)
    return _own(token, signup, found, [])


@guests.post(f"{addresses.MINE}/<token>")
def change(token: str) -> ResponseReturnValue:
    """Confirm (`do=confirm`), say what one needs (`do=needs`), leave (`do=leave`)."""
    signup, found = _mine(token)
    today, do = clock.today(settings().time_zone), request.form.get("do", "")
    try:
        if do == "confirm":
            actions.confirm(session(), catalogue(), found, signup.id, today)
        elif do == "leave":
            signing.leave(session(), catalogue(), found, signup.id, today)
            flash(_("You are off the list. Thank you for saying so."), "good")
        elif signup.status in turns.LIVE:
            signing.say_more(session(), signup, request.form)
            flash(_("Noted. Only those who hold the event read what you need."), "good")
    except Invalid as error:
        return _own(token, signup, found, error.problems)
    return redirect(f"{addresses.MINE}/{token}", 303)


@guests.get(f"{addresses.MINE}/<token>/event.ics")
def entry(token: str) -> ResponseReturnValue:
    """The event for a guest's calendar."""
    signup, found = _mine(token)
    plan, _html = _shown(found)
    if plan.first is None or signup.status != turns.IN:
        raise _gone()
    one = calendar.Entry(plan, "", found.page.changed_at, signup.sequence)
    return ics(calendar.published(settings(), [one], plan.title, clock.now()), "event")


def _mine(token: str) -> tuple[EventSignup, Found]:
    signup = addresses.signup_at(session(), settings(), token)
    found = page_for_guest(session(), signup.page_id) if signup is not None else None
    if signup is None or signup.account_id is not None or found is None or not is_open_to_guests(found.page):
        raise _gone()
    return signup, found


def _own(token: str, signup: EventSignup, found: Found, problems: list[Problem]) -> ResponseReturnValue:
    plan, html = _shown(found)
    today = clock.today(settings().time_zone)
    queue = turns.queue(session(), found.page.id) if signup.status == turns.WAITING else []
    values = {f"needs.{key}": text for key, text in signup.needs.items()}
    if signup.named:
        values["named"] = "yes"
    page = render(
        "events/mine.html",
        page=found.page,
        plan=plan,
        html=html,
        when=in_words(plan, "full"),
        action=f"{addresses.MINE}/{token}",
        signup=signup,
        turn=next((place for place, one in enumerate(queue, 1) if one.id == signup.id), 0),
        closed=why_closed(plan, today),
        cancelled=plan.state == CANCELLED,
        may_leave=plan.is_coming(today),
        asks=not _why_not(signup, found, plan),
        needs=signing.NEEDS,
        values=dict(request.form) or values,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200


# --- how it was


@guests.get(f"{addresses.MINE}/<token>/feedback")
def feedback_page(token: str) -> ResponseReturnValue:
    signup, found = _mine(token)
    return _feedback(token, signup, found, [])


@guests.post(f"{addresses.MINE}/<token>/feedback")
def say_how_it_was(token: str) -> ResponseReturnValue:
    """Keep a guest's answer, with a name or without."""
    signup, found = _mine(token)
    fields = content_of(current_revision(session(), found.page)).fields
    why = _why_not(signup, found, plan_of(found.page, fields))
    if why:
        raise Forbidden(why)
    named = request.form.get("with_name") == "yes"
    try:
        feedback.give(session(), found.page, fields, request.form, None, signup.name if named else "")
    except Invalid as error:
        return _feedback(token, signup, found, error.problems)
    remember_answer(found.page.id)
    flash(_("Thank you. It helps the next one."), "good")
    return redirect(f"{addresses.MINE}/{token}/feedback", 303)


def _why_not(signup: EventSignup, found: Found, plan: Plan) -> str:
    fields = content_of(current_revision(session(), found.page)).fields
    today = clock.today(settings().time_zone)
    came = turns.was_there(signup)
    return feedback.why_not(session(), found.page, plan, fields, came, today) or has_answered(found.page.id)


def _feedback(token: str, signup: EventSignup, found: Found, problems: list[Problem]) -> ResponseReturnValue:
    plan, _html = _shown(found)
    page = render(
        "events/feedback.html",
        page=found.page,
        url=f"{addresses.MINE}/{token}",
        plan=plan,
        summary=None,
        enough=feedback.ENOUGH,
        why_not=_why_not(signup, found, plan),
        given=False,
        host=False,
        guest=True,
        action=f"{addresses.MINE}/{token}/feedback",
        scale=feedback.SCALE,
        values=dict(request.form),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200
