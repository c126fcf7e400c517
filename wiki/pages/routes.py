"""Pages in the browser: read, make, edit, preview."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from wiki import clock
from wiki.access import Found, SpaceInfo, page_by_id, page_for, space_for, visible_spaces
from wiki.errors import EditConflict, Gone, Invalid, NotFound, Problem
from wiki.exports.markdown import page_markdown
from wiki.i18n import gettext as _
from wiki.kinds import Content, Field, Kind
from wiki.kinds.carrying_forms import carried_texts
from wiki.kinds.offering import why_not_offered
from wiki.kinds.redact import redact
from wiki.models import Draft, Page
from wiki.pages import actions, forms, locked, queries, reading
from wiki.pages.acts import acts_of
from wiki.pages.conflicts import conflict_view, without_my_removals
from wiki.pages.editing import Editing, Source, Unreadable, starting_content, stubs_in, ticked
from wiki.pages.links import PageLinks
from wiki.pages.settling import choose, with_choices
from wiki.pages.storing import content_of, current_revision
from wiki.pages.tied import replacing_form, row_place, tied_content
from wiki.receipts.rights import is_read, weight_said
from wiki.rendering.markdown import render as render_markdown
from wiki.text import normal, tidy, url_part
from wiki.web.doors import enter
from wiki.web.embedded import handover_of
from wiki.web.state import catalogue, database, session, settings, signed_in_viewer, themes, viewer
from wiki.web.templating import render
from wiki.web.unchanged import unless_unchanged
from wiki.web.unsaved import offer_unsaved
from wiki.writing import drafts
from wiki.writing.choosing import fitting, made_lately, start_from

pages = Blueprint("pages", __name__)

#: Characters of a text that a preview reads.
PREVIEWED = 300 * 1024
ROW_COMMANDS = ("add-row:", "copy-row:", "remove-row:", "row-up:", "row-down:")


def url_of(space: str, slug: str, *rest: str) -> str:
    return "/" + "/".join(url_part(part) for part in (space, slug, *rest))


# --- reading


@pages.get("/<space>/<page>")
@unless_unchanged
def view(space: str, page: str) -> ResponseReturnValue:
    """A page as its readers see it."""
    today = clock.today(settings().time_zone)
    read = reading.read(database(), session(), catalogue(), viewer(), space, page, today)
    if read is not None:
        enter(read.found.space)
        g.holds_form = read.band is not None
        handed = handover_of(read)
        acts = acts_of(read, viewer(), handed=handed is not None)
        return render("pages/view.html", reading=read, handed=handed, acts=acts)
    found = page_or_tombstone(space, page)
    if isinstance(found, tuple):
        return found
    return redirect(url_of(found.space.slug, found.page.slug), 301)


def page_or_tombstone(space: str, page: str) -> Found | tuple[str, int]:
    try:
        return page_for(session(), viewer(), space, page, "view")
    except Gone:
        found = page_for(session(), viewer(), space, page, "tombstone")
        enter(found.space)
        return render("pages/tombstone.html", found=found, stone=queries.tombstone(session(), found.page)), 410


@pages.get("/<space>/<page>.md")
def markdown(space: str, page: str) -> ResponseReturnValue:
    """The page as Markdown, its fields as front matter and its rows as tables."""
    found = page_for(session(), viewer(), space, page, "view")
    return Response(page_markdown(session(), catalogue(), viewer(), found), mimetype="text/markdown")


@pages.get("/p/<int:number>")
def permanent(number: int) -> ResponseReturnValue:
    """The address that a page keeps whatever it is called and wherever it is."""
    found = page_by_id(session(), viewer(), number, "view")
    return redirect(url_of(found.space.slug, found.page.slug))


# --- making a page


@pages.get("/new")
def choose_space() -> ResponseReturnValue:
    """Where to write: the spaces in which this person may make pages."""
    signed_in_viewer()
    writable = [space for space in visible_spaces(session(), viewer()) if space.may("create")]
    wished = request.args.get("space")
    chosen = next((one for one in writable if one.slug == wished), writable[0] if len(writable) == 1 else None)
    kind = request.args.get("kind", "")
    behind = f"?kind={kind}" if kind in catalogue() else ""
    if chosen is not None:
        return redirect(f"/{url_part(chosen.slug)}/new{behind}")
    return render("pages/choose_space.html", spaces=writable, behind=behind)


@pages.get("/<space>/new")
def new(space: str) -> ResponseReturnValue:
    """Choose by what you want to do; then the form of that kind."""
    where = enter(space_for(session(), viewer(), space, "create"))
    signed_in_viewer()
    chosen = request.args.get("kind", "")
    title = request.args.get("title", "")
    if not chosen:
        return choose_kind(where, title)
    kind = kind_or_404(chosen)
    place = request.args.get("draft", "") or f"new:{where.slug}:{kind.key}:{actions.new_place()}"
    draft = drafts.kept_at(session(), viewer(), place)
    if draft is not None:
        return edit_form(Editing.new(where, kind, place), _as_form(draft.form), draft=draft)
    if kind.retired:
        raise NotFound(why_not_offered(kind))
    source, _typed, _problem = start_from(session(), viewer(), where, request.args.get("from", ""))
    content = starting_content(
        kind,
        title,
        _as_source(source),
        copy=request.args.get("copy") == "1",
        viewer=viewer(),
        today=clock.today(settings().time_zone).isoformat(),
    )
    row, begun = request.args.get("row", ""), request.args.get("from", "")
    content = tied_content(kind, content, _as_source(source), row, replaces="replaces" in request.args)
    waiting = drafts.of_new_pages(session(), viewer(), where, kind.key)
    more = {"made_from": f"{begun}#{row}"} if row and source is not None else {}
    return edit_form(Editing.new(where, kind, place), content=content, waiting=waiting, more=more)


@pages.post("/<space>/new")
def create(space: str) -> ResponseReturnValue:
    """Make the page that the form describes."""
    where = enter(space_for(session(), viewer(), space, "create"))
    person = signed_in_viewer()
    kind = kind_or_404(request.form.get("kind", ""))
    editing = Editing.new(
        where, kind, request.form.get("draft_place") or f"new:{where.slug}:{kind.key}:{actions.new_place()}"
    )
    again = _without_saving(editing)
    if again is not None:
        return again
    try:
        content = editing.read(session(), catalogue(), person, request.form)
        row = row_place(session(), catalogue(), person, kind, request.form.get("made_from", ""))
        note = request.form.get("note", "")
        page = actions.create_page(session(), catalogue(), person, where, kind, content, note=note, made_from=row)
    except Invalid as error:
        return refused(editing, error), 422
    actions.forget_draft(session(), person, editing.place)
    flash(_("The page is there."), "good")
    return redirect(url_of(where.slug, page.slug), 303)


def kind_or_404(key: str) -> Kind:
    kind = catalogue().get(key)
    if kind is None:
        raise NotFound(_("There is no page template called “%(kind)s”.", kind=key))
    return kind


def choose_kind(where: SpaceInfo, title: str) -> str:
    """By what somebody wants to do: what follows from a page, what they made lately, all kinds or those that fit the words."""
    source, typed, problem = start_from(session(), viewer(), where, request.args.get("from", ""))
    words = tidy(request.args.get("q", ""))[:100]
    return render(
        "pages/choose_kind.html",
        title_wished=title,
        source=source,
        source_typed=typed,
        source_problem=problem,
        drafts=drafts.of_new_pages(session(), viewer(), where) if not words else [],
        lately=made_lately(session(), catalogue(), viewer()),
        kinds=fitting(catalogue().offered, words),
        words=words,
    )


def _as_source(found: Found | None) -> Source | None:
    """The source's content as far as this viewer may see its fields."""
    if found is None:
        return None
    kind = catalogue()[found.page.kind]
    content = content_of(current_revision(session(), found.page))
    return Source(kind, found.page, redact(kind, content, viewer().person_id, found.page.state))


