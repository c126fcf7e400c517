"""What search reads: the text of the current revisions, and an index of its words in each database's own form.

Both indexes hold the same terms, made by `wiki.search.language`. SQLite keeps them in FTS5 tables, PostgreSQL in a
table with `tsvector` columns. They are no mapped tables: each exists on one of the two servers only.
"""

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import Base, with_ddl


class SearchText(Base):
    """The words of a page as people wrote them, by the weight of their place. `rows_json` is `[[row id, text], …]`;
    what stands there without an id says what the page is ("Lesson learned")."""

    __tablename__ = "search_text"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), index=True)
    title: Mapped[str]
    lead: Mapped[str]
    fields: Mapped[str]
    rows_json: Mapped[list[Any]]
    body: Mapped[str]


class SearchSpelling(Base):
    """A word that stands in some page, under itself and under each spelling of it that lacks one letter."""

    __tablename__ = "search_spelling"

    near: Mapped[str] = mapped_column(String(24), primary_key=True)
    word: Mapped[str] = mapped_column(String(24), primary_key=True)


class SearchSynonym(Base):
    """A word, or a few that follow each other, that mean the same as the others of that page and number. `key` is folded."""

    __tablename__ = "search_synonym"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True, index=True)
    text: Mapped[str] = mapped_column(String(200))


class SearchVersion(Base):
    """The one row says which rules of taking words apart the whole index was made with."""

    __tablename__ = "search_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


#: Tables and indexes that no model describes: comparisons of models and database leave names with these beginnings alone.
UNMAPPED = ("search_index", "search_title")

SQLITE_DDL = (
    'CREATE VIRTUAL TABLE search_index USING fts5(title, lead, fields, "rows", body, words, '
    """tokenize="ascii tokenchars '_.'")""",
    """CREATE VIRTUAL TABLE search_index_lead USING fts5(title, lead, tokenize="ascii tokenchars '_.'")""",
    """CREATE VIRTUAL TABLE search_title USING fts5(words, tokenize="ascii tokenchars '_.'", prefix='1 2 3')""",
)
SQLITE_DROP = ("DROP TABLE search_index", "DROP TABLE search_index_lead", "DROP TABLE search_title")

POSTGRES_DDL = (
    """CREATE TABLE search_index (
        page_id integer PRIMARY KEY REFERENCES page (id) ON DELETE CASCADE,
        length integer NOT NULL,
        terms tsvector NOT NULL,
        head tsvector NOT NULL,
        title_words tsvector NOT NULL,
        counts jsonb NOT NULL
    )""",
    "CREATE INDEX search_index_length ON search_index (length)",
    "CREATE INDEX search_index_terms ON search_index USING gin (terms) WITH (fastupdate = off)",
    "CREATE INDEX search_index_head ON search_index USING gin (head) WITH (fastupdate = off)",
    "CREATE INDEX search_index_title_words ON search_index USING gin (title_words) WITH (fastupdate = off)",
)
POSTGRES_DROP = ("DROP TABLE search_index",)

with_ddl(SearchText, (SQLITE_DDL, SQLITE_DROP), (POSTGRES_DDL, POSTGRES_DROP))
