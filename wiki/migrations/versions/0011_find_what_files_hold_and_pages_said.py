"""Make room for what files hold and pages said before, and for the index of its words."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE VIRTUAL TABLE search_index_passage USING fts5(words, tokenize="ascii tokenchars '_.'")""",
    """CREATE TRIGGER search_passage_gone AFTER DELETE ON search_passage BEGIN
        DELETE FROM search_index_passage WHERE rowid = old.id; END""",
)

POSTGRESQL = (
    """CREATE TABLE search_index_passage (
        passage_id integer PRIMARY KEY REFERENCES search_passage (id) ON DELETE CASCADE,
        terms tsvector NOT NULL
    )""",
    "CREATE INDEX search_index_passage_terms ON search_index_passage USING gin (terms)",
)


def upgrade() -> None:
    op.create_table(
        "search_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(100), nullable=False),
        sa.Column("since", Moment(), nullable=True),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["blob.digest"], name="fk_search_passage_digest_blob", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_search_passage_page_id_page", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_search_passage"),
    )
    op.create_index("ix_search_passage_digest", "search_passage", ["digest"])
    op.create_index("ix_search_passage_page", "search_passage", ["page_id", "number"])
    op.create_table(
        "search_past",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_search_past_page_id_page", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page_id", name="pk_search_past"),
    )
    op.create_table(
        "file_text",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("problem", sa.String(300), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["blob.digest"], name="fk_file_text_digest_blob", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name="pk_file_text"),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
