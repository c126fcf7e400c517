"""The working view of a handover note: written by who leaves, taken on item by item by who comes."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from wiki import clock
from wiki.access import Found, page_for
from wiki.errors import EditConflict, Invalid, NotFound, Problem
from wiki.handover import keeping, passing, showing, talking, writing
from wiki.handover.notes import HANDOVER, prepared_as
from wiki.i18n import format_time, ngettext
from wiki.i18n import gettext as _
from wiki.kinds.carrying_forms import Typed
from wiki.pages import actions
from wiki.pages.editing import Editing
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render
from wiki.writing import drafts

handover = Blueprint("handover", __name__)

#: What is written in the view itself, by table; the other cells of a row come back hidden.
SHOWN = {
    "items": {"id", "what_to_know", "next_owner", "status"},
    "relationships": {"id", "what_matters", "how_to_meet", "introduced", "introduced_on"},
    "partners_told": {"id", "org", "told_by", "told_on", "how"},
}


def note(space: str, page: str, verb: str = "view") -> Found:
    """A handover note. Raises what the gate of pages raises, and NotFound for a page of another kind."""
    found = page_for(session(), viewer(), space, page, verb)
    signed_in_viewer()
    if found.page.kind != HANDOVER:
        raise NotFound(_("This page is no handover note."))
    g.space = found.space
    return found


def today() -> Any:
    return clock.today(settings().time_zone)


@handover.get("/<space>/<page>/items")
def items(space: str, page: str) -> ResponseReturnValue:
    """All things of the note, with what each reader may do."""
    return _items(note(space, page))


def _items(
    found: Found, error: Invalid | None = None, typed: Mapping[str, Any] | None = None, base: int | None = None
) -> ResponseReturnValue:
    person = viewer()
    shown = showing.show(session(), catalogue(), person, found, today(), settings().time_zone)
    may_write = writing.may_write(person, shown)
    editing = Editing.of(catalogue(), found)
    draft = drafts.kept_at(session(), person, writing.place(found.page.id)) if may_write and typed is None else None
    values = writing.values(session(), catalogue(), person, editing, shown) if may_write else {}
    if draft is not None:
        values |= _as_values(MultiDict([(key, one) for key, texts in draft.form.items() for one in texts]))
        base = draft.base
    values |= typed or {}
    problems = error.problems if error else []
    made = render(
        "handover/items.html",
        shown=shown,
        page=found.page,
        kind=shown.kind,
        url=found.url,
        may_write=may_write,
        may_answer=passing.may_hand(person, shown.content),
        prepared=prepared_as(session(), found.page) is not None,
        values=values,
        hidden=writing.hidden_cells(SHOWN, values),
        base=base if base is not None else found.page.number,
        place=writing.place(found.page.id),
        draft=draft,
        problems=problems,
        errors={problem.field: problem.beside or problem.message for problem in problems},
        today=today(),
    )
    return made, error.status if error else 200


def _as_values(form: MultiDict[str, str]) -> dict[str, Any]:
    kept = ("csrf_token", "do", "base", "view")
    return {
        key: texts[0] if len(texts) == 1 else texts
        for key, texts in form.lists()
        if key.startswith(("r.", "f.")) and key not in kept
    }


@handover.post("/<space>/<page>/items")
def save(space: str, page: str) -> ResponseReturnValue:
    """Save what was written; with `do=ready` also move the note on, with `do=offer` pass on what has a word and a name."""
    found = note(space, page, "edit")
    person = signed_in_viewer()
    if request.form.get("do") == "discard":
        actions.forget_draft(session(), person, writing.place(found.page.id))
        return redirect(f"{found.url}/items", 303)
    base = _base(found)
    editing = Editing.of(catalogue(), found).from_base(base)
    form = MultiDict(request.form)
    form.setdefault("title", found.page.title)
    try:
        content = editing.read(session(), catalogue(), person, writing.sent(form))
        saved = actions.save_page(session(), catalogue(), person, found.page, content, base, _("Worked on the items"))
    except Invalid as error:
        return _items(found, error, _as_values(form), base)
    except EditConflict:
        return redirect(f"{found.url}/edit", 307)  # the page's own form shows both texts
    actions.forget_draft(session(), person, writing.place(found.page.id))
    keeping.refresh(session(), catalogue(), person, found.page, today())
    return _then(found, saved.revision is not None)


def _base(found: Found) -> int:
    text = request.form.get("base", "")
    if not text.isdecimal() or len(text) > 9:
        raise Invalid([Problem("base", _("The form does not say which revision it began from. Load it again."))])
    return int(text)


def _then(found: Found, saved: bool) -> ResponseReturnValue:
    """What was asked beside saving; what is refused leaves what was saved."""
    try:
        if request.form.get("do") == "ready":
            actions.change_state(session(), catalogue(), viewer(), found, "ready")
            flash(_("The note is ready."), "good")
            return redirect(found.url, 303)
        if request.form.get("do") == "offer":
            count = _offer(found)
            flash(ngettext("%(count)s thing is passed on.", "%(count)s things are passed on.", count), "good")
        else:
            flash(
                _("Saved.") if saved else _("Nothing was changed, so nothing was saved."), "good" if saved else "note"
            )
    except Invalid as error:
        g.keep_in_spite_of_error = True
        return _items(found, error)
    return redirect(f"{found.url}/items", 303)


def _offer(found: Found) -> int:
    """Everything that has a word and a name."""
    shown = showing.show(session(), catalogue(), viewer(), found, today(), settings().time_zone)
    rows = [one.id for one in shown.items if one.status == "to_pass_on" and one.note and one.next_owner]
    if not rows:
        raise Invalid([Problem("row", _("Nothing has both a word about it and somebody who takes it."))])
    return passing.offer(session(), catalogue(), viewer(), found, rows)


@handover.post("/<space>/<page>/items/draft")
def keep_draft(space: str, page: str) -> ResponseReturnValue:
    """Keep what is being typed here."""
    found = note(space, page, "edit")
    form = {key: texts for key, texts in request.form.lists() if key not in ("csrf_token", "do")}
    place = writing.place(found.page.id)
    when = actions.keep_draft(session(), signed_in_viewer(), place, found.page.id, _base(found), form)
    return jsonify(saved=format_time(when), moment=when.isoformat())


@handover.post("/<space>/<page>/items/taking")
def take(space: str, page: str) -> ResponseReturnValue:
    """Take things on, or send them back with a word."""
    found = note(space, page)
    rows = request.form.getlist("row")
    try:
        if request.form.get("do") == "back":
            passing.send_back(session(), catalogue(), viewer(), found, rows, request.form.get("word", ""))
            flash(_("Sent back with your word."), "good")
        else:
            taken = passing.accept(session(), catalogue(), viewer(), found, rows, today())
            said = ngettext("%(count)s thing is yours now.", "%(count)s things are yours now.", taken.things)
            flash(said, "good")
            if taken.closed:
                flash(_("That was the last one: the handover is closed."), "good")
    except Invalid as error:
        session().rollback()
        return _items(note(space, page), error)
    return redirect(f"{found.url}/items", 303)


@handover.post("/<space>/<page>/items/acceptance")
def accept_note(space: str, page: str) -> ResponseReturnValue:
    """Accept the handover as a whole, saying what is clear, what is not, and what comes first."""
    found = note(space, page, "edit")
    text = request.form.get("f.accepted_note", "")
    try:
        if not text.strip():
            raise Invalid(
                [Problem("f.accepted_note", _("Say what is clear, what is not, and what you will do first."))]
            )
        form = Typed({"title": [found.page.title], "f.accepted_note": [text]})
        editing = Editing.of(catalogue(), found)
        content = editing.read(session(), catalogue(), signed_in_viewer(), form)
        actions.save_page(session(), catalogue(), viewer(), found.page, content, found.page.number, _("On accepting"))
        actions.change_state(session(), catalogue(), viewer(), found, "accepted")
    except Invalid as error:
        session().rollback()
        return _items(note(space, page, "edit"), error)
    flash(_("You have accepted the handover."), "good")
    return redirect(f"{found.url}/items", 303)


@handover.post("/<space>/<page>/items/questions")
def question(space: str, page: str) -> ResponseReturnValue:
    """Ask on the note, or answer."""
    found = note(space, page, "edit")
    row, person = request.form.get("row", ""), signed_in_viewer()
    try:
        if row:
            text = request.form.get(f"answer-{row}", "")
            talking.answer(session(), catalogue(), person, found, row, text, today())
            flash(_("Your answer is on the note."), "good")
        else:
            talking.ask(session(), catalogue(), person, found, request.form.get("question", ""))
            flash(_("Your question is on the note."), "good")
    except Invalid as error:
        return _items(found, error)
    return redirect(f"{found.url}/items#questions", 303)
