"""What doors of events share: the panel on the page of one, its calendar file, what a browser remembers of answers without a name."""

from flask import Response, g, get_template_attribute
from flask import session as browser
from markupsafe import Markup

from wiki import clock
from wiki.events.panel import panel
from wiki.events.plan import KIND
from wiki.i18n import gettext as _
from wiki.pages.reading import Reading
from wiki.spaces.queries import coming_up
from wiki.web.form_tokens import form_token
from wiki.web.state import catalogue, session, settings, viewer

#: Which events this browser has answered without a name: nobody else remembers.
ANSWERED = "events answered"


def event_panel(reading: Reading) -> Markup:
    """The panel of an event's page; on the front page of a space what is coming up there; nothing on others."""
    if reading.kind.key != KIND:
        return _coming_up(reading) if reading.page.id == reading.found.space.front_page_id else Markup()
    signups = reading.record.facts.get("signups", {})
    today = clock.today(settings().time_zone)
    found = panel(session(), viewer(), reading.found, reading.record.fields, signups, today)
    g.holds_form = True  # what it says of the day changes with the day, and answers hold no token of another sign-in
    purposes = catalogue().rows["agenda_item"].column("purpose")
    token = form_token() if viewer().signed_in else ""
    made: Markup = get_template_attribute("events/on_page.html", "event_panel")(
        found, viewer().signed_in, token, purposes.choices if purposes else {}, reading.found.space
    )
    return made


def _coming_up(reading: Reading) -> Markup:
    space = reading.found.space
    ahead = coming_up(session(), viewer(), space, clock.today(settings().time_zone))
    made: Markup = get_template_attribute("events/coming_up.html", "coming_up")(ahead, space)
    return made


def ics(text: str, name: str) -> Response:
    made = Response(text, mimetype="text/calendar")
    made.headers["Content-Disposition"] = (
        f"attachment; filename={name.encode('ascii', 'ignore').decode() or 'event'}.ics"
    )
    made.headers["Cache-Control"] = "private, no-cache"
    return made


def has_answered(page_id: int) -> str:
    return _("You have said how it was, without your name. Thank you.") if page_id in browser.get(ANSWERED, []) else ""


def remember_answer(page_id: int) -> None:
    browser[ANSWERED] = [*browser.get(ANSWERED, []), page_id][-50:]
