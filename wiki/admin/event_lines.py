"""The event log as an administrator reads it, on pages and as a CSV file that spreadsheets open."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.admin.event_names import Named, Names, names
from wiki.admin.event_words import Detail, details_of, words_of
from wiki.admin.queries import Batch, batch
from wiki.errors import TooLarge
from wiki.i18n import format_number
from wiki.i18n import gettext as _
from wiki.models import Event, Space
from wiki.registers.csv_file import BYTE_ORDER_MARK, harmless

#: Entries that a file holds, and that are read and named together.
MOST, BATCH = 20_000, 500

_Row = tuple[Event, str | None]


@dataclass(frozen=True)
class EventLine:
    """One entry. Of a page that the reader may not see there is neither title nor detail."""

    id: int
    time: datetime
    verb: str
    said: str
    actor: str
    space: str
    space_url: str
    page: Named | None
    details: list[Detail]
    hidden: bool


def events(session: Session, viewer: Viewer, page: int) -> Batch:
    """The event log, newest first."""
    found = batch(session, _log().order_by(Event.id.desc()), page)
    return Batch(list(_lines(session, viewer, found.items)), found.page, found.pages, found.total)


def csv_text(session: Session, viewer: Viewer, year: int | None = None) -> str:
    """The log as a file, oldest first; names with their numbers. Raises TooLarge when it is longer than a file may be."""
    query = _log()
    if year is not None:
        begins, ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
        query = query.where(Event.time >= begins, Event.time < ends)
    total = session.execute(select(func.count()).select_from(query.subquery())).scalar() or 0
    if total > MOST:
        count, most = format_number(total), format_number(MOST)
        message = _(
            "These are %(count)s entries; a file holds %(most)s. Take one year after the other.", count=count, most=most
        )
        raise TooLarge(message)
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written)
    heads = (_("Number"), _("When"), _("Who"), _("What"), "verb", _("Where"), _("Page"), "page_id", _("Details"))
    writer.writerow([harmless(head) for head in heads])
    after = 0
    while found := _rows(session, query.where(Event.id > after).order_by(Event.id).limit(BATCH)):
        writer.writerows([harmless(cell) for cell in _cells(line)] for line in _lines(session, viewer, found))
        after = found[-1][0].id
    return written.getvalue()


def years(session: Session) -> list[int]:
    """The years that have a file of their own, because the log is longer than one file may be; the newest first."""
    count, first, last = session.execute(select(func.count(), func.min(Event.time), func.max(Event.time))).one()
    return list(range(last.year, first.year - 1, -1)) if count > MOST else []


def _log() -> Select[Event, str]:
    return select(Event, Space.name).outerjoin(Space, Space.id == Event.space_id)


def _rows(session: Session, query: Select[Event, str]) -> list[_Row]:
    return [(row[0], row[1]) for row in session.execute(query)]


def _lines(session: Session, viewer: Viewer, rows: Sequence[_Row]) -> Iterator[EventLine]:
    known = names(session, viewer, [event for event, _space in rows])
    return (_line(event, space or "", known) for event, space in rows)


def _line(event: Event, space: str, known: Names) -> EventLine:
    page, place = known.page(event), known.space(event)
    hidden = event.page_id is not None and page is None
    return EventLine(
        id=event.id,
        time=event.time,
        verb=event.verb,
        said=words_of(event.verb),
        actor=_("Somebody") if event.detail.get("anonymous") else event.actor_name,
        space=space,
        space_url=place.url if place else "",
        page=page,
        details=[] if hidden else details_of(event, known),
        hidden=hidden,
    )


def _cells(line: EventLine) -> tuple[str, ...]:
    page = line.page.text if line.page else _("a page that is not visible to you") if line.hidden else ""
    number = str(line.page.number) if line.page else ""
    details = "; ".join(map(str, line.details))
    when = line.time.astimezone(UTC).isoformat(timespec="seconds")
    return str(line.id), when, line.actor, line.said, line.verb, line.space, page, number, details
