"""`/api/v1/enrolments`: who is on which reading path, as far as the caller may know; put somebody on one, note steps."""

from datetime import date
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from wiki import clock
from wiki.access import page_by_id, page_for
from wiki.api.blueprint import MOST, address, api, caller, number, sent
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.kinds import BadValue
from wiki.kinds.types.days import read_day
from wiki.models import Enrolment
from wiki.paths import actions, queries, who
from wiki.paths.actions import KIND, Terms
from wiki.paths.walks import TO_DO, Step, Walk
from wiki.text import tidy
from wiki.web.state import catalogue, session, settings

NEW = {"space": str, "slug": str, "person": int, "buddy": int, "started": str, "due": str}
STEP = {"status": str, "note": str}


@api.get("/enrolments")
def list_enrolments() -> ResponseReturnValue:
    """The newest first; `space` and `slug` of a path, `person` (page id), `ended` "yes" for those that are over too, `limit`."""
    where: list[ColumnElement[bool]] = [] if request.args.get("ended") == "yes" else [queries.OPEN]
    if request.args.get("slug"):
        found = page_for(session(), caller(), request.args.get("space", ""), request.args["slug"], "view")
        where.append(Enrolment.path_id == found.page.id)
    if request.args.get("person"):
        where.append(Enrolment.person_id == number("person", 0))
    there = queries.walks(session(), catalogue(), caller(), *where)[: number("limit", 50, MOST)]
    return jsonify(enrolments=[_as_json(one) for one in there])


@api.get("/enrolments/<int:enrolment_id>")
def read_enrolment(enrolment_id: int) -> ResponseReturnValue:
    """One enrolment with its steps."""
    return jsonify(_as_json(_walk(enrolment_id)))


@api.post("/enrolments")
def enrol() -> ResponseReturnValue:
    """Put a person on a path; yourself, if you name nobody. 201 with the enrolment."""
    me, body = caller(), sent(NEW)
    found = page_for(session(), me, tidy(body.get("space", "")), tidy(body.get("slug", "")), "view")
    if found.page.kind != KIND:
        raise NotFound(_("Only reading paths have people on them."))
    person_id = _person(body, "person") or me.person_id
    if person_id is None:
        raise Forbidden(_("Your account has no page that stands for you. Ask an administrator."))
    today = clock.today(settings().time_zone)
    started, due = _day(body, "started") or today, _day(body, "due")
    person = who.newcomer(session(), person_id, found.page.space_id)
    buddy = _person(body, "buddy") or who.fitting_buddy(session(), found.page, person)
    made = actions.enrol(session(), me, found.page, person, Terms(started, due, buddy))
    walk = _walk(made.id)
    return jsonify(_as_json(walk)), 201, {"Location": f"{settings().base_url}{walk.path_href}/path/{walk.id}"}


@api.put("/enrolments/<int:enrolment_id>/steps/<row>")
def mark_step(enrolment_id: int, row: str) -> ResponseReturnValue:
    """Say that a step of your own path is done or skipped, or to do again. Gives the enrolment."""
    me, body, walk = caller(), sent(STEP), _walk(enrolment_id)
    status = body.get("status", "")
    if status == TO_DO:
        actions.take_back(session(), me, walk, row)
    else:
        step = walk.step(row)
        if step is None:
            raise NotFound(_("This step is not on the path any more."))
        actions.mark(session(), me, walk, step, status, body.get("note", ""))
    return jsonify(_as_json(_walk(enrolment_id)))


def _walk(enrolment_id: int) -> Walk:
    return queries.walk_for(session(), catalogue(), caller(), enrolment_id)


def _person(body: dict[str, Any], name: str) -> int | None:
    """The page of a person that the caller may see."""
    if name not in body:
        return None
    found = page_by_id(session(), caller(), body[name], "view")
    if found.page.kind != "person":
        raise Invalid([Problem(name, _("This is not the page of a person."))])
    return found.page.id


def _day(body: dict[str, Any], name: str) -> date | None:
    try:
        return read_day(body[name]) if body.get(name) else None
    except BadValue as problem:
        raise Invalid([Problem(name, problem.message)]) from problem


def _as_json(walk: Walk) -> dict[str, Any]:
    space, _slash, slug = walk.path_href.strip("/").partition("/")
    return {
        "id": walk.id,
        "path": address(space, slug),
        "person": {"id": walk.person.id, "name": walk.person.name},
        "organisation": walk.org.name or None,
        "buddy": walk.buddy.name or None,
        "started": walk.started.isoformat(),
        "due": walk.due.isoformat() if walk.due else None,
        "status": walk.status(clock.today(settings().time_zone)),
        "steps_done": walk.done,
        "steps_needed": walk.total,
        "minutes_left": walk.minutes_left,
        "asked_inside": walk.asked_inside,
        "asked_partners": walk.asked_partners,
        "steps": [_step(one) for one in walk.steps],
        "url": f"{settings().base_url}{walk.path_href}/path/{walk.id}",
    }


def _step(step: Step) -> dict[str, Any]:
    taken = step.taken
    return {
        "row": step.row_id,
        "kind": step.kind,
        "title": step.title,
        "page": f"{settings().base_url}{step.page.href}" if step.page else None,
        "needed": step.needed,
        "minutes": step.minutes,
        "status": step.status,
        "on": taken.time.isoformat() if taken else None,
        "revision": taken.revision if taken else None,
        "note": taken.note if taken else "",
        "changed_since": step.changed,
    }
