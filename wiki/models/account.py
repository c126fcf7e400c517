"""Sign-in: accounts, their sessions, API tokens and mailed tickets. A person's public side is a page."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, false, true
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import NEVER_AGAIN, Base


class Account(Base):
    """Somebody who can sign in. `person_id` is the page of kind person that stands for them in the wiki."""

    __tablename__ = "account"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_admin: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime]
    #: What this person chose for themselves: "light", "dark" or None for the system's colours; keys without Ctrl; whether the tour is over.
    theme: Mapped[str | None] = mapped_column(String(10))
    single_keys: Mapped[bool] = mapped_column(default=True, server_default=true())
    tour_done: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Counts the changes to any of that, and to stars, so that a kept answer is known to be out of date.
    own_changes: Mapped[int] = mapped_column(default=0, server_default="0")


class Login(Base):
    """One signed-in browser. The cookie holds a secret, here is only its SHA-256."""

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    agent: Mapped[str] = mapped_column(String(200), default="")
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Token(Base):
    """A personal API token; only its SHA-256 is kept."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Ticket(Base):
    """A mailed link that works once: an invitation or a password reset."""

    __tablename__ = "ticket"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(Base):
    """A try that is counted against a limit (sign-in, reset), kept in the database so that all nodes agree."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), index=True)
    time: Mapped[datetime] = mapped_column(index=True)
