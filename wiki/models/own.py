"""What people keep for themselves: pages with a star, and pages seen lately. Nobody else is shown it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import Base


class Star(Base):
    """A page that somebody wants at hand."""

    __tablename__ = "star"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True, index=True)
    time: Mapped[datetime]


class Seen(Base):
    """A page that somebody had open lately; only the newest few of each account are kept, and none in a backup."""

    __tablename__ = "seen"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True, index=True)
    time: Mapped[datetime]


class CaughtUp(Base):
    """Up to when somebody has seen what changed in a space: they said so themselves."""

    __tablename__ = "caught_up"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"), primary_key=True, index=True)
    time: Mapped[datetime]
