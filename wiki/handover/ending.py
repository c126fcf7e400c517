"""The last day is over: the person has left, the account ends, and whoever looks after the handover is told."""

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session

from wiki import clock, i18n
from wiki.access import Viewer
from wiki.config import Settings
from wiki.db import Database
from wiki.errors import Invalid, Problem
from wiki.handover import telling
from wiki.handover.loose_ends import unlisted
from wiki.handover.notes import PERSON, content_now, open_notes, the_wiki, write
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue
from wiki.models import Account, FieldValue, Page
from wiki.pages.actions import hold
from wiki.people.actions import close_account

#: People whose last day passes at once: more than that wait for the next round.
MOST = 50


def let_go(database: Database, settings: Settings, catalogue: Catalogue) -> int:
    """The chore: everybody whose last day is over has left. Doing it twice, or in several processes, makes no difference."""
    today = clock.today(settings.time_zone)
    with database.read() as session:
        if not session.scalar(select(exists(_gone(today)))):
            return 0
    count = 0
    for _each in range(MOST):
        with i18n.use(settings.language, settings.time_zone), database.transaction() as session:
            person = session.scalars(_gone(today).limit(1).with_for_update(of=Page, skip_locked=True)).one_or_none()
            if person is None:
                break
            _leaves(session, catalogue, person, today)
            count += 1
    return count


def _gone(today: date) -> Select[Any]:
    last = and_(FieldValue.page_id == Page.id, FieldValue.key == "last_day", FieldValue.date < today)
    there = Page.kind == PERSON, Page.state == "leaving", Page.deleted_at.is_(None)
    return select(Page).join(FieldValue, last).where(*there).order_by(Page.id)


def _leaves(session: Session, catalogue: Catalogue, person: Page, today: date) -> None:
    viewer = the_wiki()
    person = hold(session, catalogue, person)
    write(session, catalogue, viewer, person, content_now(session, person), _("The last day is over"), "left")
    close_accounts(session, viewer, person)
    tell_left_behind(session, viewer, person)


def tell_left_behind(session: Session, viewer: Viewer, person: Page) -> None:
    for note in open_notes(session, person.id, ("draft", "ready", "with_successor")):
        telling.left_behind(session, viewer, note, content_now(session, note))


def end_account(session: Session, viewer: Viewer, person: Page, today: date, catalogue: Catalogue) -> None:
    """Somebody was marked as left by hand. Raises Invalid while there are things that no note lists: they would be forgotten."""
    loose = unlisted(session, catalogue, person.id, today)
    if loose:
        said = ngettext(
            "%(count)s thing that %(name)s holds is in no handover note. Prepare a handover first.",
            "%(count)s things that %(name)s holds are in no handover note. Prepare a handover first.",
            len(loose),
            name=person.title,
        )
        raise Invalid([Problem("to", said)])
    close_accounts(session, viewer, person)
    tell_left_behind(session, viewer, person)


def close_accounts(session: Session, viewer: Viewer, person: Page) -> None:
    """Sign-ins, tokens and mailed links of the person end. The last administrator keeps theirs: nobody else could let people in."""
    for account in session.scalars(select(Account).where(Account.person_id == person.id, Account.active)):
        try:
            close_account(session, viewer, account)
        except Invalid:
            telling.last_administrator(session, viewer, person)
