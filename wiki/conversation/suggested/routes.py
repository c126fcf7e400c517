"""Suggested changes in the browser: the form of the page, saved as a suggestion; the comparison, decided piece by piece."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from wiki.access import Found
from wiki.conversation import suggesting
from wiki.conversation.rights import check_comment, talk_for
from wiki.errors import EditConflict, Invalid, Problem
from wiki.i18n import gettext as _
from wiki.models import Suggestion
from wiki.pages import forms
from wiki.pages.editing import Editing, Unreadable, stubs_in, ticked
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

suggestions = Blueprint("suggestions", __name__)

ROW_COMMANDS = ("add-row:", "copy-row:", "remove-row:", "row-up:", "row-down:")


@dataclass(frozen=True)
class Suggesting(Editing):
    """The form of a page for somebody who suggests a change to it."""

    @property
    def url(self) -> str:
        return f"{self.back}/suggest"


def _page(space: str, page: str) -> Found:
    found = talk_for(session(), viewer(), space, page)
    g.space = found.space
    return found


def _editing(found: Found, base: int) -> Suggesting:
    page = found.page
    return Suggesting(found.space, catalogue()[page.kind], f"suggest:{page.id}", page, base)


@suggestions.get("/<space>/<page>/suggest")
def form(space: str, page: str) -> ResponseReturnValue:
    """The same form as for editing."""
    found = _page(space, page)
    check_comment(session(), signed_in_viewer(), found)
    editing = _editing(found, found.page.number)
    content = editing.visible_content(session(), catalogue(), viewer())
    return _form(editing, editing.values(session(), catalogue(), viewer(), content))


def _form(
    editing: Suggesting, values: dict[str, Any], problems: list[Problem] | None = None, nameless: Any = ()
) -> str:
    choices = editing.choices({"themes": settings().themes, "languages": settings().languages})
    return render(
        "conversation/suggest.html",
        editing=editing,
        kind=editing.kind,
        values=ticked(values, choices),
        problems=problems or [],
        errors={problem.field: problem.beside or problem.message for problem in problems or []},
        stubs=stubs_in(values),
        nameless=nameless,
        suggestions=choices,
    )


def _typed(form: MultiDict[str, str]) -> dict[str, Any]:
    """Input names to a text, or a list of texts where the name came several times."""
    return {key: values[0] if len(values) == 1 else values for key, values in form.lists()}


@suggestions.post("/<space>/<page>/suggest")
def make(space: str, page: str) -> ResponseReturnValue:
    """Keep what the form holds as a suggestion; the page stays as it is."""
    found, who = _page(space, page), signed_in_viewer()
    check_comment(session(), who, found)
    typed = request.form.get("base", "")
    base = int(typed) if typed.isdecimal() and len(typed) < 10 else found.page.number
    editing = _editing(found, base)
    if request.form.get("do", "").startswith(ROW_COMMANDS):
        return _form(editing, forms.apply_row_command(request.form, request.form["do"]))
    try:
        content = editing.read(session(), catalogue(), who, request.form)
        made = suggesting.suggest(session(), catalogue(), who, found, content, base, request.form.get("note", ""))
    except Invalid as error:
        nameless = error.nameless if isinstance(error, Unreadable) else ()
        return _form(editing, _typed(request.form), error.problems, nameless), 422
    flash(_("Your suggestion is there. Who keeps the page is told."), "good")
    return redirect(f"{found.url}/suggestions/{made.id}", 303)


@suggestions.get("/<space>/<page>/suggestions")
def of_page(space: str, page: str) -> ResponseReturnValue:
    """All that was suggested for the page."""
    found = _page(space, page)
    listed = suggesting.of_page(session(), found.page)
    return render("conversation/suggestions.html", page=found.page, url=found.url, listed=listed)


@suggestions.get("/<space>/<page>/suggestions/<int:number>")
def view(space: str, page: str, number: int) -> ResponseReturnValue:
    """What would change, in place."""
    found = _page(space, page)
    return _show(found, suggesting.suggestion_for(session(), found, number))


def _show(found: Found, one: Suggestion, error: Invalid | None = None) -> ResponseReturnValue:
    shown = suggesting.shown(session(), catalogue(), viewer(), found, one)
    page = render(
        "conversation/suggestion.html",
        shown=shown,
        one=one,
        page=found.page,
        kind=catalogue()[found.page.kind],
        url=found.url,
        problems=error.problems if error is not None else [],
    )
    return page, error.status if error is not None else 200


@suggestions.post("/<space>/<page>/suggestions/<int:number>")
def decide(space: str, page: str, number: int) -> ResponseReturnValue:
    """`accept` or `decline` one piece (`accept:KEY`) or all that are left; or its author takes it back."""
    found, who = _page(space, page), signed_in_viewer()
    one = suggesting.suggestion_for(session(), found, number)
    what, _colon, key = request.form.get("do", "").partition(":")
    answer = request.form.get("answer", "")
    try:
        if what == "withdraw":
            suggesting.withdraw(session(), who, found, one)
            flash(_("You took your suggestion back."), "good")
            return redirect(f"{found.url}/suggestions/{number}", 303)
        keys = [key] if key else request.form.getlist("piece")
        if what == "accept":
            suggesting.accept(session(), catalogue(), who, found, one, keys, answer)
            flash(_("It is in the page now."), "good")
        elif what == "decline":
            suggesting.decline(session(), catalogue(), who, found, one, keys, answer)
            flash(_("Declined. The page stays as it is."), "good")
    except EditConflict as conflict:
        return _show(found, one, Invalid([Problem("", str(conflict))]))
    except Invalid as error:
        return _show(found, one, error)
    return redirect(f"{found.url}/suggestions/{number}", 303)
