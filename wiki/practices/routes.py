"""What peers do with a practice: tell that they tried it, make a version of their own, ask before they do."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Found, SpaceInfo, space_for, titles_of, visible_spaces
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Content, Kind
from wiki.kinds.offering import why_not_offered
from wiki.kinds.redact import redact
from wiki.kinds.types.base import BadValue
from wiki.notices.telling import tell
from wiki.notices.watching import keepers
from wiki.pages.actions import create_page
from wiki.pages.storing import content_of, current_revision
from wiki.pages.typed import TypedPages
from wiki.practices import reuse, tried
from wiki.text import tidy, url_part
from wiki.web.doors import enter_page_signed_in
from wiki.web.state import catalogue, session, settings, viewer
from wiki.web.templating import render

practices = Blueprint("practices", __name__)


def _page(space: str, page: str) -> tuple[Found, Kind, Content]:
    """The page, its kind, and what this viewer sees of it."""
    found = enter_page_signed_in(space, page, "comment")
    kind = catalogue()[found.page.kind]
    content = content_of(current_revision(session(), found.page))
    return found, kind, redact(kind, content, viewer().person_id, found.page.state)


def _url(space: SpaceInfo, slug: str) -> str:
    return f"/{url_part(space.slug)}/{url_part(slug)}"


def _show(template: str, found: Found, problems: list[Problem], **more: object) -> ResponseReturnValue:
    page = render(
        f"practices/{template}.html",
        found=found,
        page=found.page,
        kind=catalogue()[found.page.kind],
        url=_url(found.space, found.page.slug),
        values=dict(request.form),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        **more,
    )
    return page, 422 if problems else 200


# --- we tried it too


@practices.get("/<space>/<page>/tried")
def tell_use(space: str, page: str) -> ResponseReturnValue:
    """How we used it."""
    found, kind, _content = _page(space, page)
    _needs(tried.table_of(kind) is not None and found.page.state == tried.SHARED)
    return _uses(found, kind, [])


@practices.post("/<space>/<page>/tried")
def keep_use(space: str, page: str) -> ResponseReturnValue:
    """Add it to the page."""
    found, kind, _content = _page(space, page)
    today = clock.today(settings().time_zone)
    try:
        tried.add_use(session(), catalogue(), viewer(), found, _organisation(found), request.form, today)
    except Invalid as error:
        return _uses(found, kind, error.problems)
    flash(_("Thank you: it stands on the page, and those who look after it are told."), "good")
    table = tried.table_of(kind)
    return redirect(f"{_url(found.space, found.page.slug)}#f-{table.key if table else ''}", 303)


def _uses(found: Found, kind: Kind, problems: list[Problem]) -> ResponseReturnValue:
    mine = titles_of(session(), viewer(), viewer().orgs(found.page.space_id))
    orgs = [_as_typed(found, page_id, *named) for page_id, named in mine.items()]
    more = {"orgs": orgs, "results": tried.choices(kind, "result"), "settings": tried.choices(kind, "setting")}
    return _show("tried", found, problems, **more)


def _as_typed(found: Found, page_id: int, title: str, space: str, slug: str) -> str:
    """An organisation as somebody would type it: by its title, with the address only where others are called so too."""
    try:
        known = TypedPages(session(), viewer(), found.space.slug).page(title, ("organisation",))
    except BadValue:
        known = None
    return title if known == page_id else f"{title} ({space}/{slug})"


def _organisation(found: Found) -> int | None:
    name = tidy(request.form.get("org", ""))
    if not name:
        return None
    try:
        return TypedPages(session(), viewer(), found.space.slug).page(name, ("organisation",))
    except BadValue as error:
        raise Invalid([Problem("org", error.message)]) from error


def _needs(there: bool) -> None:
    if not there:
        raise NotFound(_("Only a practice that is shared can be tried by others."))


# --- a version of our own


@practices.get("/<space>/<page>/adapt")
def consider(space: str, page: str) -> ResponseReturnValue:
    """What travels along, and whether one has to ask first; for those who look after the page, who asks."""
    found, kind, content = _page(space, page)
    _adaptable(kind)
    return _adapting(found, content, [])


@practices.post("/<space>/<page>/adapt")
def adapt(space: str, page: str) -> ResponseReturnValue:
    """Begin a version of one's own, or ask for it."""
    found, kind, content = _page(space, page)
    _adaptable(kind)
    try:
        if request.form.get("do") == "ask":
            reuse.ask(session(), viewer(), found, content, request.form.get("note", ""))
            flash(_("They are asked. You are told when they answer."), "good")
            return redirect(f"{_url(found.space, found.page.slug)}/adapt", 303)
        if not reuse.standing(session(), viewer(), found, content).may:
            raise Forbidden(_("Ask those who look after this page first."))
        return redirect(_begun(found, kind, content), 303)
    except Invalid as error:
        return _adapting(found, content, error.problems)