# --- editing


@pages.get("/<space>/<page>/edit")
def edit(space: str, page: str) -> ResponseReturnValue:
    """The page in its form. What was typed and not saved is offered first, and brought back with `?draft=yes`."""
    found = page_for(session(), viewer(), space, page, "edit")
    enter(found.space)
    editing = Editing.of(catalogue(), found)
    draft = drafts.kept_at(session(), viewer(), editing.place)
    wish = request.args.get("draft", "")
    if draft is not None and wish != "no":
        editing, form = editing.from_base(draft.base), _as_form(draft.form)
        if wish == "yes":
            return edit_form(editing, form, draft=draft)
        return offer_unsaved(editing, form, draft)
    return edit_form(editing, content=editing.visible_content(session(), catalogue(), viewer()))


@pages.post("/<space>/<page>/edit")
def save(space: str, page: str) -> ResponseReturnValue:
    """Save what the form holds; 422 and 409 give the form back with everything typed."""
    found = page_for(session(), viewer(), space, page, "edit")
    enter(found.space)
    person = signed_in_viewer()
    editing = Editing.of(catalogue(), found).from_base(_number(request.form.get("base", "")))
    again = _without_saving(editing)
    if again is not None:
        return again
    try:
        content = editing.read(session(), catalogue(), person, request.form)
        content = choose(session(), editing.kind, found.page, editing.base, content, request.form)
        saved = actions.save_page(
            session(),
            catalogue(),
            person,
            found.page,
            content,
            editing.base,
            request.form.get("note", ""),
            correction=request.form.get("correction"),
            weight=weight_said(session(), person, found, request.form.get("weight", "")),
        )
    except Invalid as error:
        return refused(editing, error), 422
    except EditConflict as conflict:
        return conflict_form(editing, conflict), 409
    actions.forget_draft(session(), person, editing.place)
    if saved.revision is None:
        flash(_("Nothing was changed, so nothing was saved."), "note")
    elif saved.merged:
        flash(_("Saved, together with what others changed meanwhile."), "good")
    else:
        flash(_("Saved."), "good")
    return redirect(url_of(found.space.slug, found.page.slug), 303)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise Invalid([Problem("base", _("The form does not say which revision it began from. Load it again."))])
    return int(text)


