"""Who hears of a handover, and what: the people of the note, those to whom something is offered, partners last and least."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.handover.notes import Parties, name_of
from wiki.kinds import Content
from wiki.models import Account, Membership, Page
from wiki.notices.telling import account_ids, tell

ITEMS = "/items"


def begun(session: Session, viewer: Viewer, page: Page, content: Content) -> None:
    """The manager and the successor, and the leaver if somebody else began it. No partner."""
    parties, day = Parties.of(content), content.fields.get("last_day")
    words = {"day": day or ""}
    for reason, person in (
        ("handover_yours", parties.leaver),
        ("handover_manager", parties.manager),
        ("handover_successor", parties.successor),
    ):
        _tell(session, viewer, [person], reason, page, parties, words)


def given(session: Session, viewer: Viewer, page: Page, content: Content) -> None:
    """It is with the successor now."""
    parties = Parties.of(content)
    _tell(session, viewer, [parties.successor, parties.manager], "handover_given", page, parties)


def offered(session: Session, viewer: Viewer, page: Page, content: Content, people: Iterable[int]) -> None:
    """Those who are to take something on."""
    _tell(session, viewer, people, "handover_offered", page, Parties.of(content))


def sent_back(session: Session, viewer: Viewer, page: Page, content: Content, word: str) -> None:
    parties = Parties.of(content)
    _tell(session, viewer, [parties.leaver, parties.manager], "handover_back", page, parties, {"text": word})


def taken(session: Session, viewer: Viewer, page: Page, content: Content) -> None:
    parties = Parties.of(content)
    _tell(session, viewer, [parties.leaver, parties.manager], "handover_taken", page, parties)


def asked(session: Session, viewer: Viewer, page: Page, content: Content, question: str) -> None:
    parties = Parties.of(content)
    people = [one for one in (parties.leaver, parties.manager) if one != viewer.person_id]
    _tell(session, viewer, people, "handover_question", page, parties, {"text": question}, "/items#questions")


def answered(session: Session, viewer: Viewer, page: Page, content: Content, answer: str) -> None:
    parties = Parties.of(content)
    _tell(session, viewer, [parties.successor], "handover_answer", page, parties, {"text": answer}, "/items#questions")


def left_behind(session: Session, viewer: Viewer, page: Page, content: Content) -> None:
    """The last day is over and nobody has taken it on: the manager, and who coordinates the space."""
    parties = Parties.of(content)
    to = account_ids(session, [parties.manager]) | coordinators(session, page.space_id)
    words = {"leaver": name_of(session, parties.leaver)}
    tell(session, to, "handover_left", page.id, by=viewer.account_id, link=ITEMS, words=words)


def partner(session: Session, viewer: Viewer, page: Page, org: int, by: str, day: str, how: str) -> None:
    """The representatives of a partner organisation: what the note says that they were told, by whom, when and how. No more."""
    title = session.scalar(select(Page.title).where(Page.id == org)) or ""
    words = {"name": by, "org": title, "day": day, "how": how}
    reason = "handover_partner" if how else "handover_partner_plainly"
    tell(session, representatives(session, page.space_id, org), reason, None, link="/", group=f"{page.id}", words=words)


def last_administrator(session: Session, viewer: Viewer, person: Page) -> None:
    """Who has left is the last administrator, and can still sign in: themselves, who alone can mend it, and the coordinators."""
    to = account_ids(session, [person.id]) | coordinators(session, person.space_id)
    tell(session, to, "last_administrator", person.id, by=viewer.account_id)


def coordinators(session: Session, space_id: int) -> set[int]:
    return _members(session, space_id, "coordinator")


def representatives(session: Session, space_id: int, org: int) -> set[int]:
    return _members(session, space_id, "rep", org)


def _members(session: Session, space_id: int, role: str, org: int | None = None) -> set[int]:
    found = select(Account.id).join(Membership, Membership.account_id == Account.id)
    found = found.where(Membership.space_id == space_id, Membership.role == role, Account.active)
    return set(session.scalars(found.where(Membership.org_id == org) if org is not None else found))


def _tell(
    session: Session,
    viewer: Viewer,
    people: Iterable[int | None],
    reason: str,
    page: Page,
    parties: Parties,
    words: dict[str, str] | None = None,
    link: str = ITEMS,
) -> None:
    to = account_ids(session, people)
    said = {"leaver": name_of(session, parties.leaver), **(words or {})}
    tell(session, to, reason, page.id, by=viewer.account_id, link=link, words=said)
