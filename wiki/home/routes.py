"""The front door, the palette, help, and what browsers and robots ask a site for."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import visible_spaces
from wiki.conversation.home import for_home as talk_for_home
from wiki.home import palette, queries
from wiki.home.mine import mine
from wiki.own import queries as own
from wiki.paths import queries as paths
from wiki.questions.home import for_home
from wiki.registers.listing import Place
from wiki.web.form_tokens import form_token
from wiki.web.state import catalogue, choices, session, settings, signed_in_viewer, site, viewer
from wiki.web.templating import render

home = Blueprint("home", __name__)

#: Kinds that take two minutes: offered to be written down at once.
QUICK = ("meeting", "decision", "lesson")
NOT_FOR_ROBOTS = (
    "/account",
    "/admin",
    "/api/",
    "/complete",
    "/palette",
    "/search",
    "/sign-in",
    "/*/history",
    "/*/compare",
    "/*/new",
)


@home.get("/")
def front() -> ResponseReturnValue:
    """For somebody signed in: what is theirs to do. For a visitor: what is open to all."""
    return home_page() if viewer().signed_in else render("home/visitor.html", **_open_to_all())


@home.get("/registers/mine")
def my_work() -> ResponseReturnValue:
    """The same, by the name that it has among the registers."""
    signed_in_viewer()
    return home_page()


def home_page() -> str:
    person = viewer()
    spaces = {one.slug: one for one in visible_spaces(session(), person)}
    zone = settings().time_zone
    return render(
        "home/mine.html",
        work=mine(session(), Place(catalogue(), person, spaces, clock.today(zone), zone)),
        spaces=list(spaces.values()),
        walks=paths.for_home(session(), catalogue(), person),
        today=clock.today(zone),
        drafts=queries.drafts(session(), person),
        starred=own.starred(session(), person),
        seen=own.seen(session(), person),
        quick=QUICK,
        waiting=for_home(session(), person),
        talk=talk_for_home(session(), catalogue(), person),
    )


def _open_to_all() -> dict[str, Any]:
    return {
        "spaces": visible_spaces(session(), viewer()),
        "recent": queries.recent_changes(session(), viewer()),
    }


@home.get("/help")
def help_page() -> ResponseReturnValue:
    """What there is to know in the first hour."""
    return render("home/help.html")


@home.get("/help/accessibility")
def accessibility() -> ResponseReturnValue:
    """How the site serves people with assistive tools, and whom to tell when it does not."""
    return render("home/accessibility.html")


@home.get("/palette")
def palette_items() -> ResponseReturnValue:
    """What the palette offers, and the token with which the page may send what its reader chooses there; or that alone."""
    if "token" in request.args:
        return jsonify(token=form_token())
    person = viewer()
    return jsonify(
        groups=palette.groups(
            catalogue(),
            person,
            visible_spaces(session(), person),
            request.args.get("space", ""),
            own.starred(session(), person),
            own.seen(session(), person, own.page_ids(request.args.get("seen", ""))[: own.SHOWN]),
        ),
        token=form_token(),
    )


@home.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Robots may read what is public; lists and forms are of no use to them."""
    lines = ["User-agent: *", *(f"Disallow: {place}" for place in NOT_FOR_ROBOTS), "Allow: /"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@home.get("/site.webmanifest")
def manifest() -> ResponseReturnValue:
    """How the site calls itself when somebody puts it on the first screen of a phone."""
    url = site().assets.url
    dark = choices().theme == "dark"
    return jsonify(
        name=settings().site_name,
        short_name=settings().site_name,
        start_url="/",
        display="minimal-ui",
        background_color="#121716" if dark else "#ffffff",
        theme_color="#121716" if dark else "#ffffff",
        icons=[
            {"src": url("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": url("img/mark-512.png"), "sizes": "512x512", "type": "image/png"},
        ],
    ), {"Content-Type": "application/manifest+json"}
