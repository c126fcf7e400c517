"""Who has the form of a page open at this moment. Nothing here outlives a few minutes."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import Base


class Presence(Base):
    """Somebody writes on a page: since when, last heard of when, and where in the form (a field's key, or "body")."""

    __tablename__ = "presence"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(String(60), default="")
    heading: Mapped[str] = mapped_column(String(120), default="")
