"""Suggested changes in the browser: the form of the page, saved as a suggestion; the comparison, decided piece by piece."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from wiki.access import Found
from wiki.conversation import suggesting
from wiki.conversation.looks import as_read
from wiki.conversation.rights import check_comment, talk_for
from wiki.errors import EditConflict, Invalid, Problem
from wiki.i18n import format_time
from wiki.i18n import gettext as _
from wiki.kinds.carrying_forms import carried_texts
from wiki.models import Draft, Suggestion
from wiki.pages import actions, forms
from wiki.pages.editing import Editing, Unreadable, stubs_in, ticked
from wiki.rendering.comparison import folded
from wiki.text import number_in
from wiki.web.state import catalogue, session, settings, signed_in_viewer, themes, viewer
from wiki.web.templating import render
from wiki.web.unsaved import offer_unsaved
from wiki.writing import drafts

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


def _base(found: Found) -> int:
    """The revision that the form began from."""
    return number_in(request.form.get("base", "")) or found.page.number


# --- writing one


@suggestions.get("/<space>/<page>/suggest")
def form(space: str, page: str) -> ResponseReturnValue:
    """The same form as for editing. What was typed and not sent is offered first, and brought back with `?draft=yes`."""
    found, who = _page(space, page), signed_in_viewer()
    check_comment(session(), who, found)
    editing = _editing(found, found.page.number)
    draft = drafts.kept_at(session(), who, editing.place)
    if draft is not None:
        editing, typed = _editing(found, draft.base), _as_form(draft)
        return (
            _form(editing, _typed(typed), draft=draft)
            if "draft" in request.args
            else offer_unsaved(editing, typed, draft)
        )
    content = editing.visible_content(session(), catalogue(), viewer())
    return _form(editing, editing.values(session(), catalogue(), viewer(), content))


def _as_form(draft: Draft) -> MultiDict[str, str]:
    return MultiDict([(key, text) for key, texts in draft.form.items() for text in texts])


@suggestions.post("/<space>/<page>/suggest/draft")
def keep_draft(space: str, page: str) -> ResponseReturnValue:
    """Keep what is being typed, as the form stands."""
    found, who = _page(space, page), signed_in_viewer()
    check_comment(session(), who, found)
    editing = _editing(found, _base(found))
    form = {key: texts for key, texts in request.form.lists() if key not in ("csrf_token", "do")}
    when = actions.keep_draft(session(), who, editing.place, found.page.id, editing.base, form)
    return jsonify(saved=format_time(when), moment=when.isoformat())


def _form(
    editing: Suggesting,
    values: dict[str, Any],
    problems: list[Problem] | None = None,
    nameless: Any = (),
    draft: Draft | None = None,
) -> str:
    choices = editing.choices({"themes": themes(), "languages": settings().languages})
    return render(
        "conversation/suggest.html",
        editing=editing,
        kind=editing.kind,
        values=ticked(carried_texts(editing.kind, values), choices),
        problems=problems or [],
        errors={problem.field: problem.beside or problem.message for problem in problems or []},
        draft=draft,
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
    editing = _editing(found, _base(found))
    again = _without_keeping(editing)
    if again is not None:
        return again
    try:
        content = editing.read(session(), catalogue(), who, request.form)
        note = request.form.get("note", "")
        made = suggesting.suggest(session(), catalogue(), who, found, content, editing.base, note)
    except Invalid as error:
        nameless = error.nameless if isinstance(error, Unreadable) else ()
        return _form(editing, _typed(request.form), error.problems, nameless), 422
    actions.forget_draft(session(), who, editing.place)
    flash(_("Your suggestion is there. Who keeps the page is told."), "good")
    return redirect(f"{found.url}/suggestions/{made.id}", 303)


def _without_keeping(editing: Suggesting) -> ResponseReturnValue | None:
    """Buttons that change the form and suggest nothing yet: rows, and what was typed before."""
    do = request.form.get("do", "")
    if do.startswith(ROW_COMMANDS):
        return _form(editing, forms.apply_row_command(request.form, do))
    if do == "resume":
        return _form(editing, _typed(request.form))
    if do == "compare":
        return offer_unsaved(editing, request.form)
    if do == "discard":
        actions.forget_draft(session(), signed_in_viewer(), editing.place)
        return redirect(editing.url, 303)
    return None


# --- deciding


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
        shown=as_read(session(), viewer(), found, shown),
        folded=folded,
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
