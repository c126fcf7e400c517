"""The inbox, what one watches, and how one wishes to be told."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, flash, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import Viewer, space_for
from wiki.errors import Invalid, NotFound
from wiki.finding.kept import feed_keys
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds.types.choices import choice_label
from wiki.notices import feed, inbox, watching
from wiki.notices.themes import known_themes, themes_of_page
from wiki.notices.topics import CHANNELS, TOPICS
from wiki.notices.wishes import as_form, choose, wishes_of
from wiki.own.actions import note_change
from wiki.people.back import own_path
from wiki.text import number_in, tidy, url_part
from wiki.web.doors import enter_page
from wiki.web.error_pages import wants_json
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

notices = Blueprint("notices", __name__)

FEED = "/inbox/feed.atom"


@notices.get("/inbox")
def show() -> ResponseReturnValue:
    """What one is told: new, or all; by topic if one wishes."""
    who = signed_in_viewer()
    everything, topic = request.args.get("show") == "all", _topic(request.args.get("topic", ""))
    found = inbox.look(
        session(),
        who,
        unseen=not everything,
        topic=topic,
        before=number_in(request.args.get("before", "")) or None,
    )
    return render(
        "notices/inbox.html",
        inbox=found,
        counts=inbox.counts(session(), who),
        topics=TOPICS,
        topic=topic,
        everything=everything,
        now=clock.now().isoformat(),
        marked=_moment(request.args.get("marked", "")),
    )


@notices.post("/inbox/seen")
def mark() -> ResponseReturnValue:
    """Mark some as seen, or all that were shown; or take that back."""
    who, form = signed_in_viewer(), request.form
    ids = [number for one in form.getlist("notice") if (number := number_in(one))]
    do, marked = form.get("do", "seen"), None
    if do == "undo":
        inbox.unmark(session(), who, seen_at=_moment(form.get("marked", "")) or clock.now())
    elif do == "unseen":
        inbox.unmark(session(), who, ids=ids)
    elif do == "all":
        until = _moment(form.get("until", ""))
        marked = inbox.mark(session(), who, topic=_topic(form.get("topic", "")), until=until)
    else:
        marked = inbox.mark(session(), who, ids=ids)
    if wants_json():
        return jsonify(_count(who))
    back = {
        "show": form.get("show", ""),
        "topic": form.get("topic", ""),
        "marked": marked.isoformat() if marked else "",
    }
    return redirect(_with("/inbox", back), 303)


@notices.get("/inbox/count")
def count() -> ResponseReturnValue:
    """How many are new, for the bell above every page: asked when the page is there."""
    return jsonify(_count(signed_in_viewer()))


def _count(who: Viewer) -> dict[str, Any]:
    new = sum(inbox.counts(session(), who).values())
    return {"count": new, "said": ngettext("%(count)s new notice", "%(count)s new notices", new) if new else ""}


@notices.get(FEED)
def as_feed() -> ResponseReturnValue:
    """One's own notices for a feed reader, by an address that works without signing in."""
    topic = _topic(request.args.get("topic", ""))
    who = viewer()
    if "reader" in request.args:
        given = request.args["reader"], request.args.get("key", "")
        known = feed_keys.reader_of_address(session(), settings(), *given, FEED, _question(topic))
        if known is None:
            raise NotFound(_("This address does not work any more. Make a new one in your notice settings."))
        g.viewer = who = known
    who = signed_in_viewer()
    found = inbox.look(session(), who, topic=topic)
    label = _(TOPICS[topic].label) if topic else _("Inbox")
    response = Response(
        feed.atom(found.groups, label, settings().base_url, settings().site_name, clock.now()),
        mimetype="application/atom+xml",
    )
    response.add_etag()
    response.make_conditional(request)
    return response


@notices.post("/inbox/feeds")
def make_feeds() -> ResponseReturnValue:
    """Give the viewer feed addresses; those of their searches and registers work with the same key."""
    feed_keys.make(session(), signed_in_viewer())
    return redirect("/account/notices#feeds", 303)


@notices.get("/account/notices")
def wishes() -> ResponseReturnValue:
    who = signed_in_viewer()
    assert who.account_id is not None
    return _wishes(as_form(wishes_of(session(), [who.account_id])[who.account_id]))


