"""`/api/v1/handovers`: what somebody holds, explained and passed on; the same notes, acts and rights as in the browser."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from wiki import clock
from wiki.access import Found, page_by_id
from wiki.api.blueprint import MOST, api, caller, number, sent
from wiki.api.handover_shape import handover_json, head_json
from wiki.errors import Invalid, NotFound, Problem
from wiki.handover import keeping, passing, showing, talking, writing
from wiki.handover.leaving.actions import begin, check_person, places
from wiki.handover.listing import about, heads
from wiki.handover.notes import HANDOVER
from wiki.handover.preparing import Wish
from wiki.handover.words import kinds_of_handover
from wiki.i18n import gettext as _
from wiki.kinds import BadValue
from wiki.kinds.types.days import read_day
from wiki.models import Page
from wiki.pages.typed import TypedPages
from wiki.text import tidy
from wiki.web.state import catalogue, session, settings

PERSON_OR_NOBODY = (int, type(None))
NEW = {"person": int, "kind": str, "last_day": str, "successor": int, "manager": int, "space": str}
ITEM: dict[str, type | tuple[type, ...]] = {"what_to_know": str, "next_owner": PERSON_OR_NOBODY, "status": str}
ITEMS = {"items": list}
BACK = {"items": list, "word": str}
QUESTION = {"question": str}
ANSWER = {"answer": str}


@api.get("/handovers")
def list_handovers() -> ResponseReturnValue:
    """Those that the caller may see, changed last first; `state`, `person` (page id), `limit`, `offset`."""
    me = caller()
    where: list[ColumnElement[bool]] = []
    if request.args.get("state"):
        where.append(Page.state.in_(request.args.getlist("state")))
    if request.args.get("person"):
        where.append(about(page_by_id(session(), me, number("person", 0), "view").page.id))
    start = number("offset", 0)
    part = slice(start, start + number("limit", 50, MOST))
    total, found = heads(session(), catalogue(), me, where, part, _today(), settings().time_zone)
    return jsonify(total=total, handovers=[head_json(one) for one in found])


@api.get("/handovers/<int:handover_id>")
def read_handover(handover_id: int) -> ResponseReturnValue:
    """One with its items and gaps, as they are at this moment."""
    return _shown(_note(handover_id))


@api.post("/handovers")
def prepare_handover() -> ResponseReturnValue:
    """Prepare a handover for a person: 201 with the number of the note, which its readers may read."""
    me, body = caller(), sent(NEW)
    if "person" not in body:
        raise Invalid([Problem("person", _("Say whose handover it is: “person”."))])
    person = page_by_id(session(), me, body["person"], "view")
    check_person(session(), me, person)
    note = begin(session(), catalogue(), me, person, _wish(body, person.space.slug), _today())
    return jsonify(id=note.id, url=f"{settings().base_url}/p/{note.id}"), 201


def _wish(body: dict[str, Any], space: str) -> Wish:
    """All that was wished for. Raises Invalid with everything that is wrong with it."""
    me, problems = caller(), []
    names = TypedPages(session(), me, space)
    if body.get("kind", "leaving") not in kinds_of_handover():
        known = ", ".join(kinds_of_handover())
        problems.append(Problem("kind", _("Choose why there is a handover: %(known)s.", known=known)))
    for key in ("successor", "manager"):
        if key in body and not names.known(body[key], ("person",)):
            problems.append(Problem(key, _("There is no person with that number.")))
    where = next((one.id for one in places(session(), me) if one.slug == body.get("space")), None)
    if "space" in body and where is None:
        problems.append(Problem("space", _("Choose a space in which you can write.")))
    wish = Wish(body.get("kind", "leaving"), None, body.get("successor"), body.get("manager"), where)
    try:
        wish = replace(wish, last_day=read_day(tidy(body.get("last_day", ""))[:100]))
    except BadValue as bad:
        problems.append(Problem("last_day", bad.message))
    if problems:
        raise Invalid(problems)
    return wish


@api.put("/handovers/<int:handover_id>/items/<row>")
def write_item(handover_id: int, row: str) -> ResponseReturnValue:
    """What to know about a thing, who takes it, whether it is needed at all. What is not given stays."""
    found = _note(handover_id, "edit")
    writing.write_item(session(), catalogue(), caller(), found, row, sent(ITEM), _today())
    return _shown(_fresh(handover_id))


@api.post("/handovers/<int:handover_id>/offers")
def offer_items(handover_id: int) -> ResponseReturnValue:
    """Pass things on to those who are named as their next owners, who are told."""
    found, rows = _note(handover_id, "edit"), _rows(sent(ITEMS))
    keeping.refresh(session(), catalogue(), caller(), found.page, _today())
    passing.offer(session(), catalogue(), caller(), found, rows)
    return _shown(_fresh(handover_id))


@api.post("/handovers/<int:handover_id>/acceptances")
def accept_items(handover_id: int) -> ResponseReturnValue:
    """Take things on, as their next owner or, where nobody is found, as the manager who is their caretaker."""
    found, rows = _note(handover_id), _rows(sent(ITEMS))
    taken = passing.accept(session(), catalogue(), caller(), found, rows, _today())
    return jsonify(things=taken.things, pages=taken.pages, closed=taken.closed)


@api.post("/handovers/<int:handover_id>/returns")
def send_items_back(handover_id: int) -> ResponseReturnValue:
    """Send things back with a word: what is not clear."""
    found, body = _note(handover_id), sent(BACK)
    passing.send_back(session(), catalogue(), caller(), found, _rows(body), body.get("word", ""))
    return _shown(_fresh(handover_id))


@api.post("/handovers/<int:handover_id>/questions")
def ask_about_handover(handover_id: int) -> ResponseReturnValue:
    """Ask on the note. 201 with the note."""
    found = _note(handover_id, "edit")
    talking.ask(session(), catalogue(), caller(), found, sent(QUESTION).get("question", ""))
    return _shown(_fresh(handover_id), 201)


@api.put("/handovers/<int:handover_id>/questions/<row>")
def answer_about_handover(handover_id: int, row: str) -> ResponseReturnValue:
    """Answer a question, or write the answer anew."""
    found = _note(handover_id, "edit")
    talking.answer(session(), catalogue(), caller(), found, row, sent(ANSWER).get("answer", ""), _today())
    return _shown(_fresh(handover_id))


def _note(handover_id: int, verb: str = "view") -> Found:
    """As the doors of the browser open it."""
    found = page_by_id(session(), caller(), handover_id, verb)
    if found.page.kind != HANDOVER:
        raise NotFound(_("This page is no handover note."))
    return found


def _fresh(handover_id: int) -> Found:
    """The note after it was changed."""
    session().flush()
    return page_by_id(session(), caller(), handover_id, "view")


def _shown(found: Found, status: int = 200) -> ResponseReturnValue:
    shown = showing.show(session(), catalogue(), caller(), found, _today(), settings().time_zone)
    return jsonify(handover_json(shown)), status


def _rows(body: dict[str, Any]) -> list[str]:
    given = body.get("items", [])
    if not all(isinstance(one, str) for one in given):
        raise Invalid([Problem("items", _("“%(key)s” should be a list of row ids.", key="items"))])
    return list(given)


def _today() -> date:
    return clock.today(settings().time_zone)
