"""Questions in the browser: the list, one question with its answers, the questions of a page, files and feeds."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Viewer, page_for, space_for
from wiki.errors import Forbidden, Invalid, NotFound
from wiki.finding.kept import feed_keys
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.questions import actions, feed, listing, page_text
from wiki.questions.answers import answers_of
from wiki.questions.csv_file import csv_text
from wiki.questions.partners import page_of
from wiki.questions.reading import read
from wiki.questions.seeing import Seen, question_for
from wiki.questions.showing import Shown, show
from wiki.questions.topics import repeated
from wiki.web.doors import enter_page
from wiki.web.error_pages import wants_json
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

questions = Blueprint("questions", __name__)


# --- lists


@questions.get("/questions")
def overview() -> ResponseReturnValue:
    """The questions that the reader may know of, as the query string asks."""
    who, asked = signed_in_viewer(), listing.read(request.args)
    found = listing.listed(session(), who, asked)
    return render(
        "questions/list.html",
        asked=asked,
        found=found,
        shown=show(session(), who, found.questions),
        again=repeated(session(), who, clock.today(settings().time_zone), settings().time_zone),
        whose=listing.whose_labels(),
        states=listing.state_labels(),
    )


@questions.get("/questions.csv")
def file_of_questions() -> ResponseReturnValue:
    """The same list as a file, whole."""
    who = signed_in_viewer()
    found = listing.everything(session(), who, listing.read(request.args))
    response = Response(csv_text(show(session(), who, found), settings().base_url), mimetype="text/csv")
    today = clock.today(settings().time_zone).isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="questions-{today}.csv"'
    return response


@questions.get("/questions.atom")
def feed_of_questions() -> ResponseReturnValue:
    """The same list for feed readers: as the address's maker may read it now, else as who is signed in."""
    who, asked = _reader(), listing.read(request.args)
    found = show(session(), who, listing.everything(session(), who, asked, feed.ENTRIES))
    address = f"{settings().base_url}{asked.address()}"
    written = feed.atom(found, address, settings().base_url, settings().site_name, clock.now())
    response = Response(written, mimetype="application/atom+xml")
    response.add_etag()
    return response.make_conditional(request)


def _reader() -> Viewer:
    if "reader" not in request.args:
        return signed_in_viewer()
    question = urlencode([pair for pair in request.args.items(multi=True) if pair[0] not in ("reader", "key")])
    given = request.args["reader"], request.args.get("key", "")
    known = feed_keys.reader_of_address(session(), settings(), *given, request.path, question)
    if known is None:
        raise NotFound(_("This address does not work any more. Make a new one beside the list."))
    return known


@questions.get("/questions/follow")
def follow() -> ResponseReturnValue:
    """Where feed readers find the list."""
    who, asked = signed_in_viewer(), listing.read(request.args)
    pairs = urlencode(asked.pairs(paged=False))
    address = feed_keys.signed_address(session(), settings(), who, "/questions.atom", pairs)
    return render("questions/follow.html", asked=asked, address=address)


@questions.post("/questions/follow")
def make_address() -> ResponseReturnValue:
    """Give the viewer addresses for their feed reader."""
    feed_keys.make(session(), signed_in_viewer())
    return redirect(listing.read(request.args).address("/questions/follow"), 303)


# --- the questions of a page


@questions.get("/<space>/<page>/questions")
def of_page(space: str, page: str) -> ResponseReturnValue:
    """Open and answered questions about a page; the script of the page asks for JSON."""
    found = enter_page(space, page, "view")
    shown = show(session(), viewer(), listing.of_page(session(), viewer(), found.page.id))
    if wants_json():
        return jsonify([_told(one) for one in shown])
    url = found.url
    return render("questions/of_page.html", page=found.page, url=url, shown=shown, may_ask=found.may("comment"))


def _told(one: Shown) -> dict[str, str]:
    """As static/js/related.js writes it down."""
    asker = _("asked by %(name)s", name=one.seen.question.asker_name)
    return {
        "title": one.seen.question.text,
        "href": one.seen.url,
        "kind": one.status.label,
        "state": asker,
        "why": one.said or one.status.more,
    }


@questions.get("/<space>/<page>/questions/<int:question_id>")
def from_page(space: str, page: str, question_id: int) -> ResponseReturnValue:
    """Notices lead here: what is behind a page's address is for its readers."""
    page_for(session(), viewer(), space, page, "view")
    return redirect(f"/questions/{question_id}")


# --- one question


@questions.get("/questions/<int:question_id>")
def view(question_id: int) -> ResponseReturnValue:
    """A question with its answers, who was asked and where it goes next."""
    return _show(_seen(question_id))


def _seen(question_id: int) -> Seen:
    seen = question_for(session(), viewer(), question_id)
    with suppress(NotFound, Forbidden):  # somebody may have been asked by name who has no role there
        g.space = space_for(session(), viewer(), seen.space, "view")
    return seen


def _show(seen: Seen, error: Invalid | None = None, **more: Any) -> ResponseReturnValue:
    problems = error.problems if error is not None else []
    reading = read(session(), viewer(), seen, clock.today(settings().time_zone), settings().time_zone)
    page = render(
        "questions/question.html",
        reading=reading,
        kinds=page_text.NEW_KINDS,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        values=request.form.to_dict(),
        **more,
    )
    return page, error.status if error is not None else 200


