"""Who began and who ceased to take part in a space, and which events are coming up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wiki.letters.record import Span, Told
from wiki.models import Account, Event, FieldValue, Page
from wiki.models.event import OF_MEMBERS

#: So far ahead a letter looks.
AHEAD = timedelta(days=62)
COMING = ("planned", "open")


@dataclass
class _Part:
    """What somebody is in the space at some moment of the log."""

    roles: set[str] = field(default_factory=set)
    open: bool = True

    @property
    def there(self) -> bool:
        return bool(self.roles) and self.open

    def follow(self, event: Event) -> None:
        role = event.detail.get("role", "")
        if event.verb == "member.set":
            self.roles.add(role)
        elif event.verb == "member.removed":
            self.roles.discard(role)
        else:
            self.open = event.verb == "account.reopened"


def told_by_members(session: Session, span: Span) -> Iterator[Told]:
    """Everybody who takes part at the end and did not at the beginning, or the other way round."""
    events = session.scalars(
        select(Event)
        .where(OF_MEMBERS, Event.time < span.until, or_(Event.space_id == span.space_id, Event.space_id.is_(None)))
        .order_by(Event.time, Event.id)
    ).all()
    before: dict[int, _Part] = {}
    after: dict[int, _Part] = {}
    last: dict[int, Event] = {}
    for event in events:
        who = int(event.detail["account"])
        for parts in (before, after) if event.time < span.since else (after,):
            parts.setdefault(who, _Part()).follow(event)
        last[who] = event
    moved = {who: part.there for who, part in after.items() if part.there != before.get(who, _Part()).there}
    yield from _moved(session, span, moved, last)


def _moved(session: Session, span: Span, moved: dict[int, bool], last: dict[int, Event]) -> Iterator[Told]:
    people = select(Account.id, Account.name, Account.person_id).where(Account.id.in_(moved))
    for row in session.execute(people) if moved else ():
        refs = {"person": (row.person_id,)} if row.person_id is not None else {}
        what = "came" if moved[row.id] else "went"
        yield Told("people", what, f"{what}:{row.id}", last[row.id].time, None, row.name, "", refs)


def told_by_events(session: Session, span: Span) -> Iterator[Told]:
    """Events that begin in the next weeks."""
    kinds: Iterable[str] = ("event",)
    rows = session.execute(
        select(Page.id, Page.title, Page.slug, FieldValue.date, FieldValue.date_end)
        .join(FieldValue, FieldValue.page_id == Page.id)
        .where(span.here(), Page.kind.in_(kinds), Page.state.in_(COMING), Page.archived_at.is_(None))
        .where(FieldValue.key == "dates", FieldValue.date >= span.coming_from)
        .where(FieldValue.date < span.coming_from + AHEAD)
        .order_by(FieldValue.date, Page.id)
    )
    for row in rows:
        words = {"from": row.date.isoformat(), "until": row.date_end.isoformat() if row.date_end else ""}
        key, where = f"event:{row.id}", span.url(row.slug)
        yield Told("events", "event", key, span.at(words["from"]), row.id, row.title, where, {}, words)
