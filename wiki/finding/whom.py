"""Whom to ask when nothing is written yet: the coordinators of the spaces that were searched."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, Viewer, visible_pages
from wiki.finding.asking import Asked
from wiki.models import Account, Membership, Page, Space
from wiki.text import url_part

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
        select(Membership.space_id, Account.name, Page.slug, Space.slug.label("at"))
        .join(Account, Account.id == Membership.account_id)
        .outerjoin(Page, and_(Page.id == Account.person_id, visible_pages(viewer)))
        .outerjoin(Space, Space.id == Page.space_id)
        .where(
            Membership.space_id.in_([space.id for space in own]),
            Membership.role == "coordinator",
            Account.active,
            Account.id != viewer.account_id,
        )
        .order_by(Account.name)
    ).all()
    circles = []
    for space in own:
        people = [
            Person(row.name, f"/{url_part(row.at)}/{url_part(row.slug)}" if row.at else "")
            for row in found
            if row.space_id == space.id
        ]
        if people:
            circles.append(Circle(space, people))
    return circles
