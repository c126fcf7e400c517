"""Which partner a question may be carried to, and who answers there: the people whom the organisation's own page names as speaking for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, visible_pages
from wiki.i18n import sort_key
from wiki.models import Account, Membership, Page, Question, QuestionAsked, Row
from wiki.questions.holders import holders_of
from wiki.questions.insiders import GONE
from wiki.questions.readers import who_may_read


@dataclass(frozen=True)
class Partner:
    """Another organisation of the space. `contact` is the account that a question goes to, None if nobody there can read it."""

    org_id: int
    name: str
    contact: int | None = None
    contact_name: str = ""


def partners(
    session: Session, viewer: Viewer, space_id: int, org_id: int | None, page: Page | None, today: date
) -> list[Partner]:
    """The other organisations of the space whose pages the viewer may read, by name; the one that the page is due to first."""
    acting = select(Membership.org_id).where(Membership.space_id == space_id, Membership.org_id.is_not(None))
    found = session.execute(
        select(Page.id, Page.title).where(Page.id.in_(acting), Page.id != (org_id or 0), visible_pages(viewer))
    ).all()
    due = _due_to(session, page, space_id)
    ordered = sorted(found, key=lambda row: (row.id != due, sort_key(row.title)))
    contacts = _contacts(session, space_id, [row.id for row in ordered], today)
    wanted = {account for people in contacts.values() for account, _name in people} - {viewer.account_id}
    readers = who_may_read(session, space_id, page, {one for one in wanted if one is not None})
    return [_partner(row.id, row.title, contacts.get(row.id, []), readers) for row in ordered]


def default_partner(session: Session, people: Sequence[Partner], page: Page | None, space_id: int) -> Partner | None:
    """The one to whom the page is due: whose knowledge it is, who keeps it right, or whom it is about."""
    due = _due_to(session, page, space_id)
    return next((one for one in people if one.org_id == due and one.contact is not None), None)


def contact_of(session: Session, question: Question, page: Page | None, today: date) -> Partner | None:
    """Who gets the question when it is carried to its partner now; None if nobody there can who does not have it already."""
    if question.partner_id is None:
        return None
    contacts = _contacts(session, question.space_id, [question.partner_id], today).get(question.partner_id, [])
    asked = select(QuestionAsked.account_id).where(QuestionAsked.question_id == question.id)
    known = {question.asker_id, *session.scalars(asked)}
    others = [(account, name) for account, name in contacts if account not in known]
    readers = who_may_read(session, question.space_id, page, {account for account, _name in others})
    title = session.scalar(select(Page.title).where(Page.id == question.partner_id)) or ""
    found = _partner(question.partner_id, title, others, readers)
    return found if found.contact is not None else None


def page_of(session: Session, question: Question) -> Page | None:
    """The page that a question is about, for those who may read the question."""
    return session.get(Page, question.page_id) if question.page_id is not None else None


def _partner(org_id: int, name: str, contacts: Sequence[tuple[int, str]], readers: set[int]) -> Partner:
    account, contact = next((one for one in contacts if one[0] in readers), (None, ""))
    return Partner(org_id, name, account, contact)


def _due_to(session: Session, page: Page | None, space_id: int) -> int | None:
    if page is None:
        return None
    if page.steward_id is not None:
        return page.steward_id
    if page.kind == "organisation":
        return page.id
    owners = holders_of(session, page)
    acting = (
        select(Membership.org_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Account.person_id.in_(owners), Membership.space_id == space_id, Membership.org_id.is_not(None))
    )
    return session.scalar(acting.order_by(Membership.id).limit(1)) if owners else None


def _contacts(session: Session, space_id: int, orgs: Sequence[int], today: date) -> dict[int, list[tuple[int, str]]]:
    """Organisation -> (account, name) of those who speak for it: as its own page says, else by their role in the space."""
    found: dict[int, list[tuple[int, str]]] = {}
    for org, account, name in [*_named(session, orgs, today), *_by_role(session, space_id, orgs)]:
        if (account, name) not in found.setdefault(org, []):
            found[org].append((account, name))
    return found


def _named(session: Session, orgs: Sequence[int], today: date) -> Iterator[tuple[int, int, str]]:
    person = aliased(Page)
    rows = session.execute(
        select(Row.page_id, Row.data, Account.id, Account.name)
        .join(Account, Account.person_id == Row.person_id)
        .outerjoin(person, person.id == Account.person_id)
        .where(Row.page_id.in_(orgs), Row.table == "representatives", Account.active)
        .where(or_(person.id.is_(None), person.state.not_in(GONE)))
        .order_by(Row.page_id, Row.position)
    )
    day = today.isoformat()
    for org, data, account, name in rows:
        if (data.get("from") or day) <= day <= (data.get("to") or day):
            yield org, account, name


def _by_role(session: Session, space_id: int, orgs: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    rows = session.execute(
        select(Membership.org_id, Account.id, Account.name)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.space_id == space_id, Membership.role == "rep", Membership.org_id.in_(orgs), Account.active)
        .order_by(Membership.org_id, Account.name)
    )
    for org, account, name in rows:
        if org is not None:
            yield org, account, name
