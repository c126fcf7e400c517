"""Passages follow their text: moved on with each revision, in the transaction that stores it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.conversation.anchors import Passage, found_again, moved, passage_at
from wiki.kinds import Catalogue
from wiki.models import Page, Revision, Thread
from wiki.pages.following import EVERY_KIND, Change, follows


def follow_text(session: Session, catalogue: Catalogue, viewer: Viewer, change: Change) -> None:
    """The page was saved: passages of its text are where their words are now."""
    if change.before.body != change.after.body:
        catch_up(session, change.page)


def catch_up(session: Session, page: Page) -> None:
    """Bring every passage of the page to its present revision, whatever revisions came in between."""
    behind = list(
        session.scalars(
            select(Thread).where(Thread.page_id == page.id, Thread.passage != "", Thread.number < page.number)
        )
    )
    if not behind:
        return
    since = min((thread.number for thread in behind if thread.number), default=page.number)
    bodies = select(Revision.number, Revision.body).where(Revision.page_id == page.id, Revision.number >= since)
    texts = [(row[0], row[1]) for row in session.execute(bodies.order_by(Revision.number))]
    before = ""
    for number, body in texts:
        if body != before:
            _step([thread for thread in behind if thread.number < number], before, body)
        for thread in behind:
            thread.number = max(thread.number, number)
        before = body
    session.flush()


def _step(threads: Sequence[Thread], old: str, new: str) -> None:
    """From one text to the next."""
    standing = [
        (thread, (thread.start, thread.end))
        for thread in threads
        if thread.start is not None and thread.end is not None
    ]
    there = moved(
        old, new, [(start, end) for _thread, (start, end) in standing if start is not None and end is not None]
    )
    for (thread, _place), place in zip(standing, there, strict=True):
        _set(thread, new, place)
    for thread in threads:
        if thread.start is None:
            _set(thread, new, found_again(old, new, Passage(thread.passage, thread.before, thread.after)))


def _set(thread: Thread, body: str, place: tuple[int, int] | None) -> None:
    """What a passage said last is kept when it goes."""
    thread.start, thread.end = place or (None, None)
    if place is not None:
        passage = passage_at(body, place)
        thread.passage, thread.before, thread.after = passage.text, passage.before, passage.after


follows(EVERY_KIND, follow_text)
