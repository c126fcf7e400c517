"""Questions that people want to ask again, and the addresses at which programs read their results for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import Base


class SavedSearch(Base):
    """A search that somebody keeps. `question` is the query string of its results.

    `known` are the ids of the pages that its keeper has seen it find, `told` those that a mail has named since. Both are
    compared with what the keeper may read at the moment, and never shown. With `by_mail`, new results are told of once
    a day, next after `tell_after`.
    """

    __tablename__ = "saved_search"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    question: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    known: Mapped[list[Any]]
    told: Mapped[list[Any]]
    by_mail: Mapped[bool] = mapped_column(default=False, server_default=false())
    tell_after: Mapped[datetime | None] = mapped_column(index=True)


class FeedKey(Base):
    """What makes the feed addresses of one person: `reader` stands in them, `seed` is what their signatures are made with."""

    __tablename__ = "feed_key"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    reader: Mapped[str] = mapped_column(String(32), unique=True)
    seed: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
