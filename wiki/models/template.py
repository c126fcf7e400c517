"""Page templates that were changed on this site: their versions, changes that people propose, what is said about these."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import NEVER_AGAIN, Base


class TemplateVersion(Base):
    """One version of a kind, of a row type or of a site's own words. Never changed; the newest of its part and key holds.

    `part` is kind, rows, words (translations, by language) or themes; found and found_rows are texts of kinds and row types
    that stood in the files, which hold only as long as they do. `mark` is a word that no other line has, so that the
    mark of the newest line says which versions there are, in whatever database.
    """

    __tablename__ = "template_version"
    __table_args__ = (UniqueConstraint("part", "key", "version"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    text: Mapped[str]
    #: The headings and prompts of the body, for kinds.
    sections: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    author_name: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    mark: Mapped[str] = mapped_column(String(32), unique=True)


class TemplateProposal(Base):
    """A change to a kind that somebody proposes, made from version `base`. `state` is open, accepted, declined or withdrawn."""

    __tablename__ = "template_proposal"
    __table_args__ = (Index("ix_template_proposal_kind_state", "kind", "state"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    base: Mapped[int]
    base_text: Mapped[str]
    base_sections: Mapped[str]
    text: Mapped[str]
    sections: Mapped[str]
    why: Mapped[str] = mapped_column(String(2000))
    state: Mapped[str] = mapped_column(String(20), default="open")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    author_name: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(200), default="")
    answer: Mapped[str] = mapped_column(String(2000), default="")
    #: The version that came of it.
    accepted: Mapped[int | None]


class TemplateComment(Base):
    """What somebody said about a proposed change. Removed, its text is gone; that there was something stays."""

    __tablename__ = "template_comment"
    __table_args__ = (Index("ix_template_comment_proposal_id_id", "proposal_id", "id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("template_proposal.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    author_name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str]
    written_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(String(200), default="")
