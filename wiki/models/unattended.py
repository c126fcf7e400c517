"""What coordinators were told of that nobody looks after."""

from datetime import date

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import Base


class ToldUnattended(Base):
    """Of one account: the day on which it was last looked, and what there was then ("12" a page, "12.a3" a row)."""

    __tablename__ = "told_unattended"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date]
    things: Mapped[list[str]] = mapped_column(JSON)
