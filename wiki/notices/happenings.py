"""What happens to pages, told to who watches or keeps them: read from the log of events, in the background.

No save waits for it, and nothing that is logged is missed: how far the log has been read is stored with the notices that
were made of it. One process reads at a time.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.db import Database
from wiki.kinds import Catalogue, Kind
from wiki.models import Event, LogRead, Page
from wiki.notices.receivers import Receivers
from wiki.notices.telling import tell

READER = "watching"
#: Events that are read in one transaction, and such transactions in one go.
AT_ONCE, ROUNDS = 200, 20
#: What happened longer ago is no news: a history that was written down afterwards.
NEWS = timedelta(days=14)
#: Of pages that somebody begins in a space at once (an import), so many are told.
MOST_NEW = 12


def read_on(database: Database, catalogue: Catalogue) -> int:
    """Tell what was logged since; returns how many events were read. Several processes may call it at once."""
    read = 0
    for _round in range(ROUNDS):
        if not _anything_new(database):
            break
        with database.transaction() as session:
            count = _read_some(session, catalogue)
        if not count:
            break
        read += count
    return read


def read_all(session: Session, catalogue: Catalogue) -> None:
    """The same in the transaction of whoever has written a lot of history at once."""
    while _read_some(session, catalogue):
        session.flush()


def _anything_new(database: Database) -> bool:
    """Asked first, so that an idle worker never takes SQLite's write lock."""
    with database.read() as session:
        place = session.scalar(select(LogRead.event_id).where(LogRead.reader == READER))
        return (place or 0) < eventlog.latest(session)


def _read_some(session: Session, catalogue: Catalogue) -> int:
    mine = select(LogRead).where(LogRead.reader == READER)
    if session.scalar(select(LogRead.event_id).where(LogRead.reader == READER)) is None:
        session.execute(
            text("INSERT INTO log_read (reader, event_id) VALUES (:me, 0) ON CONFLICT DO NOTHING"), {"me": READER}
        )
    place = session.scalars(mine.with_for_update(skip_locked=True)).one_or_none()
    if place is None:
        return 0  # another process reads just now
    events = list(session.scalars(select(Event).where(Event.id > place.event_id).order_by(Event.id).limit(AT_ONCE)))
    if events:
        place.event_id = events[-1].id
        fresh = clock.now() - NEWS
        _Telling(session, catalogue, [event for event in events if event.page_id and event.time > fresh]).all()
    return len(events)


class _Telling:
    """Some events with all that is needed to tell of them."""

    def __init__(self, session: Session, catalogue: Catalogue, events: Sequence[Event]) -> None:
        self.session = session
        self.catalogue = catalogue
        self.events = events
        self.to = Receivers(session, events)
        self.begun: dict[tuple[int | None, int | None], int] = {}

    def all(self) -> None:
        for event in self.events:
            page = self.to.pages.get(event.page_id or 0)
            if page is not None and page.kind in self.catalogue:
                _One(self, event, page, self.catalogue[page.kind]).tell()

    def is_one_of_many(self, event: Event) -> bool:
        """Whether it belongs to a heap of pages that came at once, beyond those that are told."""
        key = (event.space_id, event.actor_id)
        self.begun[key] = self.begun.get(key, 0) + 1
        return self.begun[key] > MOST_NEW


class _One:
    """One event: nobody is told twice of it, and the reason that says most comes first."""

    def __init__(self, telling: _Telling, event: Event, page: Page, kind: Kind) -> None:
        self.telling = telling
        self.to = telling.to
        self.event = event
        self.page = page
        self.kind = kind
        self.told: set[int] = set()

    def tell(self) -> None:
        verbs = {"page.created": self.created, "page.saved": self.saved, "page.state": self.state_changed}
        if self.event.verb in verbs:
            verbs[self.event.verb]()

    def created(self) -> None:
        if self.telling.is_one_of_many(self.event):
            return
        _before, after, state = self.to.around(self.event)
        self.settled("", state, after)
        if self.page.owner_id != self.event.actor_id:
            self.say("handed_over", self.to.keeper(self.page.owner_id))
        self.say("new_in_space", self.to.of_space(self.page.space_id))
        for theme, watchers in self.to.of_themes(self.page.id):
            self.say("new_with_theme", watchers, theme=theme)
        if self.page.owner_id is not None:
            watchers = self.to.of_page(self.page.owner_id)
            self.say("new_of_person", watchers, self.page.owner_id)

    def saved(self) -> None:
        if self.event.detail.get("by") == "system" or self.event.detail.get("told"):
            return  # what follows from a change of another page, or what its area told in its own words
        before, after, _state = self.to.around(self.event)
        if after.get("owner") != before.get("owner") and after.get("owner") != self.event.actor_id:
            self.say("handed_over", self.to.keeper(after.get("owner")))
        watches = self.kind.watches
        if watches is not None and after.get(watches.met) == "yes" != before.get(watches.met):
            seen = str(after.get(watches.note, ""))
            self.say("condition_kept", self.to.of_keeper(self.page.id), text=seen)
            self.say("condition_informed", self.to.informed(self.page, after), text=seen)
            self.say("condition", self.to.of_page(self.page.id), text=seen)
            return
        note = str(self.event.detail.get("note") or "")
        self.say("edited_kept", self.to.of_keeper(self.page.id), text=note)
        self.say("edited", self.to.of_page(self.page.id), text=note)

    def state_changed(self) -> None:
        was, to = str(self.event.detail.get("was", "")), str(self.event.detail.get("to", ""))
        words = {"was": self._label(was), "now": self._label(to)}
        _before, after, _state = self.to.around(self.event)
        self.settled(was, to, after)
        self.say("state_kept", self.to.of_keeper(self.page.id), None, **words)
        self.say("state", self.to.of_page(self.page.id), None, **words)
        self.say("state_in_space", self.to.of_space(self.page.space_id), None, **words)

    def settled(self, was: str, now: str, fields: dict[str, Any]) -> None:
        """Those whom the page names hear of it when it begins to count."""
        if now in self.kind.counted and was not in self.kind.counted:
            self.say("accepted", self.to.informed(self.page, fields), None, now=self._label(now))

    def say(self, reason: str, to: Iterable[int], other: int | None = None, **words: str) -> None:
        event, receivers = self.event, set(to) - self.told
        self.told |= receivers
        actor = self.to.accounts.get(event.actor_id or 0)
        tell(
            self.telling.session,
            receivers,
            reason,
            self.page.id,
            by=actor,
            by_name="" if actor is not None else event.actor_name,
            anonymous=bool(event.detail.get("anonymous")),
            words=words,
            pages={"other": other} if other is not None else None,
            time=event.time,
        )

    def _label(self, state: str) -> str:
        return self.kind.state(state).label if self.kind.in_state(state) else state
