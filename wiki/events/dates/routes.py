"""The day of an event: whether it suits those whom it concerns, and keeping it with a reason."""

from datetime import date

from flask import Blueprint, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from wiki import clock
from wiki.access import Found
from wiki.errors import Invalid, Problem
from wiki.events.dates import actions, asking
from wiki.events.plan import Plan, in_words
from wiki.i18n import format_date
from wiki.i18n import gettext as _
from wiki.kinds import Content
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
        kept=bool(answer.kept),
        earlier=answer.earlier,
    )


def _as_long(plan: Plan, later: date) -> str:
    """The last day of an event that begins later and takes as long; "" for one day."""
    assert plan.first is not None and plan.last is not None
    return (later + (plan.last - plan.first)).isoformat() if plan.last != plan.first else ""


@dates.get("/<space>/<page>/day")
def look_at_day(space: str, page: str) -> ResponseReturnValue:
    """Whether the day suits those whom it concerns."""
    return _day(*_editable(space, page), [])


@dates.post("/<space>/<page>/day")
def keep_day(space: str, page: str) -> ResponseReturnValue:
    """Keep the day, because …: the reason stays on the page, for as long as the day does."""
    found, content = _editable(space, page)
    try:
        actions.keep(session(), catalogue(), viewer(), found, content, request.form.get("why", ""))
    except Invalid as error:
        return _day(found, content, error.problems)
    flash(_("The reason stands on the page."), "good")
    return redirect(found.url, 303)


def _editable(space: str, page: str) -> tuple[Found, Content]:
    found, content = actions.day_for(session(), viewer(), space, page)
    enter(found.space)
    return found, content


def _day(found: Found, content: Content, problems: list[Problem]) -> ResponseReturnValue:
    day = actions.look(session(), viewer(), found, content, clock.today(settings().time_zone))
    page = render(
        "events/day.html",
        found=found,
        page=found.page,
        url=found.url,
        when=in_words(day.plan, "full"),
        clashes=day.clashes,
        kept=day.kept,
        earlier=day.earlier,
        values=dict(request.form) or {"why": day.reason},
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200
