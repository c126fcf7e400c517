"""Acknowledgement in the browser: confirm a page, ask others to, see who has."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found
from wiki.errors import Invalid, NotFound
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.models import ReadingRequest
from wiki.receipts import asking
from wiki.receipts.asking import Asking
from wiki.receipts.changed import changed_since
from wiki.receipts.confirming import confirm, let_read_again
from wiki.receipts.csv_file import csv_text
from wiki.receipts.forms import EVERYBODY, read_wish
from wiki.receipts.naming import KindFinder
from wiki.receipts.overview import confirmations, overview, shown, statuses
from wiki.receipts.reminding import free_again, remind, reminded_at, to_remind
from wiki.receipts.rights import may_see_all
from wiki.spaces.words import ROLE_NAMES
from wiki.text import number_in
from wiki.web.doors import enter_page_signed_in
from wiki.web.state import session, settings, viewer
from wiki.web.templating import render

receipts = Blueprint("receipts", __name__)

#: The day that a new request begins with is so far ahead.
USUAL = timedelta(days=14)


def _today() -> date:
    return clock.today(settings().time_zone)


def _show(template: str, found: Found, error: Invalid | None = None, **more: object) -> ResponseReturnValue:
    problems = error.problems if error else []
    page = render(
        f"receipts/{template}.html",
        found=found,
        page=found.page,
        url=found.url,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        words=statuses(),
        **more,
    )
    return page, error.status if error else 200


@receipts.get("/<space>/<page>/acknowledge")
def look(space: str, page: str) -> ResponseReturnValue:
    """What is asked of the reader, what they confirmed, and how far the requests have come that they may see."""
    return _look(enter_page_signed_in(space, page, "view"))


def _look(found: Found, error: Invalid | None = None) -> ResponseReturnValue:
    whole = overview(session(), viewer(), found, _today(), settings().time_zone)
    last = whole.receipts[0] if whole.receipts else None
    change = changed_since(session(), found.page, last.number) if last is not None else None
    return _show("overview", found, error, whole=whole, change=change, values=dict(request.form))


@receipts.post("/<space>/<page>/acknowledge")
def say_read(space: str, page: str) -> ResponseReturnValue:
    """ "I have read this": of the revision that the button stood on."""
    found = enter_page_signed_in(space, page, "view")
    number = number_in(request.form.get("revision", ""))
    try:
        receipt = confirm(session(), viewer(), found.page, number, _today(), settings().time_zone)
    except Invalid as error:
        return _look(found, error)
    if changed_since(session(), found.page, receipt.number) is not None:
        flash(_("Noted. But the page was changed while you read it: look at what changed."), "warn")
    else:
        flash(_("Thank you. It is noted that you have read this page as it is now."), "good")
    return redirect(found.url, 303)


@receipts.post("/<space>/<page>/acknowledge/again")
def everybody_again(space: str, page: str) -> ResponseReturnValue:
    """Who keeps the page says that its last change is one that everybody must read."""
    found = enter_page_signed_in(space, page, "view")
    try:
        let_read_again(session(), viewer(), found, request.form.get("why", ""))
    except Invalid as error:
        return _look(found, error)
    flash(_("Everybody who read an earlier revision is asked to read it again."), "good")
    return redirect(f"{found.url}/acknowledge", 303)


# --- asking


@receipts.get("/<space>/<page>/acknowledge/new")
def begin(space: str, page: str) -> ResponseReturnValue:
    """The form that asks others to read the page."""
    found = enter_page_signed_in(space, page, "edit")
    return _form(found, {"due": (_today() + USUAL).isoformat()})


def _form(found: Found, values: dict[str, Any], error: Invalid | None = None) -> ResponseReturnValue:
    boxes = {**ROLE_NAMES, EVERYBODY: _("Everybody with a role in %(space)s", space=found.space.name)}
    return _show("ask", found, error, values=values, boxes=boxes)


@receipts.post("/<space>/<page>/acknowledge/new")
def send(space: str, page: str) -> ResponseReturnValue:
    """First who would be asked, and who cannot read the page; then, on another press, the request."""
    found = enter_page_signed_in(space, page, "edit")
    values = {**request.form.to_dict(), "groups": request.form.getlist("groups")}
    if request.form.get("do") == "change":
        return _form(found, values)
    try:
        prepared = _prepared(found)
    except Invalid as error:
        return _form(found, values, error)
    if request.form.get("do") != "ask":
        return _show("check", found, asking=prepared, values=values)
    made = asking.ask(session(), viewer(), found, prepared)
    count = len(prepared.asked)
    flash(ngettext("%(count)s person is asked.", "%(count)s people are asked.", count), "good")
    return redirect(f"{found.url}/acknowledge/{made.id}", 303)


def _prepared(found: Found) -> Asking:
    finder = KindFinder(session(), viewer(), found.space.slug)
    given = [request.form.get(name, "") for name in ("who", "due", "why")]
    wish = read_wish(finder.find, found.space.id, given[0], request.form.getlist("groups"), given[1], given[2])
    return asking.prepared(session(), viewer(), found, wish, _today())


# --- one request


@receipts.get("/<space>/<page>/acknowledge/<int:number>")
def follow(space: str, page: str, number: int) -> ResponseReturnValue:
    """Who has read it, when and which revision; made to be printed too."""
    found, asked = _asked(space, page, number)
    return _follow(found, asked)


def _follow(found: Found, asked: ReadingRequest, error: Invalid | None = None) -> ResponseReturnValue:
    whole = shown(session(), viewer(), asked, _today(), settings().time_zone)
    late = to_remind(whole.people) if asked.ended_at is None else []
    free, last = free_again(session(), asked), reminded_at(session(), asked)
    given = confirmations(session(), asked)
    more = {"late": len(late), "free": free, "reminded": last}
    return _show("request", found, error, shown=whole, given=given, today=_today(), **more)


@receipts.post("/<space>/<page>/acknowledge/<int:number>/reminders")
def remind_them(space: str, page: str, number: int) -> ResponseReturnValue:
    """Remind by hand those who have not read it yet."""
    found, asked = _asked(space, page, number)
    try:
        count = remind(session(), viewer(), found, asked, _today(), settings().time_zone)
    except Invalid as error:
        return _follow(found, asked, error)
    flash(ngettext("%(count)s person is reminded.", "%(count)s people are reminded.", count), "good")
    return redirect(f"{found.url}/acknowledge/{asked.id}", 303)


@receipts.get("/<space>/<page>/acknowledge/<int:number>.csv")
def file(space: str, page: str, number: int) -> ResponseReturnValue:
    """The same as a file, with every earlier confirmation."""
    found, asked = _asked(space, page, number)
    whole = shown(session(), viewer(), asked, _today(), settings().time_zone)
    text = csv_text(session(), whole, found.page, f"{settings().base_url}{found.url}")
    response = Response(text, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="read-and-confirmed-{asked.id}.csv"'
    return response


@receipts.get("/<space>/<page>/acknowledge/<int:number>/withdraw")
def consider_withdrawing(space: str, page: str, number: int) -> ResponseReturnValue:
    found, asked = _asked(space, page, number)
    return _show("withdraw", found, asked=asked, values={})


@receipts.post("/<space>/<page>/acknowledge/<int:number>/withdraw")
def take_back(space: str, page: str, number: int) -> ResponseReturnValue:
    """End the request; what was confirmed stays on record."""
    found, asked = _asked(space, page, number)
    try:
        asking.withdraw(session(), viewer(), found, asked, request.form.get("why", ""))
    except Invalid as error:
        return _show("withdraw", found, error, asked=asked, values=dict(request.form))
    flash(_("The request is withdrawn. What was confirmed stays on record."), "good")
    return redirect(f"{found.url}/acknowledge/{asked.id}", 303)


def _asked(space: str, page: str, number: int) -> tuple[Found, ReadingRequest]:
    """The request, for who may see all of it. Raises NotFound for everybody else, as for one that is not there."""
    found = enter_page_signed_in(space, page, "view")
    asked = asking.request_of(session(), found, number)
    if not may_see_all(session(), viewer(), found, asked):
        raise NotFound(_("There is no such request."))
    return found, asked
