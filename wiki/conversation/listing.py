"""Open threads of the pages that somebody may follow: of one space, theirs, or those that wait for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer
from wiki.conversation.rights import hidden_parts, pages_talked_of
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.models import Comment, Mention, Page, Space, Thread
from wiki.rendering.plain import excerpt
from wiki.text import url_part

MOST = 200


@dataclass(frozen=True)
class Line:
    """A thread in a list, with what was said last."""

    thread: Thread
    title: str
    url: str
    space: str
    last_by: str
    last: str
    count: int
    when: datetime

    @property
    def href(self) -> str:
        return f"{self.url}/conversation#thread-{self.thread.id}"


@dataclass(frozen=True)
class Listed:
    """`spaces` are those of all threads that the reader may follow, by slug."""

    lines: Sequence[Line]
    spaces: Mapping[str, str] = field(default_factory=dict)


def listed(
    session: Session, catalogue: Catalogue, viewer: Viewer, *, space: str = "", whose: str = "", resolved: bool = False
) -> Listed:
    """Threads that the viewer may follow, talked of last first; at most three statements but for pages with hidden parts."""
    state = Thread.state == ("resolved" if resolved else "open")
    where = [state, Space.slug == space] if space else [state]
    where += {"mine": [_i_wrote(viewer)], "for-me": [_waits_for(viewer)]}.get(whose, [])
    rows = session.execute(
        _threads(viewer).where(*where).order_by(Thread.changed_at.desc(), Thread.id.desc()).limit(MOST)
    ).all()
    lines = _lines(session, [row for row in rows if _is_seen(session, catalogue, viewer, row)])
    spaces = _threads(viewer).with_only_columns(Space.slug, Space.name).distinct().order_by(Space.name)
    return Listed(lines, {row[0]: row[1] for row in session.execute(spaces)})


def waiting_for(session: Session, catalogue: Catalogue, viewer: Viewer, most: int = 12) -> list[Line]:
    """Open threads in which somebody was named who has not answered since, oldest first."""
    query = _threads(viewer).where(Thread.state == "open", _waits_for(viewer)).order_by(Thread.changed_at, Thread.id)
    rows = session.execute(query.limit(most)).all()
    return _lines(session, [row for row in rows if _is_seen(session, catalogue, viewer, row)])


def _threads(viewer: Viewer) -> Any:
    return (
        select(Thread, Page, Space.slug.label("space"), Space.name.label("space_name"))
        .join(Page, Page.id == Thread.page_id)
        .join(Space, Space.id == Page.space_id)
        .where(pages_talked_of(viewer))
    )


def _i_wrote(viewer: Viewer) -> ColumnElement[bool]:
    return exists().where(Comment.thread_id == Thread.id, Comment.author_id == viewer.account_id)


def _waits_for(viewer: Viewer) -> ColumnElement[bool]:
    """Somebody named the viewer, who has written nothing there since."""
    naming, later = aliased(Comment), aliased(Comment)
    answered = exists().where(later.thread_id == Thread.id, later.author_id == viewer.account_id, later.id > naming.id)
    return exists().where(
        and_(
            naming.thread_id == Thread.id,
            Mention.comment_id == naming.id,
            Mention.account_id == viewer.account_id,
            ~answered,
        )
    )


def _is_seen(session: Session, catalogue: Catalogue, viewer: Viewer, row: Any) -> bool:
    thread, page = row[0], row[1]
    return not thread.field or thread.field not in hidden_parts(session, catalogue, page, viewer.person_id)


def _lines(session: Session, rows: Sequence[Any]) -> list[Line]:
    if not rows:
        return []
    ids = [row[0].id for row in rows]
    there = Comment.removed_at.is_(None)
    last = select(func.max(Comment.id)).where(Comment.thread_id.in_(ids), there).group_by(Comment.thread_id)
    other = aliased(Comment)
    many = select(func.count()).where(other.thread_id == Comment.thread_id, other.removed_at.is_(None))
    said = session.execute(select(Comment, many.correlate(Comment).scalar_subquery()).where(Comment.id.in_(last)))
    newest = {row[0].thread_id: (row[0], row[1]) for row in said}
    return [_line(row, *newest.get(row[0].id, (None, 0))) for row in rows]


def _line(row: Any, comment: Comment | None, count: int) -> Line:
    thread, page = row[0], row[1]
    url = f"/{url_part(row.space)}/{url_part(page.slug)}"
    said = excerpt(comment.text, 200) if comment is not None else _("The comments were removed.")
    name = comment.author_name if comment is not None else ""
    return Line(thread, page.title, url, row.space_name, name, said, count, thread.changed_at)
