"""Pages that were written with an earlier version of their template, or with one that is retired: listed, brought over, turned."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki.access import page_by_id
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Kind
from wiki.packs import behind, converting, looking, upgrading
from wiki.packs.types import type_names
from wiki.packs.upgrading import Answer
from wiki.pages.typed import PlainNames
from wiki.text import number_in
from wiki.web.state import catalogue, session, signed_in_viewer, viewer
from wiki.web.templating import render

upgrades = Blueprint("upgrades", __name__)


@upgrades.get("/templates/<key>/behind")
def pages_behind(key: str) -> ResponseReturnValue:
    """Pages of earlier versions that the viewer may read, and what they need."""
    signed_in_viewer()
    kind = looking.template(catalogue(), key)
    return render("packs/behind.html", kind=kind, report=behind.report(session(), catalogue(), viewer(), kind))


@upgrades.post("/templates/<key>/behind")
def bring_over(key: str) -> ResponseReturnValue:
    """Bring over the pages that need nobody, as far as this person may edit them."""
    person = signed_in_viewer()
    kind = looking.template(catalogue(), key)
    done, left = upgrading.bring_all_over(session(), catalogue(), person, kind)
    flash(ngettext("%(count)s page was brought over.", "%(count)s pages were brought over.", done), "good")
    if left:
        flash(
            ngettext(
                "%(count)s page is left: press the button again.",
                "%(count)s pages are left: press the button again.",
                left,
            ),
            "note",
        )
    return redirect(f"/templates/{key}/behind", 303)


@upgrades.route("/templates/<key>/behind/<int:number>", methods=["GET", "POST"])
def bring_one_over(key: str, number: int) -> ResponseReturnValue:
    """One page with values that a person has to look at: what becomes of each."""
    person = signed_in_viewer()
    kind = looking.template(catalogue(), key)
    found = page_by_id(session(), viewer(), min(number, 2**31 - 1), "edit")
    if found.page.kind != key:
        raise NotFound(_("This page has another template."))
    names = PlainNames(session(), viewer())
    problems: list[Problem] = []
    if request.method == "POST":
        base = number_in(request.form.get("base", ""))
        try:
            upgrading.bring_over(session(), catalogue(), person, found.page, base, _answers(), names)
            flash(_("The page is of version %(version)s now.", version=kind.version), "good")
            return redirect(f"/templates/{key}/behind", 303)
        except Invalid as refused:
            problems = refused.problems
    shown = upgrading.guide(session(), kind, person, found.page, names)
    page = render(
        "packs/upgrade.html",
        kind=kind,
        page=found.page,
        found=found,
        guide=shown,
        problems=problems,
        types=type_names(),
    )
    return page, 422 if problems else 200


def _answers() -> dict[str, Answer]:
    """ "what" or "what:to" by the name of the value."""
    found = {}
    for name, said in request.form.items():
        if name.startswith("a."):
            what, _colon, to = said.partition(":")
            found[name] = Answer(what, to)
    return found


@upgrades.get("/templates/<key>/pages")
def consider_turning(key: str) -> ResponseReturnValue:
    """What would become of the pages of a retired template if all were of another kind."""
    kind = _turnable(key)
    goal = next((one for one in converting.goals(catalogue()) if one.key == request.args.get("to", "")), None)
    return _turning(kind, goal, [])


@upgrades.post("/templates/<key>/pages")
def turn(key: str) -> ResponseReturnValue:
    """Turn all that the administrator may turn, each with one revision."""
    kind = _turnable(key)
    goal = next((one for one in converting.goals(catalogue()) if one.key == request.form.get("to", "")), None)
    if goal is None:
        return _turning(kind, None, [Problem("to", _("Choose what the pages should be."))]), 422
    done, left = converting.turn_all(session(), catalogue(), viewer(), kind, goal)
    flash(ngettext("%(count)s page was turned.", "%(count)s pages were turned.", done), "good")
    return redirect(f"/templates/{key}/pages?to={goal.key}" if left else f"/templates/{key}", 303)


def _turnable(key: str) -> Kind:
    if not signed_in_viewer().admin:
        raise Forbidden(_("Only administrators change page templates."))
    kind = looking.template(catalogue(), key)
    if not kind.retired:
        raise NotFound(_("This template is offered for new pages. Each page can be turned on its own."))
    return kind


def _turning(kind: Kind, goal: Kind | None, problems: list[Problem]) -> str:
    return render(
        "packs/turn.html",
        kind=kind,
        goals=converting.goals(catalogue()),
        goal=goal,
        outlook=converting.outlook(session(), viewer(), kind, goal) if goal else None,
        problems=problems,
    )
