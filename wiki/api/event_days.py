"""`/api/v1/pages/{space}/{slug}/day`: whether the day of an event suits those whom it concerns; keep it with a reason."""

from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found
from wiki.api.blueprint import api, caller, sent
from wiki.errors import Invalid, Problem
from wiki.events.dates.actions import day_for, keep, look
from wiki.i18n import gettext as _
from wiki.kinds import Content
from wiki.pages.storing import content_of, current_revision
from wiki.web.state import catalogue, session, settings


@api.get("/pages/<space>/<slug>/day")
def read_day(space: str, slug: str) -> ResponseReturnValue:
    """For those who may edit the event: whom its day does not suit, and why it is kept."""
    return _shown(*day_for(session(), caller(), space, slug))


@api.put("/pages/<space>/<slug>/day")
def keep_day(space: str, slug: str) -> ResponseReturnValue:
    """Keep the day as it is now, because of `why`."""
    found, content = day_for(session(), caller(), space, slug)
    body = sent({"why": str})
    if "why" not in body:
        raise Invalid([Problem("why", _("Say in a sentence why this day is kept."))])
    keep(session(), catalogue(), caller(), found, content, body["why"])
    return _shown(found, content_of(current_revision(session(), found.page)))


def _shown(found: Found, content: Content) -> ResponseReturnValue:
    day = look(session(), caller(), found, content, clock.today(settings().time_zone))
    told: dict[str, Any] = {
        "from": day.plan.first.isoformat() if day.plan.first else None,
        "until": day.plan.last.isoformat() if day.plan.last else None,
        "clashes": [{"organisation": one.org, "url": one.href or None, "text": one.text} for one in day.clashes],
        "later": day.later.isoformat() if day.later else None,
        "kept": bool(day.kept),
        "reason": day.reason or None,
        "reason_for": day.reason_for,
    }
    return jsonify(told)
