"""Who comes to an event, what they need there, and what they said afterwards: kept apart from the page, which more people read."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import NEVER_AGAIN, Base


class EventSignup(Base):
    """Somebody who wants to come: a member (`account_id`), a guest with an address, or somebody whom the hosts wrote down.

    `status` is "unconfirmed" (a guest whose mail has not been answered), "in", "waiting", "out" or "walked_in" (came
    without having asked); `asked_at` is their turn. `came` is what the hosts ticked afterwards, None as long as they have
    not. `needs` are for the hosts alone, by access, food, care, language. `named`: other readers of the page may see
    that they come. `seed` stands in the addresses of a guest. `entry` is what their calendar was told, `sequence` how
    often that has changed.
    """

    __tablename__ = "event_signup"
    __table_args__ = (
        UniqueConstraint("page_id", "account_id"),
        Index("ix_event_signup_page_id_status_asked_at", "page_id", "status", "asked_at"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    org_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="", server_default=text("''"))
    org: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    language: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(12))
    came: Mapped[bool | None]
    named: Mapped[bool] = mapped_column(default=False, server_default=false())
    needs: Mapped[dict[str, Any]]
    seed: Mapped[str] = mapped_column(String(40), unique=True)
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    entry: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))
    reminded_at: Mapped[datetime | None]


class EventInvitation(Base):
    """An address by which guests sign up for an event that is not public, until it is ended."""

    __tablename__ = "event_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    seed: Mapped[str] = mapped_column(String(40), unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class EventFeedback(Base):
    """What somebody said after an event. Without a name there is no account, no time and no order: ids are random, and
    SQLite stores the rows by them.
    """

    __tablename__ = "event_feedback"
    __table_args__ = (UniqueConstraint("page_id", "account_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    useful: Mapped[int | None]
    will_try: Mapped[str] = mapped_column(String(500), default="", server_default=text("''"))
    worry: Mapped[str] = mapped_column(String(500), default="", server_default=text("''"))
