"""The day of an event: whether it suits those whom it concerns, and keeping it with a reason."""

import copy
from datetime import date

from flask import Blueprint, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from wiki import clock
from wiki.access import Found
from wiki.errors import Forbidden, Problem
from wiki.events.capacity import clashes, concerned
from wiki.events.dates import asking
from wiki.events.hosts import event_for
from wiki.events.plan import Plan, in_words, plan_of
from wiki.i18n import format_date
from wiki.i18n import gettext as _
from wiki.kinds import Content
from wiki.pages.actions import save_page
from wiki.pages.storing import content_of, current_revision
from wiki.text import tidy
from wiki.web.doors import enter
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

dates = Blueprint("dates", __name__)


@dates.post("/events/day")
def how_it_suits() -> ResponseReturnValue:
    """How the day in a form suits those whom it names, asked while the form is filled in. Nothing is stored."""
    today = clock.today(settings().time_zone)
    form = request.form
    asked = MultiDict((name, text) for name in form if name.startswith(asking.ASKED) for text in form.getlist(name))
    where = form.get("space", ""), form.get("page", "")
    answer = asking.ask(session(), catalogue(), signed_in_viewer(), *where, asked, today)
    later = answer.later
    return jsonify(
        clashes=[{"org": one.org, "href": one.href, "text": one.text} for one in answer.clashes],
        later={
            "from": later.isoformat(),
            "until": _as_long(answer.plan, later),
            "said": _("The first later day that suits all of them: %(date)s.", date=format_date(later, "full")),
            "take": _("Take %(date)s", date=format_date(later)),
        }
        if later is not None
        else None,
    )


def _as_long(plan: Plan, later: date) -> str:
    """The last day of an event that begins later and takes as long; "" for one day."""
    assert plan.first is not None and plan.last is not None
    return (later + (plan.last - plan.first)).isoformat() if plan.last != plan.first else ""


@dates.get("/<space>/<page>/day")
def look_at_day(space: str, page: str) -> ResponseReturnValue:
    """Whether the day suits those whom it concerns."""
    found, content = _editable(space, page)
    return _day(found, content, [])


@dates.post("/<space>/<page>/day")
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
