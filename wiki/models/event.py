"""The log of everything that changes anything, and messages that wait to be delivered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import Base

#: Events that say who takes part where: a small index holds them.
OF_MEMBERS = text("verb IN ('member.set', 'member.removed', 'account.closed', 'account.reopened')")


class Event(Base):
    """One change, append-only and hash-chained; history, audit and feeds read it. Ids stay when their things go."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_space_id_id", "space_id", "id"),
        Index("ix_event_page_id_id", "page_id", "id"),
        Index("ix_event_of_members", "time", sqlite_where=OF_MEMBERS, postgresql_where=OF_MEMBERS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    time: Mapped[datetime]
    verb: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(200), default="")
    space_id: Mapped[int | None]
    page_id: Mapped[int | None]
    revision: Mapped[int | None]
    detail: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    previous_digest: Mapped[str] = mapped_column(String(64))


class Outgoing(Base):
    """A mail to be delivered: written with the change that causes it, sent after it."""

    __tablename__ = "outgoing"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str]
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]
    try_after: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    #: After this it is not sent any more: what it tells was for its reader at the time.
    good_until: Mapped[datetime | None]
    #: What its text is made of when it is sent, if not before: {"maker": …} names who makes it (wiki.worker.Maker).
    made_of: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Draft(Base):
    """Text that somebody is typing, saved before they save. `place` is "page:12" or "new:<random>"."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_account_id_place", "account_id", "place", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(String(120))
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    base: Mapped[int] = mapped_column(default=0)
    form: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
