"""The monthly letters of spaces: what somebody wrote above them and left out; what they tell is read from the record."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import NEVER_AGAIN, Base


class SpaceLetter(Base):
    """The letter of a space about one month ("2026-10"): proposed, and sent by a coordinator or not.

    `left_out` names what its coordinators took out (wiki.letters.record.Told.key). No word of a page is kept here.
    """

    __tablename__ = "space_letter"
    __table_args__ = (UniqueConstraint("space_id", "month"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    month: Mapped[str] = mapped_column(String(7))
    greeting: Mapped[str] = mapped_column(default="")
    left_out: Mapped[list[Any]]
    proposed_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    sent_by_name: Mapped[str] = mapped_column(String(200), default="")
