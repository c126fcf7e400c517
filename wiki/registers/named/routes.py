"""Named registers in the browser and as files."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import space_for, visible_spaces
from wiki.errors import Invalid, NotFound, SignInNeeded
from wiki.finding.kept import feed_keys
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.pages.typed import TypedPages
from wiki.registers.listing import Place
from wiki.registers.named import acting, acts, calendar_file, feed
from wiki.registers.named.answering import Answer, answer
from wiki.registers.named.asking import Question, read
from wiki.registers.named.caught_up import move_marks
from wiki.registers.named.csv_file import csv_text
from wiki.registers.named.known import REGISTERS
from wiki.registers.named.register import Register
from wiki.registers.named.showing import ShownRegister
from wiki.registers.names import PageFinder
from wiki.text import shorten
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

named = Blueprint("named", __name__)


@named.get("/registers/<key>")
def show(key: str) -> ResponseReturnValue:
    """The register, as its query string asks."""
    filled = without_blanks()
    if filled is not None:
        return redirect(filled)
    register, place = _register(key), here()
    try:
        asked = _question(register, place)
    except Invalid as error:
        return _page(place, Answer(error.readable), error), error.status
    return _page(place, answer(session(), place, asked))


@named.get("/registers/<key>.csv")
def file(key: str) -> ResponseReturnValue:
    """The same lines as a file, whole."""
    register, place = _register(key), here()
    found = answer(session(), place, _question(register, place))
    response = Response(csv_text(session(), place, found, settings().base_url), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}-{place.today.isoformat()}.csv"'
    return response


@named.get("/registers/<key>.atom")
def feed_of_lines(key: str) -> ResponseReturnValue:
    """The same lines for feed readers: as the address's maker may read them now, else as who is signed in, or a visitor."""
    shown = _for_program(key, "atom")
    return _conditional(
        feed.atom(shown, settings().base_url, settings().site_name, clock.now()), "application/atom+xml"
    )


@named.get("/registers/<key>.ics")
def days_of_lines(key: str) -> ResponseReturnValue:
    """The days of the same lines for calendar programs."""
    shown = _for_program(key, "ics")
    return _conditional(
        calendar_file.calendar(shown, settings().base_url, settings().site_name, clock.now()), "text/calendar"
    )


def _for_program(key: str, form: str) -> ShownRegister:
    if "reader" in request.args:
        question = urlencode([pair for pair in request.args.items(multi=True) if pair[0] not in ("reader", "key")])
        given = request.args["reader"], request.args.get("key", "")
        known = feed_keys.reader_of_address(session(), settings(), *given, request.path, question)
        if known is None:
            raise NotFound(_("This address does not work any more. Make a new one beside the register."))
        g.viewer = known
    register = _register(key)
    if form == "ics" and not register.dated:
        raise NotFound(_("This register has no days for a calendar."))
    place = here()
    return ShownRegister(session(), place, answer(session(), place, _question(register, place)), whole=True)


