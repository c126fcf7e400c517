"""Who is to hear of some events, looked up for all of them at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wiki.models import Account, Event, FieldValue, Membership, Page, Revision, Watch
from wiki.notices.watching import keepers_of

#: Fields that name people and organisations who are to be told when a page is settled.
INFORMED = ("informed",)

Key = TypeVar("Key", int, str)


class Receivers:
    """`pages` are those of the events that still exist; `accounts` are those of the people who acted."""

    def __init__(self, session: Session, events: Sequence[Event]) -> None:
        self.session = session
        ids = {event.page_id for event in events}
        there = session.scalars(select(Page).where(Page.id.in_(ids), Page.deleted_at.is_(None)))
        self.pages = {page.id: page for page in there}
        owners = {page.owner_id for page in self.pages.values() if page.owner_id is not None}
        actors = {event.actor_id for event in events if event.actor_id is not None}
        self.accounts = _accounts(session, owners | actors)
        self._keepers = keepers_of(session, self.pages.keys())
        self._page_watchers, self._space_watchers = _watchers(
            session, self.pages.keys() | owners, {page.space_id for page in self.pages.values()}
        )
        created = {event.page_id for event in events if event.verb == "page.created"}
        self._theme_watchers = _theme_watchers(session) if created else {}
        self._themes = _themes(session, created) if self._theme_watchers else {}

    def of_page(self, page_id: int) -> set[int]:
        return self._page_watchers.get(page_id, set())

    def of_space(self, space_id: int) -> set[int]:
        return self._space_watchers.get(space_id, set())

    def of_keeper(self, page_id: int) -> set[int]:
        """Who keeps the page, if they want to hear of it."""
        return self._keepers.get(page_id, set())

    def keeper(self, person_id: Any) -> set[int]:
        """The account of a person who was made a keeper, whatever their wishes."""
        if not isinstance(person_id, int):
            return set()
        if person_id not in self.accounts:
            self.accounts |= _accounts(self.session, {person_id})
        return {self.accounts[person_id]} if person_id in self.accounts else set()

    def of_themes(self, page_id: int) -> Iterator[tuple[str, set[int]]]:
        """The themes of a page with who watches each."""
        for theme in self._themes.get(page_id, ()):
            yield theme, self._theme_watchers.get(theme.casefold(), set())

    def informed(self, page: Page, fields: Mapping[str, Any]) -> set[int]:
        """People whom the page names as to be told; of an organisation, those who act for it in the page's space."""
        named = {one for key in INFORMED for one in fields.get(key) or () if isinstance(one, int)}
        if not named:
            return set()
        acts = (Membership.account_id == Account.id) & (Membership.space_id == page.space_id)
        found = (
            select(Account.id)
            .outerjoin(Membership, acts)
            .where(Account.active, or_(Account.person_id.in_(named), Membership.org_id.in_(named)))
        )
        return set(self.session.scalars(found))

    def around(self, event: Event) -> tuple[dict[str, Any], dict[str, Any], str]:
        """The page's fields before and after, and the state it was in then."""
        number = event.revision or 0
        found = select(Revision.number, Revision.fields, Revision.state).where(
            Revision.page_id == event.page_id, Revision.number.in_((number - 1, number))
        )
        rows = {row.number: row for row in self.session.execute(found)}
        before, after = rows.get(number - 1), rows.get(number)
        return before.fields if before else {}, after.fields if after else {}, after.state if after else ""


def _accounts(session: Session, people: Collection[int]) -> dict[int, int]:
    """Person page -> open account."""
    found = select(Account.person_id, Account.id).where(Account.person_id.in_(people), Account.active)
    return {person: account for person, account in session.execute(found) if person is not None}


def _watchers(
    session: Session, pages: Collection[int], spaces: Collection[int]
) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Who watches these pages, and these spaces."""
    found = session.execute(
        select(Watch.page_id, Watch.space_id, Watch.account_id).where(
            or_(Watch.page_id.in_(pages), Watch.space_id.in_(spaces)), ~Watch.muted
        )
    ).all()
    return _by((row[0], row[2]) for row in found), _by((row[1], row[2]) for row in found)


def _theme_watchers(session: Session) -> dict[str, set[int]]:
    rows = session.execute(select(Watch.theme, Watch.account_id).where(Watch.theme.is_not(None)))
    return _by((str(theme).casefold(), account_id) for theme, account_id in rows)


def _themes(session: Session, pages: Collection[int | None]) -> dict[int, list[str]]:
    rows = session.execute(
        select(FieldValue.page_id, FieldValue.text).where(FieldValue.page_id.in_(pages), FieldValue.key == "themes")
    )
    found: dict[int, list[str]] = {}
    for page_id, text in rows:
        found.setdefault(page_id, []).append(str(text or ""))
    return found


def _by(pairs: Iterable[tuple[Key | None, int]]) -> dict[Key, set[int]]:
    found: dict[Key, set[int]] = {}
    for key, account_id in pairs:
        if key is not None:
            found.setdefault(key, set()).add(account_id)
    return found
