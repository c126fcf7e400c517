"""The demo's letters: one that was sent, and the one that is proposed since the month is over."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import visible_spaces
from wiki.kinds import Catalogue
from wiki.letters.announcing import announce
from wiki.letters.months import Month, month_of
from wiki.letters.proposing import REASON
from wiki.letters.reading import span_of
from wiki.letters.words import sections
from wiki.models import Account, Space, SpaceLetter
from wiki.people.queries import viewer_of

COORDINATOR = "U8"
GREETING = """Dear all,

the stories below took somebody a minute each to write down. If one of them is of use to you, try it, and say how it
went, also when it did not work.

Until soon, Hal"""
#: So far back a month is looked for in which enough happened: things of so many sorts.
MONTHS_BACK, ENOUGH = 8, 2
#: A letter is proposed on the first day of the next month, and goes out two days later.
PROPOSED, SENT, UNTIL_SENT = time(7), time(10, 5), timedelta(days=2)


def add_letters(
    session: Session, catalogue: Catalogue, accounts: Mapping[str, Account], space: Space, day0: date, zone: str
) -> None:
    """The last month's is proposed, if anything is in it; of the months before it the last eventful one had one."""
    coordinator = accounts[COORDINATOR]
    viewer = viewer_of(session, coordinator)
    place = next(one for one in visible_spaces(session, viewer) if one.id == space.id)

    def sorts(month: Month) -> int:
        return len(sections(session, span_of(catalogue, viewer, place, month, None, zone, month.next.first)))

    last = month_of(day0).before
    earlier = [last.before]
    while len(earlier) < MONTHS_BACK:
        earlier.append(earlier[-1].before)
    sent = next((month for month in earlier if sorts(month) >= ENOUGH), None)
    if sent is not None:
        session.add(_letter(space, sent, zone, coordinator))
    if sorts(last):
        proposed = _letter(space, last, zone)
        session.add(proposed)
        session.flush()
        when = proposed.proposed_at
        announce(session, place, last, proposed, REASON, [coordinator.id], language="en", zone=zone, time=when)
    session.flush()


def _letter(space: Space, month: Month, zone: str, sender: Account | None = None) -> SpaceLetter:
    first = month.next.first
    return SpaceLetter(
        space_id=space.id,
        month=month.key,
        greeting=GREETING if sender is not None else "",
        left_out=[],
        proposed_at=min(_at(first, PROPOSED, zone), clock.now()),
        sent_at=_at(first + UNTIL_SENT, SENT, zone) if sender is not None else None,
        sent_by=sender.id if sender is not None else None,
        sent_by_name=sender.name if sender is not None else "",
    )


def _at(day: date, hour: time, zone: str) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)
