"""Search in the browser: words, filters, results at once after a save; the same as a file and as a feed."""

from contextlib import suppress

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import SpaceInfo, visible_spaces
from wiki.errors import NotFound, Problem
from wiki.finding import asking, choosing, csv_file, feed
from wiki.finding.answering import Answer, Asking
from wiki.finding.asking import Asked
from wiki.finding.beside.elsewhere import Elsewhere, elsewhere
from wiki.finding.help_sheet import examples
from wiki.finding.kept import feed_keys, saving
from wiki.finding.suggesting import suggestions
from wiki.finding.whom import whom_to_ask
from wiki.i18n import gettext as _
from wiki.i18n import language
from wiki.models import SavedSearch
from wiki.pages.typed import TypedPages
from wiki.questions.insiders import Subject
from wiki.questions.similar import Before, asked_before
from wiki.web.state import catalogue, session, settings, viewer
from wiki.web.templating import render

finding = Blueprint("finding", __name__)

#: Questions beside the results, and how like what was searched for they have to be.
QUESTIONS_SHOWN, LIKE = 2, 0.5


@finding.get("/search")
def find() -> ResponseReturnValue:
    """What answers the question, best first; the whole question is in the address."""
    spaces = visible_spaces(session(), viewer())
    asked, problems = _asked()
    kept = _kept()
    new = frozenset(saving.new_ids(session(), viewer(), kept)) if kept else frozenset()
    place = Asking(
        session(),
        catalogue(),
        viewer(),
        {space.slug: space for space in spaces},
        clock.today(settings().time_zone),
        new,
    )
    answer = place.answer(asked)
    nothing = asked.anything and not answer.results.total and not problems
    return render(
        "finding/results.html",
        query=asked.words,
        answer=answer,
        asked=answer.asked,
        spaces=spaces,
        kept=kept,
        new_count=len(new),
        problems=problems,
        sorts=choosing.sorts(),
        examples=examples(),
        elsewhere=_elsewhere(answer) if asked.words and asked.page == 1 and not asked.chosen and not problems else None,
        before=_asked_before(answer.title) if asked.words and asked.page == 1 else [],
        writable=_writable(spaces, asked) if nothing else None,
        circles=whom_to_ask(session(), viewer(), spaces, asked) if nothing and viewer().signed_in else [],
    ), 422 if problems else 200


def _elsewhere(answer: Answer) -> Elsewhere | None:
    """Files, and earlier texts, that have all of the words while no page has."""
    results = answer.results
    if results.total and not results.loosened and not results.mended:
        return None
    found = elsewhere(session(), catalogue(), viewer(), answer.asked.words, past=not results.total)
    return found if found.anything else None


def _asked_before(words: str) -> list[Before]:
    """Questions with these words that the reader may know of, and what was answered."""
    if not viewer().signed_in:
        return []
    subject = Subject(0, None, text=words, language=language())
    return asked_before(session(), viewer(), subject, limit=QUESTIONS_SHOWN, enough=LIKE)


@finding.get("/search/results.csv")
def file_of_results() -> ResponseReturnValue:
    """All that is found as a file for spreadsheets, in the same order."""
    asked, _problems = _asked()
    spaces = {space.slug: space for space in visible_spaces(session(), viewer())}
    today = clock.today(settings().time_zone)
    text = csv_file.csv_text(session(), catalogue(), viewer(), spaces, asked, today, settings().base_url)
    response = Response(text, mimetype="text/csv")
    name = f"search-{today.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@finding.get("/search/feed.atom")
def feed_of_results() -> ResponseReturnValue:
    """What is found, changed last first, for feed readers: as the address's maker may read it now, else as a visitor may."""
    asked, _problems = _asked()
    reader = viewer()
    if "reader" in request.args:
        known = feed_keys.reader_of(session(), settings(), request.args["reader"], request.args.get("key", ""), asked)
        if known is None:
            raise NotFound(_("This feed address does not work any more. Make a new one beside the search."))
        reader = known
    answer = Response(
        feed.atom(session(), catalogue(), reader, asked, settings(), clock.now()), mimetype="application/atom+xml"
    )
    answer.add_etag()
    return answer.make_conditional(request)


@finding.get("/search/suggestions")
def suggest() -> ResponseReturnValue:
    """What may be meant by what is being typed: pages by their titles, filters by their names and values."""
    spaces = {space.slug: space for space in visible_spaces(session(), viewer())}
    return jsonify(suggestions(session(), catalogue(), viewer(), spaces, request.args.get("q", "")))


@finding.get("/help/search")
def help_sheet() -> ResponseReturnValue:
    """How to ask, with examples that can be tried."""
    return render("finding/help.html", examples=examples())


def _asked() -> tuple[Asked, list[Problem]]:
    pages = TypedPages(session(), viewer(), "")
    return asking.read(request.args.items(multi=True), pages.page)


def _kept() -> SavedSearch | None:
    """The kept search that somebody opened from their list: what is new in it is marked."""
    number = request.args.get("kept", "")
    if not viewer().signed_in or not (number.isascii() and number.isdecimal()) or len(number) > 9:
        return None
    with suppress(NotFound):  # an address that somebody passed on
        return saving.own(session(), viewer(), int(number))
    return None


def _writable(spaces: list[SpaceInfo], asked: Asked) -> SpaceInfo | None:
    """Where "write it" leads: the space that was searched, else any in which this person may write."""
    wished = [*asked.values("space"), request.args.get("from", "")]
    possible = [space for space in spaces if space.may("create")]
    return next((space for space in possible if space.slug in wished), possible[0] if possible else None)
