"""Texts that are searched beside the pages themselves: what files hold, and what pages said before.

`search_index_passage` has the terms of each passage, by its id: an FTS5 table on SQLite, a table with a `tsvector` on
PostgreSQL. It is not mapped, as it exists on one of the two servers only in each form.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import Base, with_ddl


class SearchPassage(Base):
    """A piece of text: of a file (`digest`, and `place`, the page, slide or sheet), or of a page's earlier revisions.

    Of revisions that say the same, `number` is the last; they were what the page said from `since` until `until`. Their
    `text` is empty: it is read from the revision.
    """

    __tablename__ = "search_passage"
    __table_args__ = (Index("ix_search_passage_page", "page_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str | None] = mapped_column(ForeignKey("blob.digest", ondelete="CASCADE"), index=True)
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    number: Mapped[int | None]
    place: Mapped[str] = mapped_column(String(100), default="")
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]
    text: Mapped[str] = mapped_column(default="")


class SearchPast(Base):
    """Up to which revision the earlier texts of a page can be found."""

    __tablename__ = "search_past"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int]


class FileText(Base):
    """What came of reading the text of a file: `state` is reading, found, nothing (a scan), unreadable or no_text
    (a type of file that has none); `problem` says why it could not be read, in English."""

    __tablename__ = "file_text"

    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(String(12))
    problem: Mapped[str] = mapped_column(String(300), default="")
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime]


SQLITE_DDL = (
    """CREATE VIRTUAL TABLE search_index_passage USING fts5(words, tokenize="ascii tokenchars '_.'")""",
    """CREATE TRIGGER search_passage_gone AFTER DELETE ON search_passage BEGIN
        DELETE FROM search_index_passage WHERE rowid = old.id; END""",
)
SQLITE_DROP = ("DROP TABLE search_index_passage",)

POSTGRES_DDL = (
    """CREATE TABLE search_index_passage (
        passage_id integer PRIMARY KEY REFERENCES search_passage (id) ON DELETE CASCADE,
        terms tsvector NOT NULL
    )""",
    "CREATE INDEX search_index_passage_terms ON search_index_passage USING gin (terms)",
)
POSTGRES_DROP = ("DROP TABLE search_index_passage",)

with_ddl(SearchPassage, (SQLITE_DDL, SQLITE_DROP), (POSTGRES_DDL, POSTGRES_DROP))
