"""Thanks for something concrete, and asking before something is used elsewhere."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import NEVER_AGAIN, Base


class Thanks(Base):
    """Somebody says thank you on a page. `to_id` is a person or an organisation; None means whoever made the page.

    `by_id` is the page of who says it, `by_name` their name as it was, `org_id` the organisation they acted for there.
    """

    __tablename__ = "thanks"
    __table_args__ = (Index("ix_thanks_page_id_time", "page_id", "time"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    by_name: Mapped[str] = mapped_column(String(200))
    org_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"), index=True)
    reason: Mapped[str] = mapped_column(String(500))
    time: Mapped[datetime]


class ReuseAsked(Base):
    """Somebody asks before they make a version of their own. `allowed` is None until those who look after the page answered."""

    __tablename__ = "reuse_asked"
    __table_args__ = (Index("ix_reuse_asked_page_id_account_id", "page_id", "account_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(1000))
    asked_at: Mapped[datetime]
    allowed: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(String(1000), default="")
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answered_at: Mapped[datetime | None]
