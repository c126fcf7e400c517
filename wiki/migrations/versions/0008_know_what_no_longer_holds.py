"""Know which pages no longer hold, which words mean the same, and what the search index was made with."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page", sa.Column("over", sa.String(length=20), server_default=sa.text("''"), nullable=False))
    op.create_table(
        "search_synonym",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_search_synonym_page_id_page", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page_id", "number", "key", name="pk_search_synonym"),
    )
    op.create_index("ix_search_synonym_key", "search_synonym", ["key"])
    op.create_table(
        "search_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_version"),
    )
    # What is indexed already was indexed by earlier rules.
    op.execute("INSERT INTO search_version (id, version) SELECT 1, 1 WHERE EXISTS (SELECT 1 FROM page)")