def _back(seen: Seen, said: str, anchor: str = "") -> ResponseReturnValue:
    flash(said, "good")
    return redirect(f"{seen.url}{anchor}", 303)


@questions.post("/questions/<int:question_id>/answers")
def answer(question_id: int) -> ResponseReturnValue:
    seen = _seen(question_id)
    try:
        given = actions.answer(session(), viewer(), seen, request.form.get("answer", ""))
    except Invalid as error:
        return _show(seen, error)
    return _back(seen, _("Your answer is there."), f"#answer-{given.id}")


@questions.get("/questions/<int:question_id>/answers/<int:answer_id>")
def change_answer(question_id: int, answer_id: int) -> ResponseReturnValue:
    """The form in which its author mends an answer."""
    seen = _seen(question_id)
    given = actions.answer_of(session(), seen, answer_id)
    actions.may_edit(viewer(), given)
    return _answer_form(seen, answer_id, {"answer": given.text})


@questions.post("/questions/<int:question_id>/answers/<int:answer_id>")
def keep_answer(question_id: int, answer_id: int) -> ResponseReturnValue:
    seen = _seen(question_id)
    try:
        actions.edit_answer(session(), viewer(), seen, answer_id, request.form.get("answer", ""))
    except Invalid as error:
        return _answer_form(seen, answer_id, request.form.to_dict(), error), error.status
    return _back(seen, _("The answer is changed."), f"#answer-{answer_id}")


def _answer_form(seen: Seen, answer_id: int, values: dict[str, str], error: Invalid | None = None) -> str:
    problems = error.problems if error is not None else []
    errors = {problem.field: problem.message for problem in problems}
    return render(
        "questions/answer.html", seen=seen, answer_id=answer_id, values=values, problems=problems, errors=errors
    )


@questions.post("/questions/<int:question_id>/settling")
def settle(question_id: int) -> ResponseReturnValue:
    """The asker: this answers it."""
    seen = _seen(question_id)
    actions.settle(session(), viewer(), seen, _number("answer"))
    return _back(seen, _("Good. Now others find the answer too."))


@questions.post("/questions/<int:question_id>/reopening")
def reopen(question_id: int) -> ResponseReturnValue:
    seen = _seen(question_id)
    actions.reopen(session(), settings(), viewer(), seen)
    return _back(seen, _("The question is open again."))


@questions.post("/questions/<int:question_id>/withdrawal")
def withdraw(question_id: int) -> ResponseReturnValue:
    seen = _seen(question_id)
    actions.withdraw(session(), viewer(), seen)
    return _back(seen, _("You took the question back. Nobody else sees it any more."))


@questions.post("/questions/<int:question_id>/opening")
def open_to_all(question_id: int) -> ResponseReturnValue:
    """The asker lets their whole organisation read it."""
    seen = _seen(question_id)
    actions.open_to_all(session(), viewer(), seen)
    return _back(seen, _("Your organisation can read it now."))


@questions.post("/questions/<int:question_id>/partner")
def ask_partner(question_id: int) -> ResponseReturnValue:
    """The asker: only they can know."""
    seen = _seen(question_id)
    try:
        partner = actions.ask_partner(session(), settings(), viewer(), seen, page_of(session(), seen.question))
    except Invalid as error:
        return _show(seen, error)
    return _back(seen, _("Your question is with %(names)s.", names=partner.contact_name))


@questions.post("/questions/<int:question_id>/sparing")
def spare(question_id: int) -> ResponseReturnValue:
    """Somebody was about to ask the same: this answers it, nothing is sent."""
    seen = _seen(question_id)
    actions.spare(session(), signed_in_viewer(), seen)
    return _back(seen, _("Good: nothing was sent, and nobody was asked twice."))


@questions.post("/questions/<int:question_id>/page-text")
def write_into_page(question_id: int) -> ResponseReturnValue:
    """Put question and answer into the page, or make a page of them."""
    seen, who = _seen(question_id), signed_in_viewer()
    number, kind = _number("answer"), request.form.get("kind", "article")
    if number not in {one.id for one in answers_of(session(), who, [question_id]).get(question_id, [])}:
        raise NotFound(_("There is no such answer."))
    given = actions.answer_of(session(), seen, number)
    try:
        found = page_text.write_into_page(session(), catalogue(), who, seen, given, kind)
    except Invalid as error:
        return _show(seen, error)
    flash(_("It is in the page now, where everybody finds it."), "good")
    return redirect(found.url, 303)


@questions.post("/questions/<int:question_id>/suggestion")
def suggest(question_id: int) -> ResponseReturnValue:
    """Who may not edit the page tells who keeps it."""
    seen = _seen(question_id)
    told = page_text.suggest(session(), signed_in_viewer(), seen)
    if not told:
        flash(_("Nobody can be told of it who may read the question."), "warn")
        return redirect(seen.url, 303)
    return _back(seen, ngettext("%(count)s person was told.", "%(count)s people were told.", told))


def _number(name: str) -> int:
    text = request.form.get(name, "")
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise NotFound(_("There is no such answer."))
    return int(text)
