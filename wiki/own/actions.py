"""Changing what somebody keeps for themselves. It is nobody else's business, so none of it is in the log."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer, visible_pages
from wiki.models import Account, Page, Seen, Star

#: Pages seen lately that are remembered, and stars that somebody can have.
REMEMBERED = 30
MOST_STARS = 200


def choose(session: Session, viewer: Viewer, *, theme: str, keys: bool) -> None:
    """Colours ("light", "dark", "" as the system says) and whether single keys do something."""
    _change(session, viewer, theme=theme or None, single_keys=keys)


def end_tour(session: Session, viewer: Viewer, ended: bool = True) -> None:
    """The tour is not shown again; or it is."""
    _change(session, viewer, tour_done=ended)


def note_change(session: Session, viewer: Viewer) -> None:
    """Something else that only this person sees has changed: answers that their browser kept are out of date."""
    _change(session, viewer)


def _change(session: Session, viewer: Viewer, **values: object) -> None:
    session.execute(
        update(Account)
        .where(Account.id == viewer.account_id)
        .values(**values, own_changes=Account.own_changes + 1)
        .execution_options(synchronize_session=False)
    )


def is_starred(session: Session, viewer: Viewer, page: Page) -> bool:
    return session.get(Star, (viewer.account_id, page.id)) is not None


def add_star(session: Session, viewer: Viewer, page: Page) -> bool:
    """Keep a page at hand. False when there are as many as there can be."""
    assert viewer.account_id is not None
    starred = set(session.scalars(select(Star.page_id).where(Star.account_id == viewer.account_id)))
    if page.id in starred:
        return True
    if len(starred) >= MOST_STARS:
        return False
    session.add(Star(account_id=viewer.account_id, page_id=page.id, time=clock.now()))
    session.flush()
    _change(session, viewer)
    return True


def remove_star(session: Session, viewer: Viewer, page: Page) -> None:
    session.execute(delete(Star).where(Star.account_id == viewer.account_id, Star.page_id == page.id))
    _change(session, viewer)


def note_seen(session: Session, viewer: Viewer, page_ids: Iterable[int]) -> None:
    """Remember pages that were open, the last of them most lately; the oldest beyond REMEMBERED are forgotten."""
    assert viewer.account_id is not None
    asked = list(dict.fromkeys(reversed(list(page_ids))))[:REMEMBERED]
    known = set(session.scalars(select(Page.id).where(Page.id.in_(asked), visible_pages(viewer))))
    seen = [page_id for page_id in asked if page_id in known]
    if not seen:
        return
    mine = Seen.account_id == viewer.account_id
    earlier = session.scalars(
        select(Seen.page_id).where(mine, Seen.page_id.not_in(seen)).order_by(Seen.time.desc(), Seen.page_id)
    )
    dropped = list(earlier)[max(0, REMEMBERED - len(seen)) :]
    session.execute(delete(Seen).where(mine, Seen.page_id.in_([*seen, *dropped])))
    now = clock.now()
    session.add_all(
        Seen(account_id=viewer.account_id, page_id=page_id, time=now - timedelta(milliseconds=place))
        for place, page_id in enumerate(seen)
    )
    session.flush()


def forget_seen(session: Session, viewer: Viewer) -> None:
    """Nothing is remembered of what this person had open."""
    session.execute(delete(Seen).where(Seen.account_id == viewer.account_id))