def _without_saving(editing: Editing) -> ResponseReturnValue | None:
    """Buttons that change the form but save nothing: rows, and coming back after signing in."""
    command = request.form.get("do", "")
    if command.startswith(ROW_COMMANDS):
        return edit_form(editing, forms.apply_row_command(request.form, command))
    if command == "resume":
        return edit_form(editing, with_choices(session(), catalogue(), viewer(), editing, request.form))
    if command == "replace" and editing.page is None:
        return edit_form(editing, replacing_form(editing.kind, request.form))
    if command == "compare" and editing.page is not None:
        return offer_unsaved(editing, request.form)
    if command == "preview":
        return edit_form(
            editing, request.form, preview=_preview_html(editing.space, editing.page, request.form.get("body", ""))
        )
    if command == "discard":
        actions.forget_draft(session(), signed_in_viewer(), editing.place)
        return redirect(editing.url, 303)
    return None


def refused(editing: Editing, error: Invalid) -> str:
    """The form again with everything that was typed, and what is wrong with it."""
    nameless = error.nameless if isinstance(error, Unreadable) else ()
    form = with_choices(session(), catalogue(), viewer(), editing, request.form)
    return edit_form(editing, form, problems=error.problems, nameless=nameless)


def edit_form(
    editing: Editing,
    form: Mapping[str, Any] | None = None,
    *,
    content: Content | None = None,
    problems: list[Problem] | None = None,
    draft: Draft | None = None,
    waiting: Sequence[Draft] = (),
    nameless: Sequence[tuple[str, str]] = (),
    preview: Markup | None = None,
    more: Mapping[str, str] | None = None,
) -> str:
    """The form with what was typed (`form`) or what stands there (`content`), and `more`; `waiting` are drafts of such new pages."""
    values = editing.values(session(), catalogue(), viewer(), content) if content is not None else form_values(form)
    values = carried_texts(editing.kind, values)
    values |= more or {}
    choices = editing.choices({"themes": themes(), "languages": settings().languages})
    return render(
        "pages/edit.html",
        editing=editing,
        kind=editing.kind,
        values=ticked(values, choices),
        problems=problems or [],
        errors={problem.field: problem.beside or problem.message for problem in problems or []},
        draft=draft,
        waiting=waiting,
        nameless=nameless,
        stubs=stubs_in(values),
        suggestions=choices,
        preview=preview,
        is_read=is_read(session(), editing.page),
        locked=locked.shown(
            session(), catalogue(), viewer(), editing, correcting="correct" in request.args or "correction" in values
        ),
        typed=[(name, text) for name in request.form for text in request.form.getlist(name)],
        open_more=_has_problem(editing.kind.more, problems),
        open_envelope=_has_problem(editing.kind.envelope, problems),
    )


