"""Named registers in the browser and as files."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import space_for, visible_spaces
from wiki.errors import Invalid, NotFound, SignInNeeded
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.pages.typed import TypedPages
from wiki.registers.listing import Place
from wiki.registers.named import acting, acts
from wiki.registers.named.answering import Answer, answer
from wiki.registers.named.asking import Question, read
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
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        active_register=register.key,
    )


def without_blanks() -> str | None:
    """The address without the parameters that a form sent empty, so that what people share says only what it means."""
    given: list[tuple[str, Any]] = list(request.args.items(multi=True))
    filled = [(name, value) for name, value in given if value.strip()]
    if len(filled) == len(given):
        return None
    return f"{request.path}?{urlencode(filled)}" if filled else request.path
