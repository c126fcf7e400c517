"""Whom to ask when nothing is written yet: the coordinators of the spaces that were searched."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, Viewer
from wiki.finding.asking import Asked
from wiki.finding.names import Names
from wiki.models import Account, Membership

#: Spaces for which somebody is named.
MOST_SPACES = 3


@dataclass(frozen=True)
class Person:
    """Somebody to ask; `url` is their page, if the reader may open it."""

    name: str
    url: str


@dataclass(frozen=True)
class Circle:
    """The people to ask in one space."""

    space: SpaceInfo
    people: list[Person]


def whom_to_ask(session: Session, viewer: Viewer, spaces: Iterable[SpaceInfo], asked: Asked) -> list[Circle]:
    """For the spaces of which the viewer is a member: their members know each other's names already."""
    chosen = asked.values("space")
    own = [space for space in spaces if space.roles and (not chosen or space.slug in chosen)][:MOST_SPACES]
    if not own:
        return []
    found = session.execute(
        select(Membership.space_id, Account.name, Account.person_id)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.space_id.in_([space.id for space in own]),
            Membership.role == "coordinator",
            Account.active,
            Account.id != viewer.account_id,
        )
        .order_by(Account.name)
    ).all()
    names = Names(session, viewer)
    names.look_up(row.person_id for row in found if row.person_id is not None)
    circles = []
    for space in own:
        people = [
            Person(row.name, named.url if (named := names.get(row.person_id)) else "")
            for row in found
            if row.space_id == space.id
        ]
        if people:
            circles.append(Circle(space, people))
    return circles
