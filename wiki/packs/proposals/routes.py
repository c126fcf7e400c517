"""Proposals in the browser: what they would change, what people say, and the answer."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki.errors import Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.packs import looking, proposing
from wiki.packs.publishing import Definition
from wiki.packs.shelf import KIND
from wiki.packs.wording import differences
from wiki.text import number_in
from wiki.web.state import catalogue, session, signed_in_viewer, site
from wiki.web.templating import render

proposals = Blueprint("template_proposals", __name__)


@proposals.get("/templates/proposals/<int:number>")
def proposal(number: int) -> ResponseReturnValue:
    signed_in_viewer()
    return _proposal(number)


def _proposal(number: int, problems: list[Problem] | None = None) -> ResponseReturnValue:
    one = proposing.proposal(session(), number)
    library = site().library
    base = looking.tried(session(), library, Definition(KIND, one.kind, one.base_text, one.base_sections)).kind
    tried = looking.tried(session(), library, Definition(KIND, one.kind, one.text, one.sections))
    shown = render(
        "packs/proposal.html",
        proposal=one,
        kind=catalogue().get(one.kind),
        tried=tried,
        found=differences(base, tried.kind) if one.base and base and tried.kind else [],
        comments=proposing.comments(session(), one),
        outdated=one.state == proposing.OPEN and proposing.is_outdated(session(), library, one),
        values=request.form.to_dict() if problems else {},
        problems=problems or [],
        errors={each.field: each.message for each in problems or []},
    )
    return shown, 422 if problems else 200


@proposals.post("/templates/proposals/<int:number>/<act>")
def answer(number: int, act: str) -> ResponseReturnValue:
    """Comment, accept, decline, withdraw, take a comment away."""
    person = signed_in_viewer()
    one = proposing.proposal(session(), number)
    said = request.form.get("answer", "")
    try:
        if act == "comments":
            proposing.comment(session(), person, one, request.form.get("text", ""))
        elif act == "acceptance":
            proposing.accept(session(), site().library, person, one, said)
            flash(_("Version %(version)s holds from now on.", version=one.accepted), "good")
        elif act == "refusal":
            proposing.decline(session(), person, one, said)
        elif act == "withdrawal":
            proposing.withdraw(session(), person, one)
        elif act == "removal":
            proposing.remove_comment(session(), person, one, number_in(request.form.get("comment", "")))
        else:
            raise NotFound(_("There is nothing at this address."))
    except Invalid as refused:
        return _proposal(number, refused.problems)
    return redirect(proposing.address(one), 303)
