"""Questions that people ask of each other, who was asked, and what was answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import NEVER_AGAIN, Base

#: Why somebody was asked, in the order in which people are asked; the last is the only one outside the asker's organisation.
REASONS = ("owner", "buddy", "holds", "theme", "coordinator", "partner")


class Question(Base):
    """What somebody wants to know, mostly about a page, or about one row or section of it (`anchor`, called `place` when it was asked).

    `org_id` is the organisation that the asker acts for in the space: its people are inside. `close` keeps the question
    to those who were asked. `goes_at` is when it is carried to `partner_id`, an organisation, if nobody inside has
    answered; `partner_at` when that was done, and `only_they` that the asker said so at once. `stems` serves to find it
    by its words.
    """

    __tablename__ = "question"
    __table_args__ = (Index("ix_question_page_id_state", "page_id", "state"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"), index=True)
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    anchor: Mapped[str] = mapped_column(String(120), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    theme: Mapped[str] = mapped_column(String(100), default="")
    text: Mapped[str] = mapped_column(String(300))
    more: Mapped[str] = mapped_column(default="")
    stems: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(20), default="en")
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    asker_name: Mapped[str] = mapped_column(String(200))
    org_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    close: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: open, answered (the asker said so) or withdrawn.
    state: Mapped[str] = mapped_column(String(20), default="open")
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    answer_id: Mapped[int | None]
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    goes_at: Mapped[datetime | None] = mapped_column(index=True)
    partner_at: Mapped[datetime | None]
    only_they: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: The page whose text holds the answer now.
    written_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"), index=True)
    written_at: Mapped[datetime | None]
    #: How many others were about to ask the same, and found their answer here.
    spared: Mapped[int] = mapped_column(default=0, server_default="0")


class QuestionAsked(Base):
    """Somebody whom a question was put to, and why: one of REASONS."""

    __tablename__ = "question_asked"

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True)
    why: Mapped[str] = mapped_column(String(20))
    time: Mapped[datetime]


class QuestionAnswer(Base):
    """What somebody answered, in Markdown. `outside`: whoever wrote it was asked as a partner."""

    __tablename__ = "question_answer"
    __table_args__ = (NEVER_AGAIN,)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    author_name: Mapped[str] = mapped_column(String(200))
    outside: Mapped[bool] = mapped_column(default=False, server_default=false())
    text: Mapped[str]
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
