"""Who is told what of a conversation: each person once, for the strongest of their reasons, and nobody who may not follow it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.conversation.rights import who_may_follow
from wiki.kinds import Catalogue
from wiki.models import Comment, Page, Thread
from wiki.notices.telling import WORD_LENGTH, tell
from wiki.notices.watching import keepers, watchers
from wiki.rendering.plain import excerpt


def authors_of(session: Session, thread: Thread) -> list[int]:
    """The accounts that wrote in a thread, in the order in which they came in."""
    written = select(Comment.author_id).where(Comment.thread_id == thread.id, Comment.author_id.is_not(None))
    return list(dict.fromkeys(one for one in session.scalars(written.order_by(Comment.id)) if one is not None))


def commented(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    page: Page,
    thread: Thread,
    comment: Comment,
    mentioned: Collection[int],
) -> None:
    """A comment was written. `mentioned` may follow the thread (wiki.conversation.mentions has looked)."""
    writers = [one for one in authors_of(session, thread) if one != viewer.account_id]
    kept, watched = keepers(session, page.id), watchers(session, page.id)
    others = who_may_follow(session, catalogue, page, {*writers, *kept, *watched}, thread.field)
    done: set[int] = set()
    for reason, people in (
        ("mention", set(mentioned)),
        ("reply", set(writers[:1]) & others),
        ("talk", set(writers) & others),
        ("comment", kept & others),
        ("comment_watched", watched & others),
    ):
        _tell(session, viewer, page, thread, reason, people - done, comment.text, f"#comment-{comment.id}")
        done |= people


def mentioned(
    session: Session, viewer: Viewer, page: Page, thread: Thread, comment: Comment, to: Collection[int]
) -> None:
    """A comment was changed and names people whom it did not name before."""
    _tell(session, viewer, page, thread, "mention", set(to), comment.text, f"#comment-{comment.id}")


def resolved(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, thread: Thread) -> None:
    writers = who_may_follow(session, catalogue, page, authors_of(session, thread), thread.field)
    _tell(session, viewer, page, thread, "resolved", writers, thread.outcome, f"#thread-{thread.id}")


def _tell(
    session: Session, viewer: Viewer, page: Page, thread: Thread, reason: str, to: set[int], text: str, anchor: str
) -> None:
    """What is said of a field or row stays there: a notice outlives the right to see it."""
    words = {} if thread.field else {"text": excerpt(text, WORD_LENGTH) or text}
    link = f"/conversation{anchor}"
    tell(session, to, reason, page.id, by=viewer.account_id, link=link, group=f"thread-{thread.id}", words=words)
