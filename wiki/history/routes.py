"""History in the browser: every revision, the comparison of any two, bringing one back, who wrote what."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wiki.conversation.rights import may_follow
from wiki.errors import Invalid, Problem
from wiki.history import queries
from wiki.history.as_read import apart, comparison_as_read
from wiki.history.compare import compare as compare_contents
from wiki.history.suggested import suggested
from wiki.i18n import gettext as _
from wiki.kinds.carrying import carried
from wiki.pages import actions, reading
from wiki.pages.display import SHOWN_ELSEWHERE
from wiki.pages.links import PageLinks
from wiki.pages.typed import PlainNames
from wiki.rendering.comparison import folded
from wiki.rendering.markdown import render as render_markdown
from wiki.web.doors import enter_page
from wiki.web.state import catalogue, session, signed_in_viewer, viewer
from wiki.web.templating import render

history = Blueprint("history", __name__)


@history.get("/<space>/<page>/history")
def timeline(space: str, page: str) -> ResponseReturnValue:
    """Who changed the page when and why; any two revisions can be chosen for comparison."""
    found = enter_page(space, page, "history")
    number = _number(request.args.get("p", "1"), "p")
    revisions, screens = queries.timeline(session(), found.page, number)
    return render(
        "history/timeline.html",
        found=found,
        page=found.page,
        kind=catalogue()[found.page.kind],
        url=found.url,
        revisions=revisions,
        suggested=suggested(session(), found.page),
        may_follow=may_follow(viewer(), found),
        number=number,
        screens=screens,
    )


def _number(text: str, name: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise Invalid([Problem(name, _("“%(text)s” is not a number of a revision.", text=text[:20]))])
    return int(text)


@history.get("/<space>/<page>/compare")
def choose(space: str, page: str) -> ResponseReturnValue:
    """The form of the timeline leads here, and on to the comparison's own address."""
    found = enter_page(space, page, "history")
    if not request.args:
        return redirect(f"{found.url}/history")
    a, b = (_number(request.args.get(name, ""), name) for name in ("a", "b"))
    return redirect(f"{found.url}/compare/{min(a, b)}/{max(a, b)}")


@history.get("/<space>/<page>/compare/<int:a>/<int:b>")
def compare(space: str, page: str, a: int, b: int) -> ResponseReturnValue:
    """What differs between two revisions."""
    found = enter_page(space, page, "history")
    old, new = (queries.revision(session(), found.page, number) for number in (a, b))
    before, after = (queries.readable(session(), catalogue(), viewer(), found, one) for one in (old, new))
    newer = max(old, new, key=lambda one: one.kind_version) if old.kind == new.kind else new
    kind = queries.kind_of(catalogue(), newer, found.page)
    before, after = carried(kind, before), carried(kind, after)
    comparison = compare_contents(kind, before, after, PlainNames(session(), viewer()))
    return render(
        "history/compare.html",
        found=found,
        page=found.page,
        kind=kind,
        url=found.url,
        old=old,
        new=new,
        comparison=comparison_as_read(session(), viewer(), found, comparison),
        folded=folded,
        view="beside" if request.args.get("view") == "beside" else "inline",
    )


@history.get("/<space>/<page>/history/<int:number>")
def revision(space: str, page: str, number: int) -> ResponseReturnValue:
    """The page as it was."""
    found = enter_page(space, page, "history")
    old = queries.revision(session(), found.page, number)
    content = queries.readable(session(), catalogue(), viewer(), found, old)
    kind = queries.kind_of(catalogue(), old, found.page)
    links = PageLinks(session(), found.space.slug, found.page.id, found.page.slug)
    fields: Markup = reading.display_fields(
        session(),
        catalogue(),
        viewer(),
        found,
        kind,
        content,
        lambda field: field.key not in SHOWN_ELSEWHERE,
        kept=True,
    )
    return render(
        "history/revision.html",
        found=found,
        page=found.page,
        kind=kind,
        url=found.url,
        old=old,
        fields_html=fields,
        body_html=reading.for_viewer(session(), viewer(), render_markdown(content.body, links).html, found.space.slug),
    )


@history.get("/<space>/<page>/history/<int:number>/restore")
def consider_restore(space: str, page: str, number: int) -> ResponseReturnValue:
    found = enter_page(space, page, "edit")
    old = queries.revision(session(), found.page, number)
    return render("history/restore.html", found=found, page=found.page, url=found.url, old=old, problems=[])


@history.post("/<space>/<page>/history/<int:number>/restore")
def restore(space: str, page: str, number: int) -> ResponseReturnValue:
    """Make the revision the page's text again, as a new revision: nothing in between is lost."""
    found = enter_page(space, page, "edit")
    person = signed_in_viewer()
    old = queries.revision(session(), found.page, number)
    try:
        saved = actions.restore_revision(session(), catalogue(), person, found.page, number)
    except Invalid as error:
        shown = render(
            "history/restore.html", found=found, page=found.page, url=found.url, old=old, problems=error.problems
        )
        return shown, 422
    if saved.revision is None:
        flash(_("The page says just what revision %(number)s said.", number=number), "note")
    else:
        flash(_("Revision %(number)s is the text of the page again.", number=number), "good")
    return redirect(found.url, 303)


@history.get("/<space>/<page>/authors")
def authors(space: str, page: str) -> ResponseReturnValue:
    """Who wrote which paragraph."""
    found = enter_page(space, page, "history")
    parts, cut = queries.authorship(session(), found.page)
    html = apart(session(), viewer(), found, list(dict.fromkeys(text for part in parts for text in part.texts)))
    return render("history/authors.html", found=found, page=found.page, url=found.url, parts=parts, html=html, cut=cut)
