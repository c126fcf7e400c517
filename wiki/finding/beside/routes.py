"""Search beside the pages themselves: in their files, and in what they said before."""

from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from wiki.errors import Problem
from wiki.finding.beside import queries
from wiki.i18n import gettext as _
from wiki.web.state import catalogue, session, viewer
from wiki.web.templating import render

beside = Blueprint("beside", __name__)

PAGE = 20
LAST_PAGE = 500


@beside.get("/search/files")
def files() -> ResponseReturnValue:
    """Files in which the words stand, with the page, slide or sheet."""
    words, page = _words(), _page()
    found = queries.files_found(session(), viewer(), words, limit=PAGE, offset=(page - 1) * PAGE)
    return render("finding/files.html", query=words, found=found, page=page, last=_last(found.total), address=_address)


@beside.get("/search/past")
def past() -> ResponseReturnValue:
    """What pages said before; with `at` (a year, a month or a day) what they said then."""
    words, page, at = _words(), _page(), request.args.get("at", "").strip()[:40]
    window = queries.window_of(at)
    problems = []
    if at and window is None:
        problems.append(Problem("at", _("Write a year, a month or a day, such as 2023, 2023-06 or 2023-06-15.")))
    found = queries.past_found(session(), catalogue(), viewer(), words, window, limit=PAGE, offset=(page - 1) * PAGE)
    still = queries.still_found(session(), viewer(), words, window) if window and page == 1 else []
    return render(
        "finding/past.html",
        query=words,
        at=at,
        found=found,
        still=still,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        page=page,
        last=_last(found.total),
        address=_address,
    ), 422 if problems else 200


def _words() -> str:
    return request.args.get("q", "").strip()


def _page() -> int:
    text = request.args.get("p", "1")
    return min(max(1, int(text)), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _last(total: int) -> int:
    return min(max(1, -(-total // PAGE)), LAST_PAGE)


def _address(page: int) -> str:
    """This search, on another page of its results."""
    kept = {name: value for name, value in request.args.items() if value and name != "p"}
    return f"{request.path}?{urlencode({**kept, 'p': page} if page > 1 else kept)}"