def _has_problem(fields: Sequence[Field], problems: list[Problem] | None) -> bool:
    """Whether a folded part of the form must be open, so that its errors are seen."""
    keys = {field.key for field in fields}
    return any(problem.field.split(".")[1:2] == [key] for problem in problems or [] for key in keys)


def form_values(form: Mapping[str, Any] | None) -> dict[str, Any]:
    """Input names to a text, or a list of texts where the name came several times."""
    if form is None:
        return {}
    if isinstance(form, MultiDict):
        return {key: values[0] if len(values) == 1 else values for key, values in form.lists()}
    return dict(form)


def conflict_form(editing: Editing, conflict: EditConflict) -> str:
    """Both texts side by side with names; what is chosen is saved on top of the newest revision."""
    assert editing.page is not None
    newest = current_revision(session(), editing.page)
    mine = without_my_removals(conflict.merge)
    shown = redact(editing.kind, mine, viewer().person_id, editing.page.state)
    return render(
        "pages/conflict.html",
        editing=editing.from_base(newest.number),
        kind=editing.kind,
        conflict=conflict,
        newest=newest,
        hidden_values=_flat(
            {**forms.empty_form(editing.kind), **editing.values(session(), catalogue(), viewer(), shown)}
        ),
        note=request.form.get("note", ""),
        **conflict_view(session(), editing.kind, viewer(), conflict.merge),
    )


def _flat(values: dict[str, Any]) -> list[tuple[str, str]]:
    """Input names and texts, one pair for each text; the body has a field of its own."""
    pairs = [(name, value if isinstance(value, list) else [value]) for name, value in values.items() if name != "body"]
    return [(name, text) for name, texts in pairs for text in texts]


@pages.post("/<space>/preview")
def preview(space: str) -> ResponseReturnValue:
    """The body as readers would see it."""
    where = space_for(session(), viewer(), space, "create")
    slug = request.form.get("page", "")
    found = page_for(session(), viewer(), space, slug, "view") if slug else None
    return str(_preview_html(where, found.page if found else None, request.form.get("body", "")))


def _preview_html(where: SpaceInfo, page: Page | None, body: str) -> Markup:
    links = PageLinks(session(), where.slug, page.id if page else None, page.slug if page else None)
    html = render_markdown(normal(body[:PREVIEWED]), links, hide_empty=False).html
    return reading.for_viewer(session(), viewer(), html, where.slug)


def _as_form(kept: dict[str, list[str]]) -> MultiDict[str, str]:
    return MultiDict([(key, value) for key, values in kept.items() for value in values])
