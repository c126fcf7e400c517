"""Spaces: areas of the wiki with their own members."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import NEVER_AGAIN, Base

#: Every role that a person can hold in a space, weakest first; the last three imply `member`.
ROLES = ("reader", "member", "coordinator", "rep", "steward")


class Space(Base):
    """An area with members. `default_role` is what every signed-in person is there without being asked: none, reader or member."""

    __tablename__ = "space"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(default="")
    default_role: Mapped[str] = mapped_column(String(20), default="none")
    language: Mapped[str] = mapped_column(String(20), default="en")
    front_page_id: Mapped[int | None] = mapped_column(
        ForeignKey("page.id", use_alter=True, name="fk_space_front_page_id_page", ondelete="SET NULL")
    )
    created_at: Mapped[datetime]
    #: Invented people and pages to look around in: every page of the space says so.
    demo: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Whether people who only read here may comment and suggest changes.
    readers_comment: Mapped[bool] = mapped_column(default=True, server_default=true())


class Membership(Base):
    """A role of a person in a space, and the organisation (a page) that the person acts for there."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "space_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    org_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
