"""What people are told: notices in their inbox, what they watch, and how they wish to hear of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import Base


class Notice(Base):
    """Something that one person is told, kept as the parts of a sentence: it is put together when it is read or mailed.

    `reason` names the sentence (wiki.notices.reasons), `words` and `pages` are what it is filled with: texts, and ids of
    other pages, whose titles are looked up for whoever reads. `told_by` are the accounts that caused it (names, of
    those without), the last one last. `folding` says what is joined in one notice. With `mail_after` it is looked at then, whether it becomes part of a
    mail; `mailed_at` says when it was handed to the outbox.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_account_id_changed_at", "account_id", "changed_at"),
        Index(
            "ix_notice_unseen",
            "account_id",
            "page_id",
            sqlite_where=text("seen_at IS NULL"),
            postgresql_where=text("seen_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(String(40))
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    row: Mapped[str] = mapped_column(String(12), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    folding: Mapped[str] = mapped_column(String(200), default="")
    told_by: Mapped[list[Any]]
    words: Mapped[dict[str, Any]]
    pages: Mapped[dict[str, Any]]
    count: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    mail_after: Mapped[datetime | None] = mapped_column(index=True)
    mailed_at: Mapped[datetime | None]


class Watch(Base):
    """A page, a space or a theme of whose changes somebody wants to hear; with `muted`, of which they do not want to, though they keep it."""

    __tablename__ = "watch"
    __table_args__ = (
        UniqueConstraint("account_id", "page_id"),
        UniqueConstraint("account_id", "space_id"),
        UniqueConstraint("account_id", "theme"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"), index=True)
    theme: Mapped[str | None] = mapped_column(String(120), index=True)
    muted: Mapped[bool] = mapped_column(default=False, server_default=false())
    time: Mapped[datetime]


class Wishes(Base):
    """How somebody wants to be told; who has none of these is told as the program thinks best.

    `channels` says for a topic "now", "daily", "weekly" or "never"; hours are of the day in `time_zone` ("": the site's).
    `stop_key` stands in the addresses that end mails without signing in.
    """

    __tablename__ = "wishes"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    channels: Mapped[dict[str, Any]]
    time_zone: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"))
    hour: Mapped[int] = mapped_column(default=8, server_default="8")
    weekday: Mapped[int] = mapped_column(default=0, server_default="0")
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    quiet_weekends: Mapped[bool] = mapped_column(default=False, server_default=false())
    watch_kept: Mapped[bool] = mapped_column(default=True, server_default=true())
    stopped_at: Mapped[datetime | None]
    stop_key: Mapped[str] = mapped_column(String(40), unique=True)


class LogRead(Base):
    """How far somebody who reads the log of events has come: one at a time holds the row."""

    __tablename__ = "log_read"

    reader: Mapped[str] = mapped_column(String(20), primary_key=True)
    event_id: Mapped[int]
