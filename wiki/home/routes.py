"""The front door, and help."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import visible_spaces
from wiki.home import queries
from wiki.web.state import session, settings, viewer
from wiki.web.templating import render

home = Blueprint("home", __name__)

#: Kinds that take two minutes: offered to be written down at once.
QUICK = ("meeting", "decision", "lesson", "article")


@home.get("/")
def front() -> ResponseReturnValue:
    """For somebody signed in: what they keep, what changed, what to write. For a visitor: what is open to all."""
    person = viewer()
    return render(
        "home/front.html" if person.signed_in else "home/visitor.html",
        spaces=visible_spaces(session(), person),
        recent=queries.recent_changes(session(), person),
        kept=queries.kept_by(session(), person),
        drafts=queries.drafts(session(), person) if person.signed_in else [],
        today=clock.today(settings().time_zone),
        quick=QUICK,
    )


@home.get("/help")
def help_page() -> ResponseReturnValue:
    """What there is to know in the first hour."""
    return render("home/help.html")


@home.get("/help/accessibility")
def accessibility() -> ResponseReturnValue:
    """How the site serves people with assistive tools, and whom to tell when it does not."""
    return render("home/accessibility.html")
