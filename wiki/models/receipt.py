"""Who has read what and confirmed it, and who was asked to. Records, kept when the page changes and when people leave."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import NEVER_AGAIN, Base

_STANDING = text("ended_at IS NULL")


class Receipt(Base):
    """Somebody has read revision `number` of a page and said so. Never changed, never written for somebody else.

    `by` says what they were answering: "request:5", "path:12#st3", or "" when nobody asked. `name` is theirs as it was.
    """

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_account_id_page_id", "account_id", "page_id", "number"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(200))
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    time: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60), default="")


class ReadingRequest(Base):
    """Somebody asked others to read a page and confirm it by a day. It stands until it is withdrawn.

    `number` was the page's revision then. `groups` are those who were asked together, as `wiki.receipts.groups` writes
    them; who comes to belong to one while the request stands is asked too.
    """

    __tablename__ = "reading_request"
    __table_args__ = (
        Index("ix_reading_request_standing", "due", sqlite_where=_STANDING, postgresql_where=_STANDING),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    asked_by_name: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(String(500))
    due: Mapped[date]
    groups: Mapped[list[Any]]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_name: Mapped[str] = mapped_column(String(200), default="")
    ended_why: Mapped[str] = mapped_column(String(500), default="")


class ReadingAsked(Base):
    """Somebody whom a request asks: by name, or as one of a group (`named` is false) until they leave it (`left_at`).

    `told_number` is the newest revision of which they were told that it is to be read; `told_before` and `told_after`
    the days for which they were reminded: once before and once after.
    """

    __tablename__ = "reading_asked"
    __table_args__ = (UniqueConstraint("request_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("reading_request.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    named: Mapped[bool]
    asked_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    told_number: Mapped[int]
    told_before: Mapped[date | None]
    told_after: Mapped[date | None]
