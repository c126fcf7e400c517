"""Ask: write the question, see what was answered before and who will get it, send it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import visible_spaces
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.models import Question
from wiki.questions import actions
from wiki.questions.actions import Asking
from wiki.questions.insiders import Insider, asked_first, insiders
from wiki.questions.partners import Partner, default_partner, partners
from wiki.questions.seeing import question_for
from wiki.questions.showing import reasons, show, weekday
from wiki.questions.similar import asked_before
from wiki.questions.subject import About, about_page, about_space, part_named, parts_of
from wiki.questions.waiting import goes_at
from wiki.search.related import like
from wiki.text import number_in
from wiki.web.state import catalogue, session, settings, signed_in_viewer, themes
from wiki.web.templating import render

asking = Blueprint("asking", __name__)

#: Pages that may say it already: shown beside the questions of before.
PAGES_SHOWN = 3
#: Kinds of pages that are named everywhere, and so are no answer.
ABOUT_WHOM = "know"


@asking.get("/questions/new")
def write() -> ResponseReturnValue:
    """The question, about a page or about none."""
    about = _about()
    if about is None:
        return _choose_space()
    values = {
        "text": request.args.get("q", ""),
        "at": request.args.get("at", ""),
        "theme": request.args.get("theme", ""),
    }
    return _form(about, values)


@asking.post("/questions/new")
def go_on() -> ResponseReturnValue:
    """From the words to what was answered before and who will get it; or back to the words."""
    about = _about()
    if about is None:
        return _choose_space()
    if request.form.get("do") == "change":
        return _form(about, request.form.to_dict())
    try:
        about = _with_words(about)
    except Invalid as error:
        return _form(about, request.form.to_dict(), error), error.status
    return _check(about, _choice(about))


@asking.post("/questions")
def send() -> ResponseReturnValue:
    """Put the question to those who were chosen."""
    about = _about()
    if about is None:
        return _choose_space()
    try:
        about = _with_words(about)
    except Invalid as error:
        return _form(about, request.form.to_dict(), error), error.status
    choice = _choice(about)
    try:
        question = _send(about, choice)
    except Invalid as error:
        return _check(about, choice, error), error.status
    return _sent(question)


def _with_words(about: About) -> About:
    """Raises Invalid."""
    text, _more = actions.read_text(request.form.get("text", ""), request.form.get("more", ""))
    return about.asking(text, _theme())


@dataclass(frozen=True)
class Choice:
    """Who can be asked, and which of them were chosen; `way` is first, stay or only_they."""

    people: list[Insider]
    to: list[int]
    partners: list[Partner]
    partner: Partner | None
    way: str


def _about() -> About | None:
    """What is asked about; None when it is to be chosen in which space."""
    who = signed_in_viewer()
    number = request.values.get("page", "")
    if number.isascii() and number.isdecimal() and len(number) < 10:
        about = about_page(session(), who, int(number))
    else:
        slug = request.values.get("space", "") or _only_space()
        if not slug:
            return None
        about = about_space(session(), who, slug)
    g.space = about.space
    return about


def _only_space() -> str:
    spaces = _spaces()
    return spaces[0].slug if len(spaces) == 1 else ""


def _spaces() -> list[Any]:
    return [one for one in visible_spaces(session(), signed_in_viewer()) if one.role != "none"]


def _choose_space() -> str:
    return render(
        "questions/where.html", spaces=_spaces(), text=request.values.get("q", request.values.get("text", ""))
    )


def _form(about: About, values: dict[str, str], error: Invalid | None = None) -> str:
    problems = error.problems if error is not None else []
    return render(
        "questions/new.html",
        about=about,
        parts=parts_of(session(), catalogue(), about.found.page) if about.found is not None else {},
        themes=_themes(about),
        values=values,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )


def _themes(about: About) -> dict[str, str]:
    return {one: one for one in dict.fromkeys([*about.themes, *themes()])}


def _theme() -> str:
    return request.form.get("theme", "")[:100]


def _choice(about: About) -> Choice:
    """As the form says; at first those who are asked first, and the partner to whom the page is due."""
    who, page = signed_in_viewer(), about.found.page if about.found is not None else None
    people = insiders(session(), catalogue(), who, about.subject)
    today = clock.today(settings().time_zone)
    offered = partners(session(), who, about.space.id, about.subject.org_id, page, today)
    offered = [one for one in offered if one.contact is not None]
    partner = default_partner(session(), offered, page, about.space.id)
    to = [one.account_id for one in asked_first(people)] if people else []
    way = "first" if partner is not None else "stay"
    if "way" in request.form:
        to = [number for one in request.form.getlist("to") if (number := number_in(one))] or to
        way = request.form["way"] if request.form["way"] in ("first", "stay", "only_they") else way
        chosen = request.form.get("partner", "")
        partner = next((one for one in offered if str(one.org_id) == chosen), None)
    return Choice(people, to, offered, partner, way)


def _check(about: About, choice: Choice, error: Invalid | None = None) -> str:
    who = signed_in_viewer()
    before = asked_before(session(), who, about.subject)
    problems = error.problems if error is not None else []
    parts = parts_of(session(), catalogue(), about.found.page) if about.found is not None else {}
    nobody = [key for key, one in catalogue().items() if one.group == ABOUT_WHOM]
    likely = like(session(), who, about.subject.text, about.subject.language, without=nobody, limit=PAGES_SHOWN + 1)
    return render(
        "questions/check.html",
        about=about,
        place=part_named(parts, request.form.get("at", ""))[1],
        before=list(zip(before, show(session(), who, [one.seen for one in before]), strict=True)),
        pages=[one for one in likely if one.page_id != about.page_id][:PAGES_SHOWN],
        choice=choice,
        reasons=reasons,
        day=weekday(goes_at(clock.now(), settings().time_zone, settings().holidays)),
        values=request.form.to_dict(),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )


def _send(about: About, choice: Choice) -> Question:
    """Raises Invalid."""
    parts = parts_of(session(), catalogue(), about.found.page) if about.found is not None else {}
    anchor, place = part_named(parts, request.form.get("at", ""))
    if choice.way == "only_they" and choice.partner is None:
        raise Invalid([Problem("partner", _("Choose the partner that you want to ask."))])
    given = Asking(
        request.form.get("text", ""),
        request.form.get("more", ""),
        anchor,
        place,
        choice.to,
        close=request.form.get("close") == "yes",
        only_they=choice.way == "only_they",
    )
    partner = choice.partner if choice.way != "stay" else None
    return actions.ask(session(), settings(), signed_in_viewer(), about.subject, given, choice.people, partner)


def _sent(question: Question) -> ResponseReturnValue:
    shown = show(session(), signed_in_viewer(), [question_for(session(), signed_in_viewer(), question.id)])[0]
    names = ", ".join(one.name for one in shown.asked)
    if names:
        flash(_("Your question is with %(names)s.", names=names), "good")
    else:
        flash(_("Your question is there for everybody of your organisation."), "good")
    return redirect(shown.seen.url, 303)
