"""When the demo's revisions were written: in working hours of their days, the same on every load."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from wiki.demo.read import DemoPage, DemoRevision
from wiki.kinds import Catalogue

#: People write from nine to four o'clock; what the program did by itself, because of what they wrote, follows at four.
BEGIN, END, AFTERWARDS = 9 * 60, 16 * 60, 16 * 60
LAST_HOUR = 60


@dataclass(frozen=True)
class Moment:
    """One revision, and when it was written (UTC)."""

    time: datetime
    page: DemoPage
    revision: DemoRevision


def moments(catalogue: Catalogue, pages: Iterable[DemoPage], day0: date, time_zone: str, now: datetime) -> list[Moment]:
    """All revisions of the pages in the order of time, none later than `now`."""
    found = []
    for page in pages:
        state = ""
        for revision in page.revisions:
            by_itself = _is_by_itself(catalogue, page, state, revision.state)
            time = _on_day(page, revision, day0, ZoneInfo(time_zone), by_itself)
            found.append(Moment(min(time, now), page, revision))
            state = revision.state
    return sorted(found, key=lambda one: one.time)


def _is_by_itself(catalogue: Catalogue, page: DemoPage, was: str, state: str) -> bool:
    """Whether only the program brings a page from the one state to the other."""
    kind = catalogue[page.kind]
    ways = kind.state(was).next if was and was != state else ()
    return any(way.to == state and tuple(way.who) == ("system",) for way in ways)


def _on_day(page: DemoPage, revision: DemoRevision, day0: date, zone: ZoneInfo, by_itself: bool) -> datetime:
    spread = crc32(f"{page.id} {revision.day}".encode())
    minute = AFTERWARDS + spread % LAST_HOUR if by_itself else BEGIN + spread % (END - BEGIN)
    day = datetime.combine(day0 + timedelta(days=revision.day), time(), zone)
    return (day + timedelta(minutes=minute, seconds=spread % 59)).astimezone(UTC)
