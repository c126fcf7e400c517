"""When a month is over its letter is proposed to those who coordinate a space. It is never sent by itself."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import SpaceInfo, Viewer, visible_spaces
from wiki.config import Settings
from wiki.db import Database
from wiki.kinds import Catalogue
from wiki.letters.actions import begin
from wiki.letters.announcing import announce
from wiki.letters.months import Month, month_of
from wiki.letters.reading import span_of
from wiki.letters.record import Span
from wiki.letters.words import gather
from wiki.models import Account, Membership, Space, SpaceLetter
from wiki.people.queries import viewer_for_account

REASON = "letter_proposed"
#: Later in a month than this nobody is asked any more; a coordinator can still begin the letter.
UNTIL_DAY = 14


def proposer(database: Database, settings: Settings, catalogue: Catalogue) -> Callable[[], int]:
    """The chore: one look each day of the first two weeks of a month; says how many letters were proposed."""
    looked: date | None = None

    def propose() -> int:
        nonlocal looked
        today = clock.today(settings.time_zone)
        if looked == today or today.day > UNTIL_DAY:
            return 0
        month = month_of(today).before
        with database.read() as session:
            waiting = _without_letter(session, month)
        proposed = sum(_propose(database, settings, catalogue, space, month, today) for space in waiting)
        looked = today
        return proposed

    return propose


def _without_letter(session: Session, month: Month) -> list[int]:
    """Spaces about whose month there is no letter. Where only one takes part there is nobody to write to."""
    there = exists().where(SpaceLetter.space_id == Space.id, SpaceLetter.month == month.key)
    several = (
        select(Membership.space_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Account.active)
        .group_by(Membership.space_id)
        .having(func.count(Membership.account_id.distinct()) > 1)
    )
    return list(session.scalars(select(Space.id).where(~there, Space.id.in_(several)).order_by(Space.id)))


def _propose(
    database: Database, settings: Settings, catalogue: Catalogue, space_id: int, month: Month, today: date
) -> bool:
    """Begin the letter, if one of those who coordinate the space finds anything in it. Of two processes one does it."""
    with database.read() as session:
        coordinators = _coordinators(session, space_id)
        spaces = {who: _space(session, who, space_id) for who in coordinators}
        worth = any(
            space is not None and gather(session, _span(catalogue, settings, who, space, month, today))
            for who, space in spaces.items()
        )
    space = next((one for one in spaces.values() if one is not None), None)
    if not worth or space is None:
        return False
    with database.transaction() as session:
        letter, new = begin(session, space_id, month)
        if new:
            to = [who.account_id for who in coordinators if who.account_id is not None]
            spoken = {"language": settings.language, "zone": settings.time_zone}
            announce(session, space, month, letter, REASON, to, **spoken)
        return new


def _coordinators(session: Session, space_id: int) -> list[Viewer]:
    of_space = select(Membership.account_id).where(Membership.space_id == space_id, Membership.role == "coordinator")
    found = (
        viewer_for_account(session, account) for account in session.scalars(of_space.order_by(Membership.id)).all()
    )
    return [viewer for viewer in found if viewer is not None]


def _space(session: Session, viewer: Viewer, space_id: int) -> SpaceInfo | None:
    return next((one for one in visible_spaces(session, viewer) if one.id == space_id), None)


def _span(
    catalogue: Catalogue, settings: Settings, viewer: Viewer, space: SpaceInfo, month: Month, today: date
) -> Span:
    return span_of(catalogue, viewer, space, month, None, settings.time_zone, today)