def _conditional(content: bytes, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.add_etag()
    response.make_conditional(request)
    return response


@named.post("/registers/changes/seen")
def seen() -> ResponseReturnValue:
    """The reader has seen what changed until the page was made: what came later is still new."""
    person = signed_in_viewer()
    spaces = here().spaces
    chosen = [slug for slug in request.form.getlist("space") if slug in spaces] or list(spaces)
    move_marks(session(), person, [spaces[slug].id for slug in chosen], _moment(request.form.get("until", "")))
    flash(_("Noted. What changes from now on will be told here."), "good")
    return redirect("/registers/changes", 303)


def _moment(text: str) -> datetime:
    """The moment at which a page was made, never one that is still to come."""
    with suppress(ValueError):
        given = datetime.fromisoformat(text)
        if given.tzinfo is not None:
            return min(given, clock.now())
    return clock.now()


@named.get("/registers/<key>/<act>")
def consider(key: str, act: str) -> ResponseReturnValue:
    """What doing something to lines asks: a small form that works without scripts."""
    register, what = _register(key), _act(act)
    signed_in_viewer()
    on = acting.targets(session(), viewer(), what, request.args.getlist("row"))
    return _form(register, what, on, request.args.get("back", ""))


@named.post("/registers/<key>/<act>")
def do(key: str, act: str) -> ResponseReturnValue:
    """Do it, and go back to the list."""
    register, what = _register(key), _act(act)
    signed_in_viewer()
    on = acting.targets(session(), viewer(), what, request.form.getlist("row"))
    back = request.form.get("back", "")
    given = acts.read(what, catalogue(), request.form, _resolver(on), clock.today(settings().time_zone))
    try:
        changed = acting.perform(session(), catalogue(), viewer(), what, on, given)
    except Invalid as error:
        return _form(register, what, on, back, error), error.status
    flash(ngettext("Done.", "Done for %(count)s lines.", changed) if changed else _("Nothing had to change."), "good")
    return redirect(_back(register, back), 303)


def _act(key: str) -> acts.Act:
    found = acts.ACTS.get(key)
    if found is None:
        raise NotFound(_("There is nothing here that is called “%(key)s”.", key=shorten(key, 40)))
    return found


def _resolver(on: list[acting.Target]) -> TypedPages:
    return TypedPages(session(), viewer(), on[0].found.space.slug)


def _form(register: Register, act: acts.Act, on: list[acting.Target], back: str, error: Invalid | None = None) -> str:
    problems = error.problems if error is not None else []
    g.space = on[0].found.space if len({one.found.space.id for one in on}) == 1 else None
    return render(
        "registers/act.html",
        register=register,
        act=act,
        inputs=act.inputs(catalogue()),
        texts=[text for one in on for text in one.texts(catalogue())],
        rows=request.values.getlist("row"),
        back=back,
        back_href=_back(register, back),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        values=dict(request.form),
    )


def _back(register: Register, back: str) -> str:
    """The list that somebody came from; only its question is taken from what was sent."""
    if back == "home":
        return "/"
    asked = urlencode(parse_qsl(back[:2000]))
    return f"/registers/{register.key}?{asked}" if asked else f"/registers/{register.key}"


def _register(key: str) -> Register:
    found = REGISTERS.get(key)
    if found is None:
        raise NotFound(_("There is no register called “%(key)s”.", key=key))
    if found.personal and not viewer().signed_in:
        raise SignInNeeded(_("Sign in first."))
    return found


def here() -> Place:
    spaces = {one.slug: one for one in visible_spaces(session(), viewer())}
    return Place(catalogue(), viewer(), spaces, clock.today(settings().time_zone), settings().time_zone)


def _question(register: Register, place: Place) -> Question:
    """Raises Invalid with what could be read; a space that the reader may not know of is what space_for says."""
    for slug in request.args.getlist("space"):
        if slug and slug not in place.spaces:
            space_for(session(), viewer(), slug, "view")
    asked = read(catalogue(), register, request.args, place.spaces, PageFinder(session(), viewer(), ""))
    if len(asked.spaces) == 1:
        g.space = place.spaces[asked.spaces[0]]
    return asked


def _page(place: Place, found: Answer, error: Invalid | None = None) -> str:
    problems = error.problems if error is not None else []
    register = found.question.register
    return render(
        "registers/named.html",
        shown=ShownRegister(session(), place, found),
        answer=found,
        asked=found.question,
        register=register,
        empty=register.empty(),
        until=clock.now().isoformat(),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        active_nav=register.key,
    )


@named.get("/registers/<key>/follow")
def follow(key: str) -> ResponseReturnValue:
    """Where the list is found by programs of the reader."""
    register = _register(key)
    asked = _question(register, here())
    return render(
        "registers/follow.html",
        register=register,
        asked=asked,
        addresses=_addresses(asked),
        base_url=settings().base_url,
        follow_href=request.full_path.rstrip("?"),
    )


@named.post("/registers/<key>/follow")
def make_addresses(key: str) -> ResponseReturnValue:
    """Give the viewer addresses for their programs."""
    feed_keys.make(session(), signed_in_viewer())
    asked = _question(_register(key), here())
    query = urlencode(asked.pairs())
    return redirect(f"/registers/{key}/follow" + (f"?{query}" if query else ""), 303)


def _addresses(question: Question) -> dict[str, str | None]:
    """Addresses for programs of this person; None as long as they have no key. A visitor's need none."""
    forms = ("atom", "ics") if question.register.dated else ("atom",)
    if not viewer().signed_in:
        return {form: question.address(form=form) for form in forms}
    asked = urlencode([pair for pair in question.pairs() if pair[0] not in ("page", "limit", "view", "sort")])
    path = f"/registers/{question.register.key}"
    return {form: feed_keys.signed_address(session(), settings(), viewer(), f"{path}.{form}", asked) for form in forms}


def without_blanks() -> str | None:
    """The address without the parameters that a form sent empty, so that what people share says only what it means."""
    given: list[tuple[str, Any]] = list(request.args.items(multi=True))
    filled = [(name, value) for name, value in given if value.strip()]
    if len(filled) == len(given):
        return None
    return f"{request.path}?{urlencode(filled)}" if filled else request.path
