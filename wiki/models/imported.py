"""Which file a page was imported from, so that the next import of the same folder updates it."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import Base


class Imported(Base):
    """`path` is the file's place in the imported folder; `revision` what was last written from it, `digest` its content then."""

    __tablename__ = "imported"
    __table_args__ = (UniqueConstraint("space_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(500))
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