@notices.post("/account/notices")
def set_wishes() -> ResponseReturnValue:
    who = signed_in_viewer()
    try:
        choose(session(), who, request.form)
    except Invalid as refused:
        return _wishes(request.form.to_dict(), refused), refused.status
    note_change(session(), who)
    flash(_("Your wishes are kept."), "good")
    return redirect("/account/notices", 303)


def _wishes(values: dict[str, Any], refused: Invalid | None = None) -> str:
    who, problems = signed_in_viewer(), refused.problems if refused else []
    addresses = {
        topic: feed_keys.signed_address(session(), settings(), who, FEED, _question(topic)) for topic in ("", "watched")
    }
    return render(
        "notices/wishes.html",
        values=values,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        topics=TOPICS,
        channels=CHANNELS,
        site_zone=settings().time_zone,
        feeds=addresses,
    )


@notices.get("/watching")
def watched() -> ResponseReturnValue:
    """All that one watches; with `space` or `theme` a button for that one first."""
    who = signed_in_viewer()
    wished, space = tidy(request.args.get("theme", ""))[:120], request.args.get("space", "")
    asked = space_for(session(), who, space, "view") if space else None
    mine = watching.listed(session(), who)
    return render(
        "notices/watching.html",
        listed=mine,
        asked=asked,
        asked_theme=wished,
        watches_it=any(
            (asked is not None and one.kind == "space" and one.space == asked.slug)
            or (one.kind == "theme" and one.theme.casefold() == wished.casefold() and asked is None)
            for one in mine
        ),
        themes=known_themes(catalogue()),
        theme_label=_theme_label,
    )


@notices.post("/watching")
def set_watched() -> ResponseReturnValue:
    """Watch a space or a theme, or no longer."""
    who, form = signed_in_viewer(), request.form
    wanted = form.get("do") != "stop"
    theme = tidy(form.get("theme", ""))[:120]
    if form.get("space"):
        space = space_for(session(), who, form["space"], "view")
        (watching.watch_space if wanted else watching.stop_space)(session(), who, space.id)
        said = space.name
    elif theme:
        (watching.watch_theme if wanted else watching.stop_theme)(session(), who, theme)
        said = _theme_label(theme)
    else:
        return redirect("/watching", 303)
    _tell(said, wanted)
    return redirect(_own_path(form.get("back", "")) or "/watching", 303)


@notices.get("/<space>/<page>/watch")
def ask_page(space: str, page: str) -> ResponseReturnValue:
    """What can be watched from a page: itself, its space, its themes."""
    found, who = enter_page(space, page, "view"), signed_in_viewer()
    themes = themes_of_page(session(), found.page.id)
    mine = {theme.casefold() for theme in watching.themes_of(session(), who)}
    return render(
        "notices/watch.html",
        page=found.page,
        url=found.url,
        watches_page=watching.watches_page(session(), who, found.page),
        keeps=found.page.owner_id is not None and found.page.owner_id == who.person_id,
        watches_space=watching.watches_space(session(), who, found.space.id),
        themes=[(theme, _theme_label(theme), theme.casefold() in mine) for theme in themes],
    )


@notices.post("/<space>/<page>/watch")
def watch_page(space: str, page: str) -> ResponseReturnValue:
    found, who = enter_page(space, page, "view"), signed_in_viewer()
    wanted = request.form.get("do") != "stop"
    if wanted:
        watching.watch_page(session(), who, found.page.id)
    else:
        watching.stop_page(session(), who, found.page)
    note_change(session(), who)
    if wants_json():
        return Response(status=204)
    _tell(found.page.title, wanted)
    return redirect(_own_path(request.form.get("back", "")) or found.url, 303)


def _tell(what: str, wanted: bool) -> None:
    said = _("You watch “%(what)s” now.", what=what) if wanted else _("You no longer watch “%(what)s”.", what=what)
    flash(said, "good")


def _own_path(path: str) -> str:
    """A path of this site to go back to, or nothing."""
    return own_path(path) if path else ""


def _theme_label(theme: str) -> str:
    field = next((one for kind in catalogue().values() if (one := kind.field("themes"))), None)
    return choice_label(field, theme) if field else theme


def _topic(key: str) -> str:
    return key if key in TOPICS else ""


def _question(topic: str) -> str:
    return f"topic={topic}" if topic else ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _with(path: str, values: dict[str, str]) -> str:
    asked = "&".join(f"{name}={url_part(value)}" for name, value in values.items() if value)
    return f"{path}?{asked}" if asked else path
