"""Once a day coordinators hear what nobody looks after in their spaces, if there is anything new among it."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from wiki import clock, i18n
from wiki.access import SpaceInfo, Viewer, visible_spaces
from wiki.config import Settings
from wiki.db import Database
from wiki.kinds import Catalogue
from wiki.models import Account, Membership, ToldUnattended
from wiki.notices.telling import tell
from wiki.people.queries import viewer_of
from wiki.registers.listing import Place
from wiki.registers.named.reviews import Reviews

REASON = "unattended"


def teller(database: Database, settings: Settings, catalogue: Catalogue) -> Callable[[], int]:
    """The chore: one look each day; says how many people were told."""
    done: date | None = None

    def tell_today() -> int:
        nonlocal done
        today = clock.today(settings.time_zone)
        if done == today:
            return 0
        with database.read() as session:
            waiting = _waiting(session, today)
        told = sum(_one(database, settings, catalogue, account, today) for account in waiting)
        done = today
        return told

    return tell_today


def _waiting(session: Session, today: date) -> list[int]:
    """Accounts that coordinate a space and for whom nobody has looked today."""
    looked = exists().where(ToldUnattended.account_id == Account.id, ToldUnattended.day >= today)
    coordinates = exists().where(Membership.account_id == Account.id, Membership.role == "coordinator")
    return list(session.scalars(select(Account.id).where(Account.active, coordinates, ~looked).order_by(Account.id)))


def _one(database: Database, settings: Settings, catalogue: Catalogue, account: int, today: date) -> bool:
    with i18n.use(settings.language, settings.time_zone), database.transaction() as session:
        locked = session.scalars(select(Account).where(Account.id == account).with_for_update()).one_or_none()
        earlier = session.get(ToldUnattended, account)
        if locked is None or (earlier is not None and earlier.day >= today):
            return False
        viewer = viewer_of(session, locked)
        spaces = _coordinated(session, viewer)
        there = _things(session, settings, catalogue, viewer, spaces, today)
        new = set(there) - set(earlier.things if earlier is not None else ())
        if earlier is None:
            session.add(ToldUnattended(account_id=account, day=today, things=there))
        else:
            earlier.day, earlier.things = today, there
        if new:
            asked = urlencode([("status", "orphan"), *(("space", one.slug) for one in spaces)])
            words = {"new": i18n.format_number(len(new)), "all": i18n.format_number(len(there))}
            tell(session, {account}, REASON, link=f"/registers/reviews?{asked}", words=words)
        return bool(new)


def _coordinated(session: Session, viewer: Viewer) -> list[SpaceInfo]:
    return [one for one in visible_spaces(session, viewer) if "coordinator" in one.roles]


def _things(
    session: Session,
    settings: Settings,
    catalogue: Catalogue,
    viewer: Viewer,
    spaces: list[SpaceInfo],
    today: date,
) -> list[str]:
    """What the register of reviews shows them as looked after by nobody."""
    place = Place(catalogue, viewer, {one.slug: one for one in spaces}, today, settings.time_zone)
    found = Reviews().lines(session, place, [one.id for one in spaces])
    return sorted({line.key for line in found.lines if line.status == "orphan"})
