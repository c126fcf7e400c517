"""Files, kept once per content whatever their names."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import Base


class Blob(Base):
    """The content of a file in the store, named by its SHA-256. `media_type` is decided by looking inside."""

    __tablename__ = "blob"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]


class Attachment(Base):
    """A file of a page, under a name. Uploading the same name again replaces it for readers; the blob before stays in the store."""

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("page_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest"), index=True)
    added_by: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    added_at: Mapped[datetime]
