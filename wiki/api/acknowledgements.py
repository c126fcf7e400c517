"""`/api/v1/acknowledgements`: who is asked to read what; of a page: ask, confirm, withdraw."""

from collections.abc import Sequence
from typing import Any

from flask import g, jsonify, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found, page_for
from wiki.api.blueprint import MOST, address, api, caller, number, sent
from wiki.errors import Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.models import Page, ReadingRequest, Space
from wiki.receipts import asking
from wiki.receipts.confirming import confirm
from wiki.receipts.forms import read_wish
from wiki.receipts.naming import KindFinder
from wiki.receipts.progress import One, known_to
from wiki.receipts.rights import may_see_all
from wiki.receipts.standing import STATUSES
from wiki.web.state import session, settings

ASK: dict[str, type | tuple[type, ...]] = {"who": list, "groups": list, "due": str, "why": str, "cannot_read": str}
CONFIRM: dict[str, type | tuple[type, ...]] = {"revision": int}
WITHDRAW: dict[str, type | tuple[type, ...]] = {"why": str}
PARTS = ("of_me", "by_me")
#: What is known of the page of each.
PAGE = (Space.slug.label("space"), Page.slug, Page.title, Page.number)


@api.get("/acknowledgements")
def list_acknowledgements() -> ResponseReturnValue:
    """Those of whom the caller may know; `part` (of_me, by_me), `status`, `limit`, `offset`."""
    who, part = caller(), request.args.get("part", "")
    wanted = request.args.getlist("status")
    problems = [
        Problem(name, _("Known here: %(known)s.", known=", ".join(known)))
        for name, given, known in (("part", [part] if part else [], PARTS), ("status", wanted, STATUSES))
        if not set(given) <= set(known)
    ]
    if problems:
        raise Invalid(problems)
    found = [one for one in _known() if not wanted or one.status in wanted]
    if part == "of_me":
        found = [one for one in found if one.account == who.account_id]
    if part == "by_me":
        found = [one for one in found if one.row.asked_by == who.account_id]
    start = number("offset", 0)
    shown = found[start : start + number("limit", 50, MOST)]
    return jsonify(total=len(found), acknowledgements=[_as_json(one) for one in shown])


def _known(*where: Any) -> list[One]:
    found = known_to(session(), g.viewer, clock.today(settings().time_zone), settings().time_zone, *where, more=PAGE)
    return sorted(found, key=lambda one: (-one.request, one.name, one.asked))


def _as_json(one: One) -> dict[str, Any]:
    row = one.row
    return {
        "request": one.request,
        "space": row.space,
        "slug": row.slug,
        "title": row.title,
        "url": address(row.space, row.slug),
        "person": one.name,
        "status": one.status,
        "asked": one.asked_at.isoformat(),
        "asked_by": row.asked_by_name,
        "why": row.why,
        "due": one.due.isoformat(),
        "revision": row.number,
        "confirmed_revision": one.read,
        "confirmed": one.read_at.isoformat() if one.read_at else None,
    }


@api.get("/pages/<space>/<slug>/acknowledgements")
def acknowledgements_of_page(space: str, slug: str) -> ResponseReturnValue:
    """The same of one page."""
    caller()
    found = page_for(session(), g.viewer, space, slug, "view")
    lines = _known(ReadingRequest.page_id == found.page.id)
    return jsonify(total=len(lines), acknowledgements=[_as_json(one) for one in lines])


@api.post("/pages/<space>/<slug>/acknowledgements")
def ask_to_read(space: str, slug: str) -> ResponseReturnValue:
    """Ask people to read the page and confirm it. Those who cannot read it are named (422), unless they are to be left out."""
    who, today = caller(), clock.today(settings().time_zone)
    found = page_for(session(), who, space, slug, "edit")
    body = sent(ASK)
    finder = KindFinder(session(), who, space)
    wish = read_wish(
        finder.find,
        found.space.id,
        "\n".join(_names(body.get("who", []), "who")),
        _names(body.get("groups", []), "groups"),
        body.get("due", ""),
        body.get("why", ""),
    )
    prepared = asking.prepared(session(), who, found, wish, today)
    if prepared.cannot and body.get("cannot_read") != "leave_out":
        said = _(
            "These cannot read the page: %(names)s. Send “cannot_read”: “leave_out” to ask the others.",
            names=", ".join(prepared.cannot),
        )
        raise Invalid([Problem("who", said)])
    made = asking.ask(session(), who, found, prepared)
    asked = [name for _account, name in prepared.asked]
    return jsonify(request=made.id, asked=asked, cannot_read=prepared.cannot), 201


def _names(given: Sequence[Any], key: str) -> list[str]:
    if not all(isinstance(one, str) for one in given):
        raise Invalid([Problem(key, _("“%(key)s” should be a list of names.", key=key))])
    return [" ".join(one.split()) for one in given]


@api.post("/pages/<space>/<slug>/acknowledgements/confirmation")
def confirm_reading(space: str, slug: str) -> ResponseReturnValue:
    """The caller has read a revision of the page: the present one, unless another is named."""
    who = caller()
    found = page_for(session(), who, space, slug, "view")
    wished = sent(CONFIRM).get("revision", found.page.number)
    today, zone = clock.today(settings().time_zone), settings().time_zone
    receipt = confirm(session(), who, found.page, wished, today, zone)
    return jsonify(revision=receipt.number, confirmed=receipt.time.isoformat()), 201


@api.post("/pages/<space>/<slug>/acknowledgements/<int:number>/withdrawal")
def withdraw_request(space: str, slug: str, number: int) -> ResponseReturnValue:
    """End a request, with a reason. What was confirmed stays on record."""
    who = caller()
    found = page_for(session(), who, space, slug, "view")
    asked = _request(found, number)
    asking.withdraw(session(), who, found, asked, sent(WITHDRAW).get("why", ""))
    return jsonify(request=asked.id, withdrawn=asked.ended_at.isoformat() if asked.ended_at else None)


def _request(found: Found, wished: int) -> ReadingRequest:
    asked = asking.request_of(session(), found, wished)
    if not may_see_all(session(), g.viewer, found, asked):
        raise NotFound(_("There is no such request."))
    return asked
