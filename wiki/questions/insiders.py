"""Whom a question is put to, inside the asker's organisation first: the page's owner, the asker's buddy, people who hold something of
the page, people who can be asked about its theme, the coordinators.

Inside are those who act for the same organisation in the space; where the asker acts for none, those who act for none either.
Nobody is asked who may not read the page, who has left or is away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, visible_pages
from wiki.i18n import sort_key
from wiki.kinds import Catalogue
from wiki.models import REASONS, Account, FieldValue, Membership, Page, Row
from wiki.questions.buddies import buddies_of
from wiki.questions.holders import holders_of, parts_in
from wiki.questions.readers import who_may_read
from wiki.questions.words import stems_of

#: People to whom a question is put unless the asker chooses others: more of them, and each waits for the others.
AT_FIRST = 3
GONE = ("away", "left")


@dataclass(frozen=True)
class Insider:
    """Somebody inside who can be asked. `about` is the theme for which they are."""

    account_id: int
    name: str
    why: str
    about: str = ""


@dataclass(frozen=True)
class Subject:
    """What is asked about: where, by whom for which organisation, and in which words."""

    space_id: int
    org_id: int | None
    page: Page | None = None
    theme: str = ""
    text: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Colleague:
    """An account of the space: `orgs` are those that it acts for there."""

    account_id: int
    person_id: int | None
    name: str
    orgs: frozenset[int] = frozenset()
    roles: frozenset[str] = field(default_factory=frozenset)

    def inside(self, org_id: int | None) -> bool:
        return org_id in self.orgs if org_id is not None else not self.orgs


def insiders(session: Session, catalogue: Catalogue, viewer: Viewer, subject: Subject) -> list[Insider]:
    """Everybody inside who can be asked, in the order in which they are; each once, with the first reason."""
    owners = holders_of(session, subject.page)
    buddies = buddies_of(session, viewer.person_id)
    everybody = _colleagues(session, subject.space_id, [*owners, *buddies])
    inside = [one for one in everybody if one.inside(subject.org_id)]
    at_hand = {one.person_id: one for one in inside if one.person_id is not None}
    parts = parts_in(session, catalogue, subject.page, list(at_hand))
    themes = _themes(session, viewer, subject, list(at_hand))
    found = [
        *_named(at_hand, owners, "owner"),
        *_named(at_hand, buddies, "buddy"),
        *sorted(_named(at_hand, parts, "holds"), key=_by_name),
        *sorted(
            (Insider(one.account_id, one.name, "theme", themes[who]) for who, one in at_hand.items() if who in themes),
            key=_by_name,
        ),
        *sorted(
            (Insider(one.account_id, one.name, "coordinator") for one in everybody if "coordinator" in one.roles),
            key=_by_name,
        ),
    ]
    readers = who_may_read(session, subject.space_id, subject.page, {one.account_id for one in found})
    return _each_once(one for one in found if one.account_id in readers and one.account_id != viewer.account_id)


def asked_first(people: Sequence[Insider]) -> list[Insider]:
    """Those to whom the question goes unless the asker chooses: everybody of the first reason, though not too many."""
    return [one for one in people if one.why == people[0].why][:AT_FIRST]


def _by_name(one: Insider) -> tuple[tuple[str, str], int]:
    return sort_key(one.name), one.account_id


def _named(at_hand: dict[int, Colleague], people: Iterable[int], why: str) -> list[Insider]:
    known = [at_hand[one] for one in people if one in at_hand]
    return [Insider(one.account_id, one.name, why) for one in known]


def _each_once(people: Iterable[Insider]) -> list[Insider]:
    first: dict[int, Insider] = {}
    for one in people:
        first.setdefault(one.account_id, one)
    return sorted(first.values(), key=lambda one: REASONS.index(one.why))


def _colleagues(session: Session, space_id: int, more: Sequence[int]) -> list[Colleague]:
    """Open accounts with a role in the space, and those of people who are asked for by name; without those who are gone."""
    person = aliased(Page)
    rows = session.execute(
        select(Account.id, Account.person_id, Account.name, Membership.org_id, Membership.role)
        .outerjoin(Membership, (Membership.account_id == Account.id) & (Membership.space_id == space_id))
        .outerjoin(person, person.id == Account.person_id)
        .where(
            Account.active,
            or_(Membership.id.is_not(None), Account.person_id.in_(more)),
            or_(person.id.is_(None), person.state.not_in(GONE)),
        )
        .order_by(Account.id)
    ).all()
    found: dict[int, Colleague] = {}
    for row in rows:
        before = found.get(row.id, Colleague(row.id, row.person_id, row.name))
        orgs = before.orgs | ({row.org_id} if row.org_id is not None else set())
        found[row.id] = Colleague(row.id, row.person_id, row.name, orgs, before.roles | {row.role or ""})
    return list(found.values())


def _themes(session: Session, viewer: Viewer, subject: Subject, people: Sequence[int]) -> dict[int, str]:
    """Person -> what they can be asked about, among what the question is about: by their own page, or by a role that they hold."""
    offered = _offered(session, viewer, people)
    if not offered:
        return {}
    topics = topics_of(session, subject)
    title = subject.page.title if subject.page is not None else ""
    words = stems_of(f"{title}\n{subject.text}", subject.language)
    found: dict[int, str] = {}
    for person, theme in offered:
        stems = stems_of(theme, subject.language)
        if theme.casefold() in topics or (stems and stems <= words):
            found.setdefault(person, theme)
    return found


def topics_of(session: Session, subject: Subject) -> set[str]:
    """The theme that was chosen, else those of the page."""
    if subject.theme or subject.page is None:
        return {subject.theme.casefold()} - {""}
    themes = select(FieldValue.text).where(FieldValue.page_id == subject.page.id, FieldValue.key == "themes")
    return {str(one).casefold() for one in session.scalars(themes) if one}


def _offered(session: Session, viewer: Viewer, people: Sequence[int]) -> list[tuple[int, str]]:
    """(person, theme) of what people say that they can be asked about, and of the roles that they hold; as far as the asker may read it."""
    own = (
        select(FieldValue.page_id, FieldValue.text)
        .join(Page, Page.id == FieldValue.page_id)
        .where(FieldValue.key == "ask_me_about", FieldValue.page_id.in_(people), visible_pages(viewer))
        .order_by(FieldValue.page_id, FieldValue.position)
    )
    held = (
        select(Row.person_id, FieldValue.text)
        .join(FieldValue, FieldValue.page_id == Row.page_id)
        .join(Page, Page.id == Row.page_id)
        .where(
            Page.kind == "role",
            Page.over == "",
            Page.archived_at.is_(None),
            Row.table == "holders",
            Row.data["to"].as_string().is_(None),
            Row.person_id.in_(people),
            FieldValue.key == "themes",
            visible_pages(viewer),
        )
        .order_by(Row.id, FieldValue.position)
    )
    rows = [*session.execute(own), *session.execute(held)]
    return [(int(row[0]), str(row[1])) for row in rows if row[1]]
