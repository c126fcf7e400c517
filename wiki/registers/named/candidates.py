"""The pages that may have to be looked at: chosen by the database, so that few contents are read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Text, and_, case, cast, exists, func, not_, null, or_, select, true, tuple_
from sqlalchemy.orm import Session, aliased

from wiki.access import visible_pages
from wiki.facts.roles import nobody, roles_of
from wiki.kinds import Record
from wiki.kinds.workings.care import SOON
from wiki.models import FieldValue, Page, Revision
from wiki.models.base import Moment
from wiki.registers.listing import Place
from wiki.registers.named.rows import PAGE_FACTS, PageFacts, hidden_here, own_spaces, within

#: States in which a page is over: nobody has to look at it again.
OVER = frozenset(
    """superseded replaced retired ended withdrawn closed cancelled archived left former wound_up rejected used shelved
    applied acted_on reported confirmed""".split()
)
#: Kinds of pages that stand for themselves: nobody else has to keep them right.
_OWN = ("person", "organisation")
#: Kinds whose content says whether they are late, and the states in which they can be.
_CAN_BE_LATE = (
    *(("agreement", state) for state in ("out_for_endorsement", "in_force", "under_review")),
    *(("terms_of_reference", state) for state in ("out_for_endorsement", "in_use", "under_review")),
    *(
        (kind, state)
        for kind in ("action_plan", "strategic_plan", "communication_plan", "financial_plan")
        for state in ("out_for_endorsement", "current", "under_review")
    ),
    *(("partnership", state) for state in ("connect", "begin", "implement", "monitor")),
    *(("handover", state) for state in ("draft", "ready", "with_successor", "accepted")),
    *(("meeting", state) for state in ("planned", "held")),
    *(("evaluation", state) for state in ("planned", "agreed")),
    *(("progress_report", state) for state in ("draft", "shared")),
    ("decision", "proposed"),
    ("needs_assessment", "under_way"),
    ("risk_register", "open"),
    ("measure", "jointly_agreed"),
    ("role", "in_use"),
    ("event", "held"),
    ("lesson", "shared"),
    ("practice", "shared"),
    ("orientation", "current"),
    ("howto", "current"),
    ("howto", "needs_test"),
)
_Owner = aliased(Page)
_OwnerOrg = aliased(FieldValue)
_Earlier = aliased(Revision)


@dataclass(slots=True)
class ReviewFacts(PageFacts):
    """`review_due` and `last_looked` are ISO days."""

    review_due: str | None = None
    last_looked: str | None = None


@dataclass(frozen=True)
class Candidate:
    """`record` is there if the page's content can say that it is late."""

    page: ReviewFacts
    orphan: bool
    orgs: tuple[int, ...]
    record: Record | None


def candidates(session: Session, place: Place, spaces: Sequence[int], owner: int | None = None) -> list[Candidate]:
    """The pages, or those that one person keeps right, in one statement."""
    may_be_late = _may_be_late(place)
    due = Page.review_due <= place.today + timedelta(days=SOON)
    query = (
        select(
            *PAGE_FACTS,
            Page.review_due,
            Page.last_reviewed,
            _Owner.state.label("owner_state"),
            case((_nobody(place), 1), else_=0).label("orphaned"),
            _OwnerOrg.ref_id.label("owner_org"),
            case((may_be_late, cast(Revision.fields, Text)), else_=null()).label("content"),
            case((may_be_late, _entered()), else_=null()).label("entered"),
        )
        .select_from(Page)
        .join(Revision, and_(Revision.page_id == Page.id, Revision.number == Page.number))
        .outerjoin(_Owner, and_(_Owner.id == Page.owner_id, _Owner.deleted_at.is_(None)))
        .outerjoin(
            _OwnerOrg,
            and_(_OwnerOrg.page_id == Page.owner_id, _OwnerOrg.key == "org", _OwnerOrg.position == 0),
        )
        .where(
            visible_pages(place.viewer),
            within(spaces),
            Page.archived_at.is_(None),
            Page.state.not_in(sorted(OVER)),
            or_(Page.owner_id == owner, Page.owner_id.in_(roles_of(owner, place.today)))
            if owner is not None
            else true(),
            or_(due, and_(_nobody(place), Page.kind.not_in(_OWN), Page.over == ""), may_be_late),
        )
    )
    return [_candidate(row, place) for row in session.connection().execute(query).all()]


def hidden_pages(session: Session, place: Place, spaces: Sequence[int]) -> int:
    """How many pages there are that the viewer may not see, in their own spaces."""
    own = own_spaces(place, spaces)
    if not own:
        return 0
    return session.execute(select(func.count()).select_from(Page).where(hidden_here(place, own))).scalar_one()


def _nobody(place: Place) -> ColumnElement[bool]:
    return nobody(_Owner, place.today)


def _may_be_late(place: Place) -> ColumnElement[bool]:
    """Of the kinds above; and decisions that were accepted, if their fields say that something was left out or is past."""
    past = _day("bring_partners_in_by") < place.today
    unchecked = not_(exists().where(FieldValue.page_id == Page.id, FieldValue.key == "check"))
    met = exists().where(FieldValue.page_id == Page.id, FieldValue.key == "condition_met", FieldValue.text == "yes")
    accepted = and_(Page.kind == "decision", Page.state == "accepted", or_(past, unchecked, met))
    return or_(tuple_(Page.kind, Page.state).in_(_CAN_BE_LATE), accepted)


def _day(key: str) -> Any:
    there = select(FieldValue.date).where(FieldValue.page_id == Page.id, FieldValue.key == key).limit(1)
    return there.correlate(Page).scalar_subquery()


def _entered() -> Any:
    """When the page came into the state in which it is."""
    before = (
        select(func.coalesce(func.max(_Earlier.number), 0))
        .where(_Earlier.page_id == Page.id, _Earlier.state != Page.state)
        .correlate(Page)
        .scalar_subquery()
    )
    steps = aliased(Revision)
    since = select(func.min(steps.time, type_=Moment)).where(steps.page_id == Page.id, steps.number > before)
    return since.correlate(Page).scalar_subquery()


def _candidate(row: Any, place: Place) -> Candidate:
    page = ReviewFacts.read(
        row,
        place,
        review_due=row.review_due.isoformat() if row.review_due else None,
        last_looked=row.last_reviewed.isoformat() if row.last_reviewed else None,
    )
    orphan = row.kind not in _OWN and bool(row.orphaned)
    orgs = (row.owner_org,) if row.owner_org else ()
    return Candidate(page, orphan, orgs, _record(row, ZoneInfo(place.time_zone)) if row.content else None)


def _record(row: Any, zone: ZoneInfo) -> Record:
    entered: datetime | None = row.entered
    days = {row.state: entered.astimezone(zone).date()} if entered is not None else {}
    return Record(row.kind, row.state, json.loads(row.content), row.review_due, row.owner_state or "", days)
