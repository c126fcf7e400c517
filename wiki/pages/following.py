"""What a change of a page of some kind brings with it, in the same transaction: areas above say so, whoever saves does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.kinds import Catalogue, Content
from wiki.models import Page


@dataclass(frozen=True)
class Change:
    """A page that was saved or moved to another state; `was` is the state before, "" for a new page."""

    page: Page
    before: Content
    after: Content
    was: str


Follower: TypeAlias = Callable[[Session, Catalogue, Viewer, Change], None]

#: For what wants to hear of pages of every kind.
EVERY_KIND = ""

_FOLLOWERS: dict[str, list[Follower]] = {}


def follows(kind: str, follower: Follower) -> None:
    """From now on `follower` hears of every change to pages of that kind; raising Invalid it refuses the change."""
    known = _FOLLOWERS.setdefault(kind, [])
    if follower not in known:
        known.append(follower)


def changed(session: Session, catalogue: Catalogue, viewer: Viewer, change: Change) -> None:
    for follower in (*_FOLLOWERS.get(change.page.kind, ()), *_FOLLOWERS.get(EVERY_KIND, ())):
        follower(session, catalogue, viewer, change)
