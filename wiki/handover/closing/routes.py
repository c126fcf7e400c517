"""Closing somebody's account from their page, for administrators and coordinators."""

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found, page_for
from wiki.errors import Forbidden, Invalid, NotFound
from wiki.handover.closing import actions
from wiki.handover.notes import PERSON
from wiki.handover.rights import may_close
from wiki.i18n import gettext as _
from wiki.kinds import BadValue
from wiki.models import Account
from wiki.pages.typed import TypedPages
from wiki.text import tidy, url_part
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

closing = Blueprint("closing", __name__)


def _person(space: str, page: str) -> tuple[Found, Account]:
    found = page_for(session(), viewer(), space, page, "view")
    signed_in_viewer()
    account = actions.account_of(session(), found.page) if found.page.kind == PERSON else None
    if account is None:
        raise NotFound(_("Nobody signs in as the person of this page."))
    if not may_close(session(), viewer(), found.page, account):
        raise Forbidden(_("Administrators close accounts, and coordinators those of their space’s members."))
    g.space = found.space
    return found, account


@closing.get("/<space>/<page>/closing")
def consider(space: str, page: str) -> ResponseReturnValue:
    """What they still hold, and who will look after it."""
    return _show(*_person(space, page))


def _show(found: Found, account: Account, error: Invalid | None = None) -> ResponseReturnValue:
    today = clock.today(settings().time_zone)
    problems = error.problems if error else []
    page = render(
        "handover/closing.html",
        found=found,
        account=account,
        name=account.name,
        ends=actions.left_open(session(), catalogue(), viewer(), account, today),
        action=f"{found.url}/closing",
        back=found.url,
        crumb=found.page.title,
        values=dict(request.form),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, error.status if error else 200


@closing.post("/<space>/<page>/closing")
def close(space: str, page: str) -> ResponseReturnValue:
    """Close the account; a handover of what is left begins."""
    found, account = _person(space, page)
    today = clock.today(settings().time_zone)
    typed = tidy(request.form.get("caretaker", ""))
    try:
        caretaker = TypedPages(session(), viewer(), space).page(typed, ("person",)) if typed else None
    except BadValue:
        caretaker = None
    try:
        seen = request.form.get("seen", "")
        note = actions.close(session(), catalogue(), viewer(), account, today, seen=seen, caretaker=caretaker)
    except Invalid as error:
        session().rollback()
        return _show(*_person(space, page), error)
    flash(_("The account of %(name)s is closed; every login and token of it has ended.", name=account.name), "good")
    if note is not None:
        return redirect(f"/p/{note.id}", 303)
    return redirect(f"/{url_part(space)}/{url_part(page)}", 303)
