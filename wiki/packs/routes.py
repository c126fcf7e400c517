"""Page templates in the browser: looked at by everybody, changed by administrators, proposed to be changed by members."""

from contextlib import suppress
from dataclasses import replace

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from tomlkit.exceptions import TOMLKitError

from wiki.access import Viewer
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds.check import ALWAYS_OFFERED
from wiki.packs import beginning, behind, looking, proposing, publishing, simple
from wiki.packs.library import Library
from wiki.packs.looking import Trial
from wiki.packs.publishing import Definition
from wiki.packs.shelf import KIND, ROWS
from wiki.packs.types import CHOOSING, SIMPLE, group_names, type_names
from wiki.packs.wording import differences
from wiki.text import number_in, tidy
from wiki.web.state import catalogue, session, signed_in_viewer, site, viewer
from wiki.web.templating import render

templates = Blueprint("templates", __name__)

#: Buttons of the editor that store something.
STORING = ("publish", "propose")


def library() -> Library:
    return site().library


@templates.get("/templates")
def every() -> ResponseReturnValue:
    """All templates, by what people do with them."""
    signed_in_viewer()
    rows = sorted(catalogue().rows.values(), key=lambda one: one.label)
    return render(
        "packs/list.html",
        groups=looking.listed(session(), catalogue(), viewer()),
        rows=rows,
        new=proposing.of_new_ones(session()),
    )


