"""Questions that nobody inside has answered in time are carried to the partner: by one process at a time, each in a transaction of its own."""

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.config import Settings
from wiki.db import Database
from wiki.models import Membership, Page, Question, QuestionAsked
from wiki.questions import telling
from wiki.questions.actions import put_to, reach
from wiki.questions.partners import contact_of, page_of
from wiki.questions.readers import who_may_read

#: Questions that are carried in one go.
MOST = 50
CARRIER = Viewer(account_id=None, person_id=None, name="Holdfast")


def carry(database: Database, settings: Settings, limit: int = MOST) -> int:
    """Carry what is due; says how many reached a partner. Whatever stops it, what was carried is carried once."""
    carried = 0
    for _each in range(limit):
        if not _anything_due(database):
            break
        with database.transaction() as session:
            carried += _carry_next(session, settings)
    return carried


def _due() -> Any:
    waiting = (Question.state == "open") & Question.partner_at.is_(None)
    return waiting & Question.goes_at.is_not(None) & (Question.goes_at <= clock.now())


def _anything_due(database: Database) -> bool:
    """Asked first, so that an idle worker never takes SQLite's write lock."""
    with database.read() as session:
        return bool(session.scalar(select(exists().where(_due()))))


def _carry_next(session: Session, settings: Settings) -> bool:
    found = select(Question).where(_due()).order_by(Question.goes_at, Question.id).limit(1)
    question = session.scalars(found.with_for_update(skip_locked=True)).one_or_none()
    if question is None:
        return False
    page = page_of(session, question)
    partner = contact_of(session, question, page, clock.today(settings.time_zone))
    if partner is None or partner.contact is None:
        _stay_inside(session, question, page)
        return False
    reach(session, question, partner.contact)
    eventlog.record(session, CARRIER, "question.carried", space_id=question.space_id, question=question.id)
    telling.carried(session, question, partner.contact, None)
    return True


def _stay_inside(session: Session, question: Question, page: Page | None) -> None:
    """Nobody can be asked there: the coordinators are, who can find somebody."""
    question.goes_at = None
    asked = select(QuestionAsked.account_id).where(QuestionAsked.question_id == question.id)
    known = {question.asker_id, *session.scalars(asked)}
    coordinators = select(Membership.account_id).where(
        Membership.space_id == question.space_id, Membership.role == "coordinator"
    )
    new = {one for one in session.scalars(coordinators) if one not in known}
    told = sorted(who_may_read(session, question.space_id, page, new))
    put_to(session, question, [(one, "coordinator") for one in told])
    telling.asked(session, question, told)
    session.flush()
    eventlog.record(session, CARRIER, "question.stayed", space_id=question.space_id, question=question.id)
