"""The letters of a space: the list, one of them, and for coordinators the form and the sending."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import SpaceInfo
from wiki.errors import Invalid
from wiki.i18n import ngettext
from wiki.letters import actions
from wiki.letters.months import Month, month_of, read_month
from wiki.letters.reading import Reading, address, letter_of, letters, letters_space, past_month, read, span_of
from wiki.letters.words import sections
from wiki.spaces.queries import members
from wiki.web.doors import enter
from wiki.web.state import catalogue, session, settings, viewer
from wiki.web.templating import render

letters_of_spaces = Blueprint("letters", __name__)


def _space(slug: str, verb: str = "view") -> SpaceInfo:
    return enter(letters_space(session(), viewer(), slug, verb))


def _today_month() -> Month:
    return month_of(clock.today(settings().time_zone))


@letters_of_spaces.get("/<space>/letters")
def listed(space: str) -> ResponseReturnValue:
    """The letters that were sent; for coordinators also those that can be."""
    info = _space(space)
    found = letters(session(), info.id)
    last = _today_month().before
    proposed = [read_month(one.month) for one in found if one.sent_at is None]
    if all(one.month != last.key for one in found):
        proposed.insert(0, last)
    return render(
        "letters/list.html",
        letters=[(read_month(one.month), one) for one in found if one.sent_at is not None],
        proposed=[one for one in proposed if one] if info.may("manage") else [],
        address=address,
        active_nav="letters",
    )


@letters_of_spaces.get("/<space>/letters/<month>")
def one(space: str, month: str) -> ResponseReturnValue:
    """A letter as its reader may read it; before it is sent, for coordinators alone."""
    info = _space(space)
    about = _past(month)
    found = _read(info, about)
    if not found.sent and not info.may("manage"):
        return _none(about)
    people = sum(one.active for one in members(session(), viewer(), info)) if not found.sent else 0
    return render(
        "letters/letter.html", letter=found, url=address(info.slug, about), people=people, active_nav="letters"
    )


def _past(key: str) -> Month:
    return past_month(key, clock.today(settings().time_zone))


def _read(info: SpaceInfo, month: Month) -> Reading:
    letter = letter_of(session(), info.id, month)
    today, zone = clock.today(settings().time_zone), settings().time_zone
    span = span_of(catalogue(), viewer(), info, month, letter, zone, today)
    return read(session(), info, span, month, letter)


def _none(month: Month) -> ResponseReturnValue:
    return render("letters/none.html", month=month, active_nav="letters"), 404


@letters_of_spaces.get("/<space>/letters/<month>/edit")
def edit(space: str, month: str) -> ResponseReturnValue:
    """A word above the letter, and what shall not be in it."""
    info = _space(space, "manage")
    return _form(info, _past(month), None)


def _form(info: SpaceInfo, month: Month, refused: Invalid | None) -> ResponseReturnValue:
    letter = letter_of(session(), info.id, month)
    if letter is not None and letter.sent_at is not None:
        return redirect(address(info.slug, month), 303)
    today, zone = clock.today(settings().time_zone), settings().time_zone
    everything = sections(session(), span_of(catalogue(), viewer(), info, month, letter, zone, today))
    problems = refused.problems if refused else []
    left_out = set(letter.left_out) if letter is not None else set()
    if refused:
        left_out = set(request.form.getlist("shown")) - set(request.form.getlist("keep"))
    values = request.form.to_dict() if refused else {"greeting": letter.greeting if letter is not None else ""}
    page = render(
        "letters/edit.html",
        month=month,
        sections=everything,
        left_out=left_out,
        values=values,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        url=address(info.slug, month),
        active_nav="letters",
    )
    return page, 422 if refused else 200


@letters_of_spaces.post("/<space>/letters/<month>/edit")
def keep(space: str, month: str) -> ResponseReturnValue:
    """Keep it, and look at the letter."""
    info = _space(space, "manage")
    about, form = _past(month), request.form
    try:
        actions.write(
            session(),
            viewer(),
            info,
            about,
            form.get("greeting", ""),
            shown=form.getlist("shown"),
            kept=form.getlist("keep"),
        )
    except Invalid as refused:
        return _form(info, about, refused)
    return redirect(address(info.slug, about), 303)


@letters_of_spaces.post("/<space>/letters/<month>/sending")
def sending(space: str, month: str) -> ResponseReturnValue:
    """Send it to everybody who takes part."""
    info = _space(space, "manage")
    about = _past(month)
    try:
        today = clock.today(settings().time_zone)
        count = actions.send(session(), settings(), catalogue(), viewer(), info, about, today)
    except Invalid as refused:
        flash(refused.problems[0].message, "bad")
        return redirect(address(info.slug, about), 303)
    flash(ngettext("Sent to %(count)s person.", "Sent to %(count)s people.", count), "good")
    return redirect(address(info.slug, about), 303)
