"""Whom and what entries of the event log name beside what happened: accounts, pages, spaces. For one reader, in one statement.

What the reader may not open has no name here: of a page only its number is shown, which says nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from wiki.access import Viewer, known_spaces, visible_pages
from wiki.models import Account, Event, Page, Space
from wiki.text import url_part

#: What the numbers of details are of, by their keys. A key of pages may hold words instead, such as the state that follows.
ACCOUNTS: Final = ("account", "accounts")
PAGES: Final = ("person", "org", "other", "to", "by")
#: Entries that name spaces by their addresses, and where.
SPACES: Final[Mapping[str, tuple[str, ...]]] = {"page.moved": ("came_from", "to")}

Key = tuple[str, int | str]


@dataclass(frozen=True)
class Named:
    """What an entry names; `number` is how the log knows it."""

    text: str
    url: str
    number: int | str

    def __str__(self) -> str:
        return f"{self.text} ({self.number})"


@dataclass(frozen=True)
class Names:
    """The names in one part of the log."""

    _known: Mapping[Key, Named]

    def page(self, event: Event) -> Named | None:
        """The page that the entry is of."""
        return self._known.get(("page", event.page_id)) if event.page_id is not None else None

    def space(self, event: Event) -> Named | None:
        return self._known.get(("space", event.space_id)) if event.space_id is not None else None

    def of(self, event: Event, key: str) -> list[Any]:
        """The values of a detail, with names for numbers as far as the reader may know them."""
        return [self._known.get(one, value) if one else value for value, one in _each(event, key)]


def names(session: Session, viewer: Viewer, events: Iterable[Event]) -> Names:
    """What these events name, and the pages and spaces that they are of."""
    wanted = {one for event in events for one in _wanted(event)}
    pages, accounts = _ids(wanted, "page"), _ids(wanted, "account")
    spaces = known_spaces(viewer).subquery()
    found = session.execute(
        union_all(
            select(literal("page").label("what"), Page.id, Page.title, Space.slug, Page.slug.label("page"))
            .join(Space, Space.id == Page.space_id)
            .where(Page.id.in_(pages), visible_pages(viewer)),
            select(literal("account"), Account.id, Account.name, literal(""), literal("")).where(
                Account.id.in_(accounts)
            ),
            select(literal("space"), spaces.c.id, spaces.c.name, spaces.c.slug, literal("")),
        )
    )
    known: dict[Key, Named] = {}
    for what, number, text, space, page in found:
        known[what, number] = Named(text, _address(what, number, space, page), number)
        if what == "space":
            known[what, space] = Named(text, known[what, number].url, space)
    return Names(known)


def _wanted(event: Event) -> Iterable[Key]:
    if event.page_id is not None:
        yield "page", event.page_id
    for key in event.detail:
        yield from (one for _value, one in _each(event, key) if one)


def _each(event: Event, key: str) -> Iterable[tuple[Any, Key | None]]:
    """Every value of a detail, with what it is the number or the address of, if of anything."""
    held = event.detail[key]
    for value in held if isinstance(held, list) else [held]:
        yield value, _meant(event.verb, key, value)


def _meant(verb: str, key: str, value: Any) -> Key | None:
    if isinstance(value, str):
        return ("space", value) if key in SPACES.get(verb, ()) else None
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return ("account", value) if key in ACCOUNTS else ("page", value) if key in PAGES else None


def _ids(wanted: Iterable[Key], what: str) -> list[int | str]:
    return sorted(number for kind, number in wanted if kind == what and isinstance(number, int))


def _address(what: str, number: int, space: str, page: str) -> str:
    if what == "account":
        return f"/admin/accounts/{number}"
    return f"/{url_part(space)}/{url_part(page)}" if page else f"/{url_part(space)}"
