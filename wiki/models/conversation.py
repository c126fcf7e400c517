"""Conversation on pages: threads, comments, who was mentioned, and changes that somebody suggests."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import NEVER_AGAIN, Base


class Thread(Base):
    """A conversation about a page, about one of its fields or rows (`field`, `row_id`), or about a passage of its text.

    A passage is `quote`, as it was selected. `passage` is how it stood last: at `start` to `end` of the body of revision
    `number`, between the words `before` and `after`. When it has gone from the text, `start` and `end` are None.
    """

    __tablename__ = "thread"
    __table_args__ = (Index("ix_thread_page_id_state", "page_id", "state"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(60), default="")
    row_id: Mapped[str] = mapped_column(String(12), default="")
    quote: Mapped[str] = mapped_column(default="")
    passage: Mapped[str] = mapped_column(default="")
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    start: Mapped[int | None]
    end: Mapped[int | None]
    number: Mapped[int]
    #: open or resolved.
    state: Mapped[str] = mapped_column(String(20), default="open")
    outcome: Mapped[str] = mapped_column(String(300), default="")
    resolved_by: Mapped[str] = mapped_column(String(200), default="")
    resolved_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)


class Comment(Base):
    """What somebody wrote in a thread, in Markdown. Removed, its text is gone; who removed it, and when, stays."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_thread_id_id", "thread_id", "id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    author_name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str]
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(String(200), default="")


class Mention(Base):
    """Somebody whom a comment names, and who could read it then."""

    __tablename__ = "mention"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True)


class Suggestion(Base):
    """A change that somebody proposes to a page: what they would make of revision `base`.

    `declined` names the pieces that were declined so far; `accepted` says how many were taken over. What its author may
    not see of the page is in it as it was, and is never shown from it.
    """

    __tablename__ = "suggestion"
    __table_args__ = (Index("ix_suggestion_page_id_state", "page_id", "state"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    author_name: Mapped[str] = mapped_column(String(200))
    base: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    body: Mapped[str]
    fields: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(500), default="")
    #: open, accepted (at least a piece of it), declined or withdrawn.
    state: Mapped[str] = mapped_column(String(20), default="open")
    declined: Mapped[list[Any]]
    accepted: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(200), default="")
    answer: Mapped[str] = mapped_column(String(500), default="")
