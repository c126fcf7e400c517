"""One's own notices: read with the rights of the moment, marked as seen, forgotten after a while."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, null, or_, select, update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer, visible_pages
from wiki.conversation.rights import in_spaces_of
from wiki.models import Notice, Page, Space
from wiki.notices.conversations import CONVERSATIONS
from wiki.notices.reasons import REASONS
from wiki.notices.sentences import About, Said, href_of, say

SHOWN = 60
#: Reasons that quote a conversation.
TALKED = [reason.key for reason in CONVERSATIONS]
#: After so long notices that were seen are forgotten, and others too.
SEEN_KEPT, KEPT = timedelta(days=90), timedelta(days=365)


@dataclass(frozen=True)
class Group:
    """The notices of one page, or one without a page; the newest first."""

    about: About | None
    notices: list[Said]

    @property
    def unseen(self) -> list[Said]:
        return [one for one in self.notices if not one.seen]


@dataclass(frozen=True)
class Inbox:
    """What is shown at a time. `older`: the number from which on there is more, or None."""

    groups: list[Group]
    older: int | None


def look(
    session: Session,
    viewer: Viewer,
    *,
    unseen: bool = False,
    topic: str = "",
    before: int | None = None,
    limit: int = SHOWN,
) -> Inbox:
    """The viewer's notices, newest first, grouped by page; three statements."""
    wanted = _readable(viewer)
    if unseen:
        wanted = wanted.where(Notice.seen_at.is_(None))
    if topic:
        wanted = wanted.where(Notice.reason.in_(_reasons_of(topic)))
    if before is not None:
        edge = select(Notice.changed_at).where(Notice.id == before, _mine(viewer)).scalar_subquery()
        wanted = wanted.where(or_(Notice.changed_at < edge, (Notice.changed_at == edge) & (Notice.id < before)))
    rows = _rows(session, wanted.order_by(Notice.changed_at.desc(), Notice.id.desc()).limit(limit + 1))
    shown = rows[:limit]
    return Inbox(_grouped(shown, say(session, viewer, shown)), shown[-1][0].id if len(rows) > limit else None)


def these(session: Session, viewer: Viewer, ids: Iterable[int]) -> list[tuple[Notice, About | None]]:
    """Those of the notices that are the viewer's and that they may read now, in the order of time."""
    wanted = _readable(viewer).where(Notice.id.in_(list(ids)))
    return _rows(session, wanted.order_by(Notice.changed_at, Notice.id))


def grouped(session: Session, viewer: Viewer, found: Sequence[tuple[Notice, About | None]]) -> list[Group]:
    """The same in words, by page."""
    return _grouped(found, say(session, viewer, found))


def counts(session: Session, viewer: Viewer) -> dict[str, int]:
    """Topic -> how many unseen notices; one statement."""
    rows = session.execute(
        select(Notice.reason, func.count())
        .outerjoin(Page, Page.id == Notice.page_id)
        .where(_mine(viewer), Notice.seen_at.is_(None), _may_read(viewer))
        .group_by(Notice.reason)
    )
    found: dict[str, int] = {}
    for reason, count in rows:
        if reason in REASONS:
            topic = REASONS[reason].topic
            found[topic] = found.get(topic, 0) + count
    return found


def mark(
    session: Session,
    viewer: Viewer,
    *,
    ids: Iterable[int] | None = None,
    topic: str = "",
    until: datetime | None = None,
) -> datetime:
    """Mark as seen: those of `ids`, or all (of a topic; up to a moment). The moment it gives is what `unmark` takes."""
    _forget_old(session, viewer)
    now = clock.now()
    wanted = [_mine(viewer), Notice.seen_at.is_(None)]
    if ids is not None:
        wanted.append(Notice.id.in_(list(ids)))
    if topic:
        wanted.append(Notice.reason.in_(_reasons_of(topic)))
    if until is not None:
        wanted.append(Notice.changed_at <= until)
    session.execute(update(Notice).where(*wanted).values(seen_at=now, mail_after=null()))
    return now


def unmark(
    session: Session, viewer: Viewer, *, ids: Iterable[int] | None = None, seen_at: datetime | None = None
) -> None:
    """Take it back: of some, or of all that were marked at one moment."""
    which = Notice.id.in_(list(ids or ())) if seen_at is None else Notice.seen_at == seen_at
    still = case((Notice.mailed_at.is_(None), clock.now()), else_=null())
    session.execute(
        update(Notice).where(_mine(viewer), Notice.seen_at.is_not(None), which).values(seen_at=null(), mail_after=still)
    )


def mark_opened(session: Session, viewer: Viewer, page_ids: Sequence[int], paths: Sequence[str] = ()) -> None:
    """Who has had a page open has seen what was to be told of it; `paths` are addresses that are no pages, such as letters."""
    which = (_mine(viewer), Notice.seen_at.is_(None), Notice.page_id.in_(page_ids))
    if page_ids and session.scalar(select(Notice.id).where(*which).limit(1)) is not None:
        session.execute(update(Notice).where(*which).values(seen_at=clock.now(), mail_after=null()))
    if paths:
        linked = _rows(session, _readable(viewer).where(Notice.seen_at.is_(None), Notice.link != ""))
        ids = [notice.id for notice, about in linked if href_of(notice, about).partition("#")[0] in paths]
        if ids:
            mark(session, viewer, ids=ids)


def _readable(viewer: Viewer) -> Select[Any]:
    columns: Any = (Notice, Page.title, Page.kind, Page.state, Space.name, Space.slug, Page.slug)
    return (
        select(*columns)
        .outerjoin(Page, Page.id == Notice.page_id)
        .outerjoin(Space, Space.id == Page.space_id)
        .where(_mine(viewer), _may_read(viewer))
    )


def _may_read(viewer: Viewer) -> ColumnElement[bool]:
    """Of pages that they may read; what is said about a page besides, only where they may follow its conversation."""
    followed = or_(Notice.reason.not_in(TALKED), in_spaces_of(viewer))
    return or_(Notice.page_id.is_(None), and_(visible_pages(viewer), followed))


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    return Notice.account_id == viewer.account_id


def _reasons_of(topic: str) -> list[str]:
    return [reason.key for reason in REASONS.values() if reason.topic == topic]


def _rows(session: Session, wanted: Select[Any]) -> list[tuple[Notice, About | None]]:
    return [
        (row[0], None if row[0].page_id is None else About(row[0].page_id, *row[1:])) for row in session.execute(wanted)
    ]


def _grouped(found: Sequence[tuple[Notice, About | None]], said: Sequence[Said]) -> list[Group]:
    groups: dict[object, Group] = {}
    for (notice, about), one in zip(found, said, strict=True):
        key: object = ("notice", notice.id) if about is None else about.page_id
        groups.setdefault(key, Group(about, [])).notices.append(one)
    return list(groups.values())


def _forget_old(session: Session, viewer: Viewer) -> None:
    now = clock.now()
    old = or_(Notice.seen_at < now - SEEN_KEPT, Notice.changed_at < now - KEPT)
    session.execute(delete(Notice).where(_mine(viewer), old))
