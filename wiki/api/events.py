"""`/api/v1/pages/{space}/{slug}/signups`: who comes to an event; sign oneself up, say what one needs, leave; who came. With the rights of the browser."""

from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found
from wiki.api.blueprint import api, caller, sent
from wiki.errors import Invalid, NotFound, Problem
from wiki.events import attendance, signing, turns
from wiki.events.hosts import event_for, hosting_for, is_host
from wiki.events.listing import Coming, listed
from wiki.events.plan import plan_of
from wiki.i18n import gettext as _
from wiki.models import EventSignup
from wiki.web.state import catalogue, session, settings

MINE: dict[str, type | tuple[type, ...]] = {"needs": dict, "named": bool}
TICKED: dict[str, type | tuple[type, ...]] = {"came": list, "others": list}


@api.get("/pages/<space>/<slug>/signups")
def list_signups(space: str, slug: str) -> ResponseReturnValue:
    """How many come and wait, where the caller stands; for those who hold it everybody, with needs."""
    found, fields = event_for(session(), caller(), space, slug)
    return _shown(found, fields)


@api.put("/pages/<space>/<slug>/signups/mine")
def sign_me_up(space: str, slug: str) -> ResponseReturnValue:
    """Sign the caller up, or keep what they need; 422 while nobody can sign up."""
    who, body = caller(), sent(MINE)
    found, fields = event_for(session(), who, space, slug)
    needs = body.get("needs", {})
    if not set(needs) <= set(signing.NEEDS) or not all(isinstance(text, str) for text in needs.values()):
        raise Invalid([Problem("needs", _("Known here: %(known)s.", known=", ".join(signing.NEEDS)))])
    signup = signing.sign_up(session(), catalogue(), who, found, _today())
    if body:
        kept = {f"needs.{key}": text for key, text in {**signup.needs, **needs}.items()}
        named = body.get("named", signup.named)
        signing.say_more(session(), signup, {**kept, "named": "yes" if named else "no"})
    return _shown(found, fields)


@api.delete("/pages/<space>/<slug>/signups/mine")
def leave_list(space: str, slug: str) -> ResponseReturnValue:
    """Take the caller off the list."""
    who = caller()
    found, fields = event_for(session(), who, space, slug)
    mine = signing.mine(session(), who, found.page.id)
    if mine is None:
        raise NotFound(_("You are not on the list of this event."))
    signing.leave(session(), catalogue(), found, mine.id, _today())
    return _shown(found, fields)


@api.put("/pages/<space>/<slug>/signups/came")
def tick_who_came(space: str, slug: str) -> ResponseReturnValue:
    """For those who hold it: `came`, the numbers of all sign-ups that were there, and `others` who had not asked; 403 before its day."""
    who, body = caller(), sent(TICKED)
    came, others = body.get("came", []), body.get("others", [])
    if not all(isinstance(one, int) for one in came) or not all(isinstance(one, str) for one in others):
        raise Invalid([Problem("came", _("Send numbers of sign-ups, and names."))])
    found, fields = hosting_for(session(), who, space, slug, _today())
    attendance.note(session(), catalogue(), who, found, shown=None, came=frozenset(came), others=others, today=_today())
    return _shown(found, fields)


def _shown(found: Found, fields: dict[str, Any]) -> ResponseReturnValue:
    who, plan = caller(), plan_of(found.page, fields)
    known = turns.counts(session(), found.page.id)
    mine = signing.mine(session(), who, found.page.id)
    told: dict[str, Any] = {
        "open": plan.is_open(_today()),
        "places": plan.places,
        "coming": known.get(turns.IN, 0),
        "waiting": known.get(turns.WAITING, 0),
        "came": attendance.how_many_came(session(), found.page.id),
        "mine": _mine(mine),
    }
    if is_host(session(), who, found, fields, _today()):
        everybody = listed(session(), who, found.page)
        told["signups"] = [_signup(one) for one in everybody.everybody]
    return jsonify(told)


def _mine(signup: EventSignup | None) -> dict[str, Any] | None:
    if signup is None:
        return None
    return {
        "status": signup.status,
        "named": signup.named,
        "needs": signup.needs,
        "asked_at": signup.asked_at.isoformat(),
    }


def _signup(one: Coming) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "organisation": one.org,
        "status": one.status,
        "came": one.came,
        "guest": one.guest,
        "email": one.email,
        "named": one.named,
        "needs": dict(one.needs),
        "asked_at": one.asked_at,
    }


def _today() -> Any:
    return clock.today(settings().time_zone)
