"""What the tables beside pages say of a page: what follows the page that stays, and what stays with the one that goes."""

from typing import Any

from sqlalchemy import delete, exists, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from wiki.models import (
    Account,
    Attachment,
    Enrolment,
    EventFeedback,
    EventInvitation,
    EventSignup,
    Membership,
    Page,
    PageReader,
    Question,
    ReadingRequest,
    ReuseAsked,
    Space,
    Star,
    StepTaken,
    Suggestion,
    Thanks,
    Thread,
    Watch,
)

#: Columns that name a page as somebody or something: they name the page that stays from now on.
FOLLOWS: tuple[InstrumentedAttribute[Any], ...] = (
    Attachment.added_by,
    Enrolment.assigned_by,
    Enrolment.buddy_id,
    Enrolment.org_id,
    Enrolment.path_id,
    Enrolment.person_id,
    Enrolment.role_id,
    EventInvitation.page_id,
    EventSignup.org_id,
    Membership.org_id,
    Page.changed_by,
    Page.created_by,
    Page.deleted_by,
    Page.owner_id,
    Page.partnership_id,
    Page.steward_id,
    Question.org_id,
    Question.page_id,
    Question.partner_id,
    Question.written_id,
    ReadingRequest.page_id,
    Space.front_page_id,
    StepTaken.by_id,
    Suggestion.page_id,
    Thanks.by_id,
    Thanks.org_id,
    Thanks.page_id,
    Thanks.to_id,
    Thread.page_id,
    ReuseAsked.page_id,
)
#: The same where nothing may be there twice: the column, and the one with which it is unique.
FOLLOWS_ONCE = (
    (EventFeedback.page_id, EventFeedback.account_id),
    (EventSignup.page_id, EventSignup.account_id),
    (PageReader.org_id, PageReader.page_id),
    (Star.page_id, Star.account_id),
    (Watch.page_id, Watch.account_id),
)


def follow(session: Session, goes: int, stays: int) -> None:
    """Let everything that names the page `goes` name `stays`."""
    _accounts_follow(session, goes, stays)
    # Passages are looked for anew in the text of the page that stays.
    session.execute(update(Thread).where(Thread.page_id == goes).values(start=None, end=None, number=0))
    # What was suggested for the page that goes cannot be laid over the text of the other.
    session.execute(
        update(Suggestion).where(Suggestion.page_id == goes, Suggestion.state == "open").values(state="withdrawn")
    )
    for column in FOLLOWS:
        session.execute(update(column.class_).where(column == goes).values({column.key: stays}))
    for column, beside in FOLLOWS_ONCE:
        there = aliased(column.class_)
        twice = exists().where(getattr(there, column.key) == stays, getattr(there, beside.key) == beside)
        session.execute(delete(column.class_).where(column == goes, twice))
        session.execute(update(column.class_).where(column == goes).values({column.key: stays}))


def _accounts_follow(session: Session, goes: int, stays: int) -> None:
    """One page stands for one account: of two, the closed one is left without a page."""
    accounts = {one.person_id: one for one in session.query(Account).filter(Account.person_id.in_((goes, stays)))}
    moving, there = accounts.get(goes), accounts.get(stays)
    if moving is None:
        return
    spare = there if moving.active else moving if there is not None else None
    if spare is not None:
        spare.person_id = None
        session.flush()
    if spare is not moving:
        moving.person_id = stays
    session.flush()
