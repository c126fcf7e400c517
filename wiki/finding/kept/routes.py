"""Searches that somebody keeps, and the feeds of their searches."""

from typing import Any

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki.access import visible_spaces
from wiki.errors import Invalid, Problem
from wiki.finding import asking
from wiki.finding.answering import labels_of
from wiki.finding.asking import Asked, read_question
from wiki.finding.kept import feed_keys, saving
from wiki.finding.kept.saving import Kept
from wiki.i18n import gettext as _
from wiki.pages.typed import TypedPages
from wiki.web.state import catalogue, session, settings, signed_in_viewer
from wiki.web.templating import render

kept = Blueprint("kept", __name__)


@kept.get("/search/follow")
def follow() -> ResponseReturnValue:
    """What somebody can do to hear of new results: keep the search, be mailed, read a feed."""
    return _follow(_asked(), {}, [])


@kept.post("/search/follow")
def save() -> ResponseReturnValue:
    who = signed_in_viewer()
    asked = _asked()
    try:
        saving.save(session(), who, request.form.get("name", ""), asked, _by_mail())
    except Invalid as refused:
        return _follow(asked, request.form.to_dict(), refused.problems), refused.status
    flash(_("The search is saved."), "good")
    return redirect("/account/searches", 303)


@kept.post("/search/feeds")
def make_feed() -> ResponseReturnValue:
    """Give the viewer feed addresses: that of the search they came from is shown next."""
    feed_keys.make(session(), signed_in_viewer())
    return redirect(f"{_asked().address('/search/follow')}#feed", 303)


@kept.post("/search/feeds/ending")
def end_feeds() -> ResponseReturnValue:
    if feed_keys.end(session(), signed_in_viewer()):
        flash(_("None of your feed addresses works any more."), "good")
    return redirect("/account/searches", 303)


@kept.get("/account/searches")
def overview() -> ResponseReturnValue:
    """The viewer's kept searches, with what is new in each."""
    return _overview({}, [])


@kept.post("/account/searches/<int:search_id>")
def change(search_id: int) -> ResponseReturnValue:
    try:
        saving.change(session(), signed_in_viewer(), search_id, request.form.get("name", ""), _by_mail())
    except Invalid as refused:
        problems = [Problem(f"{one.field}-{search_id}", one.message) for one in refused.problems]
        return _overview({f"name-{search_id}": request.form.get("name", "")}, problems), refused.status
    flash(_("The saved search is changed."), "good")
    return redirect(f"/account/searches#search-{search_id}", 303)


@kept.post("/account/searches/<int:search_id>/seen")
def mark_seen(search_id: int) -> ResponseReturnValue:
    saving.mark_seen(session(), signed_in_viewer(), search_id)
    return redirect(f"/account/searches#search-{search_id}", 303)


@kept.post("/account/searches/<int:search_id>/deletion")
def drop(search_id: int) -> ResponseReturnValue:
    name = saving.drop(session(), signed_in_viewer(), search_id).name
    flash(_("“%(name)s” is deleted.", name=name), "good")
    return redirect("/account/searches", 303)


def _asked() -> Asked:
    return asking.read(request.args.items(multi=True), TypedPages(session(), signed_in_viewer(), "").page)[0]


def _by_mail() -> bool:
    return request.form.get("by_mail") == "yes"


def _follow(asked: Asked, values: dict[str, str], problems: list[Problem]) -> str:
    who = signed_in_viewer()
    return render(
        "finding/follow.html",
        asked=asked,
        said=_said(asked),
        values={"name": asked.words or "", **values},
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        feed=feed_keys.address(session(), settings(), who, asked),
    )


def _overview(values: dict[str, Any], problems: list[Problem]) -> str:
    who = signed_in_viewer()
    listed: list[Kept] = saving.listed(session(), who)
    return render(
        "finding/kept.html",
        listed=listed,
        said={one.search.id: _said(read_question(one.search.question)) for one in listed},
        has_feeds=feed_keys.has(session(), who),
        values=values,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )


def _said(asked: Asked) -> list[tuple[str, str]]:
    """The filters of a question in words."""
    who = signed_in_viewer()
    spaces = {space.slug: space for space in visible_spaces(session(), who)}
    return labels_of(session(), catalogue(), who, spaces, asked)