@templates.route("/templates/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """A template that does not exist yet: what it begins with, then the same editor. Nothing is stored before its last button."""
    person = signed_in_viewer()
    if request.method == "POST":
        tried, do = _tried_new(), request.form.get("do", "")
        about = tried.shown["about"] if tried.shown and request.form.get("view") != "source" else None
        problems = (
            beginning.problems(library().sources(session()), tried.definition.key, about) if do in STORING else []
        )
        if do in STORING and not problems and not tried.problems + tried.elsewhere:
            try:
                return _stored(person, do, 0, tried.definition)
            except Invalid as refused:
                problems = refused.problems
        return _editor(tried, _view(do), problems), 422 if do in STORING or _nameless() else 200
    if "from" not in request.args:
        return render("packs/new.html", groups=catalogue().by_group())
    sources = library().sources(session())
    text, sections = beginning.begun(sources, request.args["from"], tidy(request.args.get("label", ""))[:60])
    view = request.args.get("view", "form")
    return _editor(_looked_at_new(text, sections, view == "form"), view)


@templates.post("/templates/new/preview")
def preview_new() -> ResponseReturnValue:
    """The same as for a template that exists: the form as people would see it."""
    signed_in_viewer()
    return render("packs/preview.html", tried=_tried_new(), before=None, differences=differences, alone=True)


@templates.get("/templates/<key>")
def about(key: str) -> ResponseReturnValue:
    """One template: what it asks, its versions, its pages of earlier versions, what people propose."""
    signed_in_viewer()
    kind = looking.template(catalogue(), key)
    return render(
        "packs/about.html",
        kind=kind,
        types=type_names(),
        versions=looking.versions_of(session(), library(), key),
        less=looking.left_out(catalogue(), kind),
        report=behind.report(session(), catalogue(), viewer(), kind),
        proposals=proposing.proposals(session(), key),
    )


@templates.get("/templates/<key>/versions/<int:number>")
def version(key: str, number: int) -> ResponseReturnValue:
    """One version: what it changed, and how it is written."""
    signed_in_viewer()
    kind = looking.template(catalogue(), key)
    versions = looking.versions_of(session(), library(), key)
    told = next((one for one in versions if one.number == number), None)
    if told is None:
        raise NotFound(_("There is no such version."))
    before = max((one.number for one in versions if one.number < number), default=0)
    known = (key, before) in catalogue().history.editions
    found = differences(catalogue().edition(key, before), catalogue().edition(key, number)) if known else []
    return render("packs/version.html", kind=kind, told=told, found=found)


@templates.route("/templates/<key>/edit", methods=["GET", "POST"])
def edit(key: str) -> ResponseReturnValue:
    """The editor: a form for what is common, the whole definition for the rest. Nothing is stored before its last button."""
    person = signed_in_viewer()
    kind = looking.template(catalogue(), key)
    if request.method == "GET":
        return _editor(_begun(key), request.args.get("view", "form"))
    tried = _tried(key)
    do = request.form.get("do", "")
    if do in STORING and tried.problems + tried.elsewhere == []:
        try:
            return _stored(person, do, kind.version, tried.definition)
        except Invalid as refused:
            return _editor(tried, request.form.get("view", "form"), refused.problems), 422
    return _editor(tried, _view(do)), 422 if do in STORING or _nameless() else 200


def _view(do: str) -> str:
    """The side of the editor that a button leads to, or on which it was pressed."""
    return do if do in ("form", "source") else request.form.get("view", "form")


@templates.post("/templates/<key>/preview")
def preview(key: str) -> ResponseReturnValue:
    """What the page of the editor shows of the definition as it is being written."""
    signed_in_viewer()
    looking.template(catalogue(), key)
    return render("packs/preview.html", tried=_tried(key), before=catalogue()[key], differences=differences, alone=True)


def _begun(key: str) -> Trial:
    """What the editor begins with: what holds, an earlier version that is to hold again, or what somebody proposes."""
    wanted = number_in(request.args.get("from", ""))
    text, sections = library().sources(session()).texts(key)
    if proposed := number_in(request.args.get("proposal", "")):
        found = proposing.proposal(session(), proposed)
        if found.kind == key:
            text, sections = found.text, found.sections
    for one in looking.versions_of(session(), library(), key) if wanted else []:
        if one.number == wanted:
            text, sections = one.text, one.sections
    return looking.tried(session(), library(), Definition(KIND, key, text, sections))


def _tried(key: str) -> Trial:
    form = request.form
    text = form.get("text", "")[: publishing.LONGEST]
    if form.get("view") != "source":
        with suppress(simple.NotToml):  # the check says where it is wrong
            text = simple.changed_by(text, form.to_dict())
    sections = form.get("sections", "")[: publishing.LONGEST]
    return looking.tried(session(), library(), Definition(KIND, key, text, sections))


def _tried_new() -> Trial:
    form = request.form
    text = form.get("text", "")[: publishing.LONGEST]
    sections = form.get("sections", "")[: publishing.LONGEST]
    with suppress(simple.NotToml):
        if form.get("view") != "source":
            text = simple.changed_by(text, form.to_dict())
            said = tidy(form.get("k.key", "")) or simple.key_of(form.get("k.label", ""), catalogue())
            text = beginning.keyed(text, said)
    return _looked_at_new(text, sections, form.get("view", "") != "source")


def _looked_at_new(text: str, sections: str, in_form: bool) -> Trial:
    """How a new template would look; in the form, what is still to be said is no mistake and has something in its place."""
    shown = text
    with suppress(simple.NotToml, TOMLKitError):
        shown = beginning.with_stand_ins(text) if in_form else text
    tried = looking.tried(session(), library(), Definition(KIND, simple.key_in(shown), shown, sections))
    return replace(
        tried, definition=Definition(KIND, simple.key_in(text), text, sections), shown=simple.shown_or_none(text)
    )


def _editor(tried: Trial, view: str, problems: list[Problem] | None = None) -> str:
    """The page of the editor; for a template that does not exist yet `kind` and `before` are None."""
    before = None if request.endpoint == "templates.new" else catalogue()[tried.definition.key]
    problems = problems or _nameless()
    return render(
        "packs/edit.html",
        kind=before,
        tried=tried,
        view="source" if view == "source" or tried.shown is None else "form",
        values=request.form.to_dict() if request.method == "POST" else {},
        problems=problems,
        errors={one.field: one.message for one in problems},
        types=type_names(),
        simple=SIMPLE,
        choosing=CHOOSING,
        groups=group_names(),
        icons=looking.icons(catalogue(), site().assets.drawings()),
        always=ALWAYS_OFFERED,
        before=before,
        differences=differences,
        alone=False,
        opened=_opened(request.form.get("do", ""), len(tried.shown["fields"]) if tried.shown else 0),
    )


def _nameless() -> list[Problem]:
    """A field cannot be added without a name."""
    adds = request.form.get("do") == "add" and not tidy(request.form.get("new.label", ""))
    return [Problem("new.label", _("Say what the field is called."))] if adds else []


def _opened(do: str, count: int) -> int | None:
    """The number of the field that a button of the editor has just made or moved."""
    did, _dash, number = do.partition("-")
    if did == "add" and request.form.get("new.label"):
        return count - 1
    return number_in(number) + {"up": -1, "down": 1}[did] if did in ("up", "down") else None


def _stored(person: Viewer, do: str, base: int, new: Definition) -> ResponseReturnValue:
    if do == "propose" or not person.admin:
        why = request.form.get("why", "")
        made = proposing.propose(session(), library(), person, new.key, base, new.text, new.sections, why)
        flash(
            _("Your proposal is there for everybody to talk about. The template stays as it is until it is accepted."),
            "good",
        )
        return redirect(proposing.address(made), 303)
    if base and request.form.get("base", "") != str(base):
        message = _(
            "Somebody stored version %(version)s meanwhile. Look at it, then make your change there.", version=base
        )
        raise Invalid([Problem("text", message)])
    stored = publishing.publish(session(), library(), person, [new], request.form.get("why", ""))
    if not stored:
        flash(_("This says what the template says already."), "note")
        return redirect(f"/templates/{new.key}", 303)
    said = _("Version %(version)s holds from now on.", version=stored[-1].version)
    flash(said if base else _("The template is there: it is offered wherever people begin a page."), "good")
    return redirect(f"/templates/{new.key}", 303)


@templates.post("/templates/<key>/adoption")
def adopt(key: str) -> ResponseReturnValue:
    """A template that the program ships no longer becomes the wiki's own."""
    person = signed_in_viewer()
    kind = looking.template(catalogue(), key)
    if kind.dropped:
        note = _("Taken over: it no longer comes with the program.")
        made = publishing.take_over(session(), library(), person, key, note)
        said = _(
            "The template is this wiki's own now, as version %(version)s. It is offered again.",
            version=made[-1].version,
        )
        flash(said, "good")
    return redirect(f"/templates/{key}", 303)


@templates.route("/templates/rows/<key>/edit", methods=["GET", "POST"])
def edit_rows(key: str) -> ResponseReturnValue:
    """The definition of a row type, which several templates share. Only for administrators."""
    person = signed_in_viewer()
    if not person.admin:
        raise Forbidden(_("Only administrators change page templates."))
    if key not in catalogue().rows:
        raise NotFound(_("There is no such template."))
    held = library().sources(session()).row_text(key)
    text = request.form.get("text", "")[: publishing.LONGEST] if request.method == "POST" else held
    tried = looking.tried(session(), library(), Definition(ROWS, key, text))
    status = 200
    if request.form.get("do") == "publish":
        if not tried.problems + tried.elsewhere:
            made = publishing.publish(session(), library(), person, [tried.definition], request.form.get("why", ""))
            count = len([one for one in made if one.part == KIND])
            flash(
                ngettext(
                    "It holds from now on. %(count)s template has a new version.",
                    "It holds from now on. %(count)s templates have a new version.",
                    count,
                ),
                "good",
            )
            return redirect("/templates", 303)
        status = 422
    using = [one for one in catalogue().values() if any(field.rows == key for field in one.tables)]
    shown = render(
        "packs/rows.html", row_type=catalogue().rows[key], tried=tried, using=using, values=request.form.to_dict()
    )
    return shown, status
