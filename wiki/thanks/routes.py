"""Saying thank you, and taking it back."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from wiki.access import Found, titles_of
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds.types.base import BadValue
from wiki.models import FieldValue
from wiki.pages.typed import TypedPages
from wiki.text import tidy
from wiki.thanks.actions import KINDS, take_back, thank
from wiki.web.doors import enter_page_signed_in
from wiki.web.state import catalogue, session, viewer
from wiki.web.templating import render

thanks = Blueprint("thanks", __name__)

#: Whom a page names as behind it: offered before anybody else.
_BEHIND = ("owner", "ask", "contributing_orgs", "adaptations.by")
MOST_OFFERED = 8


def _offered(found: Found) -> dict[str, str]:
    """Everybody behind the page (""), and the page of each of them; never the viewer's."""
    named = select(FieldValue.ref_id).where(FieldValue.page_id == found.page.id, FieldValue.key.in_(_BEHIND))
    ids = {one for one in session().scalars(named.order_by(FieldValue.position)) if one} - {viewer().person_id}
    if catalogue()[found.page.kind].key in KINDS:
        ids = {found.page.id}
    names = titles_of(session(), viewer(), ids)
    each = {str(number): named[0] for number, named in list(names.items())[:MOST_OFFERED]}
    return {"": _("Everybody behind this page"), **each}


@thanks.get("/<space>/<page>/thank")
def write(space: str, page: str) -> ResponseReturnValue:
    """Whom to thank, and for what."""
    return _show(enter_page_signed_in(space, page, "comment"), [])


@thanks.post("/<space>/<page>/thank")
def say(space: str, page: str) -> ResponseReturnValue:
    """Say thank you; it stands on the page, and those who are thanked are told."""
    found = enter_page_signed_in(space, page, "comment")
    try:
        to = _receiver(found, request.form.get("other", ""), request.form.get("to", ""))
        made = thank(session(), viewer(), found, to, request.form.get("reason", ""))
    except Invalid as error:
        return _show(found, error.problems)
    flash(_("Your thanks stand on the page."), "good")
    return redirect(f"{found.url}#thanks-{made.id}", 303)


def _receiver(found: Found, name: str, chosen: str) -> int | None:
    """The page of who is thanked: named, or chosen from those offered; None for whoever is behind the page. Raises Invalid."""
    if not tidy(name) and chosen in _offered(found):
        return int(chosen) if chosen else found.page.id if found.page.kind in KINDS else None
    try:
        return TypedPages(session(), viewer(), found.space.slug).page(tidy(name), KINDS)
    except BadValue as error:
        raise Invalid([Problem("other", error.message)]) from error


@thanks.post("/<space>/<page>/thank/<int:number>/taking-back")
def taking_back(space: str, page: str, number: int) -> ResponseReturnValue:
    """Take thanks back."""
    found = enter_page_signed_in(space, page, "comment")
    take_back(session(), viewer(), found, number)
    flash(_("Taken back."), "good")
    return redirect(found.url, 303)


def _show(found: Found, problems: list[Problem]) -> ResponseReturnValue:
    page = render(
        "thanks/write.html",
        found=found,
        page=found.page,
        url=found.url,
        offered=_offered(found),
        values=dict(request.form),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200