def _adaptable(kind: Kind) -> None:
    if not reuse.can_be_adapted(kind):
        raise NotFound(_("Pages of this kind do not grow from each other."))
    if kind.retired:
        raise NotFound(why_not_offered(kind))


def _begun(found: Found, kind: Kind, content: Content) -> str:
    """Make the page, and give the address of its form."""
    wished = request.form.get("space") or found.space.slug
    where = space_for(session(), viewer(), wished, "create")
    if where.id != found.space.id and reuse.narrow(found.page):
        raise Invalid([Problem("space", _("Only some people see this page; a version of it stays in its space."))])
    address = f"{found.space.slug}/{found.page.slug}"
    made = reuse.begun(kind, found.page, address, content, _credit(found, content))
    page = create_page(session(), catalogue(), viewer(), where, kind, made, note=_("Begun from another page"))
    told = keepers(session(), found.page.id)
    tell(session(), told, "adapted", found.page.id, by=viewer().account_id, pages={"other": page.id})
    flash(_("Your version is begun. Change what is different with you."), "good")
    return f"{_url(where, page.slug)}/edit"


def _credit(found: Found, content: Content) -> str:
    """Whose it is: the organisations that prepared it or to which it belongs, else who keeps it, as far as the viewer sees them."""
    orgs = [*([content.fields["steward_org"]] if "steward_org" in content.fields else [])]
    orgs += [one for one in content.fields.get("contributing_orgs", []) if one not in orgs]
    keeper = [found.page.owner_id] if found.page.owner_id is not None else []
    names = titles_of(session(), viewer(), {*orgs, *keeper})
    credited = [names[one][0] for one in orgs if one in names] or [names[one][0] for one in keeper if one in names]
    return ", ".join(credited) if credited else found.page.title


def _adapting(found: Found, content: Content, problems: list[Problem]) -> ResponseReturnValue:
    spaces = {one.slug: one.name for one in visible_spaces(session(), viewer()) if one.may("create")}
    if reuse.narrow(found.page):
        spaces = {slug: name for slug, name in spaces.items() if slug == found.space.slug}
    answers = reuse.may_answer(session(), viewer(), found, content)
    return _show(
        "adapt",
        found,
        problems,
        standing=reuse.standing(session(), viewer(), found, content),
        notices=[_(found_label) for found_label in _care(found, content)],
        spaces=spaces,
        waiting=reuse.waiting(session(), found.page) if answers else [],
    )


def _care(found: Found, content: Content) -> list[str]:
    field = catalogue()[found.page.kind].field(reuse.CARE)
    return [field.choices[one] for one in content.fields.get(reuse.CARE, []) if field and one in field.choices]


@practices.post("/<space>/<page>/adapt/<int:number>")
def answer(space: str, page: str, number: int) -> ResponseReturnValue:
    """Allow somebody a version of their own, or not."""
    found, _kind, content = _page(space, page)
    yes = request.form.get("do") == "yes"
    try:
        reuse.answer(session(), viewer(), found, content, number, yes, request.form.get("answer", ""))
    except Invalid as error:
        return _adapting(found, content, error.problems)
    flash(_("Answered. They are told."), "good")
    return redirect(f"{_url(found.space, found.page.slug)}/adapt", 303)
