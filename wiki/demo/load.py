"""Puts the demo, Paper Coast, into a wiki: a closed space with pages, their histories, and people who can sign in.

Whatever else the wiki holds stays as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.attachments import actions as attachments
from wiki.attachments.store import Store
from wiki.demo import people
from wiki.demo.days import in_words
from wiki.demo.events import add_events
from wiki.demo.letters import add_letters
from wiki.demo.moments import moments
from wiki.demo.picture import chart
from wiki.demo.questions import add_questions
from wiki.demo.read import DemoPage, read_pages
from wiki.demo.readings import add_readings
from wiki.demo.sheet import sampling_sheet
from wiki.demo.stored import Place
from wiki.demo.talk import add_talk
from wiki.demo.templates import propose_field
from wiki.demo.thanks import add_thanks
from wiki.demo.told import watch_and_tell
from wiki.demo.walking import put_on_path
from wiki.errors import Invalid, Problem
from wiki.handover.notes import PREPARED
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.models import Page, Space
from wiki.pages import deriving, recording
from wiki.spaces.actions import add_space

SLUG = "paper-coast"
NAME = "Paper Coast"
DESCRIPTION = (
    "Five invented organisations look after a polluted shoreline together and make paid work there for young people. "
    "Everything here is made up, to look around in and to try things out."
)
FRONT_PAGE = "P01"
#: The handover that is being written: Ben began it himself, so it is kept up to date.
HANDOVER, LEAVER = "P27", "U2"
PICTURED = "P14"

#: Who loads, in the event log.
LOADER = Viewer(account_id=None, person_id=None, name="wiki demo", admin=True)


@dataclass(frozen=True)
class Loaded:
    """How much was loaded."""

    pages: int
    revisions: int
    accounts: int


def is_loaded(session: Session) -> bool:
    """Whether the wiki holds the demo."""
    return session.execute(select(Space.id).where(Space.demo).limit(1)).first() is not None


def load_demo(
    session: Session, catalogue: Catalogue, store: Store, day0: date, password: str, time_zone: str = "UTC"
) -> Loaded:
    """Load the demo as it stands on `day0`, which is today where the site is; its people sign in with `password`.

    Raises Invalid, with every problem at once, when its space or one of its addresses is taken, or when the page
    templates of this wiki cannot hold it.
    """
    pages = read_pages()
    _refuse(session, catalogue, pages, password)
    space = add_space(session, LOADER, NAME, slug=SLUG, default_role="none", description=DESCRIPTION)
    space.demo = True
    written = moments(catalogue, pages, day0, time_zone, clock.now())
    made = {
        page.id: recording.reserve_page(session, space, catalogue[page.kind], page.slug, page.title, written[0].time)
        for page in pages
    }
    place = Place(day0, {name: page.id for name, page in made.items()}, {page.id: page.title for page in pages})
    for moment in written:
        page, revision = moment.page, moment.revision
        author = Viewer(account_id=None, person_id=made[revision.by].id, name=made[revision.by].title)
        content = place.content(page, revision, catalogue[page.kind])
        recording.record_revision(
            session,
            catalogue,
            author,
            made[page.id],
            content,
            revision.state,
            in_words(revision.note, day0),
            moment.time,
        )
    recording.settle(session, catalogue, made.values())
    _attach_files(session, store, made[PICTURED])
    space.front_page_id = made[FRONT_PAGE].id
    eventlog.record(session, LOADER, PREPARED, page=made[HANDOVER], person=made[LEAVER].id, some=False)
    accounts = people.add_accounts(session, catalogue, LOADER, space, made, password)
    put_on_path(session, made, day0, time_zone, clock.now())
    of_people = dict(zip(people.PARTS, accounts, strict=True))
    add_questions(session, pages, made, of_people, space, place, time_zone)
    add_thanks(session, pages, made, of_people, place, time_zone)
    add_readings(session, pages, made, of_people, space, day0, time_zone)
    add_talk(session, catalogue, made, of_people)
    add_events(session, pages, made, of_people, place, time_zone)
    add_letters(session, catalogue, of_people, space, day0, time_zone)
    propose_field(session, catalogue, of_people)
    watch_and_tell(session, catalogue, made, of_people, space)
    ids = [account.id for account in accounts]
    eventlog.record(session, LOADER, "demo.loaded", space_id=space.id, pages=len(made), accounts=ids)
    return Loaded(len(made), len(written), len(accounts))


def _attach_files(session: Session, store: Store, page: Page) -> None:
    """The chart that the measure's text shows, and what the beach crews print, attached by whoever wrote that text."""
    newest = deriving.current_revision(session, page)
    author = Viewer(account_id=None, person_id=newest.author_id, name=newest.author_name)
    for name, data in (("water-tests.png", chart(newest.fields)), ("taking-a-sample.pdf", sampling_sheet())):
        attached = attachments.attach(session, store, author, page, name, BytesIO(data), len(data))
        attached.added_at = newest.time


def _refuse(session: Session, catalogue: Catalogue, pages: Iterable[DemoPage], password: str) -> None:
    titles = {page.id: page.title for page in pages}
    problems = people.taken(session, [titles[name] for name in people.PARTS])
    if session.execute(select(Space.id).where(Space.slug == SLUG)).first() is not None:
        message = _("There is a space with the address “%(slug)s” already. Nothing was loaded.", slug=SLUG)
        problems.insert(0, Problem("space", message))
    problems += _lacking(catalogue, pages)
    if not password:
        problems.append(Problem("password", _("The demo's people need a password.")))
    if problems:
        raise Invalid(problems)


def _lacking(catalogue: Catalogue, pages: Iterable[DemoPage]) -> list[Problem]:
    """What this wiki's own page templates have no place for."""
    lacking: dict[str, set[str]] = {}
    for page in pages:
        kind = catalogue.get(page.kind)
        for revision in page.revisions:
            unknown = {key for key in revision.fields if kind is None or kind.field(key) is None}
            if kind is None or not kind.in_state(revision.state):
                unknown.add(revision.state)
            lacking.setdefault(page.kind, set()).update(unknown)
    return [
        Problem(
            "kind",
            _(
                "The demo needs the page template “%(kind)s” with these fields and states, which it lacks here: %(names)s",
                kind=kind,
                names=", ".join(sorted(names)),
            ),
        )
        for kind, names in lacking.items()
        if names
    ]
