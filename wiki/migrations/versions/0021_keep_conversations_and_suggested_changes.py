"""Keep conversations on pages, and changes that people suggest."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("space", sa.Column("readers_comment", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("row_id", sa.String(12), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("passage", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(300), nullable=False),
        sa.Column("resolved_by", sa.String(200), nullable=False),
        sa.Column("resolved_at", Moment(), nullable=True),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_thread_page_id_page", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_thread"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_thread_page_id_state", "thread", ["page_id", "state"])
    op.create_index("ix_thread_changed_at", "thread", ["changed_at"])
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("edited_at", Moment(), nullable=True),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.Column("removed_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name="fk_comment_thread_id_thread", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name="fk_comment_author_id_account", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comment_thread_id_id", "comment", ["thread_id", "id"])
    op.create_index("ix_comment_author_id", "comment", ["author_id"])
    op.create_table(
        "mention",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name="fk_mention_comment_id_comment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_mention_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", "account_id", name="pk_mention"),
    )
    op.create_index("ix_mention_account_id", "mention", ["account_id"])
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(200), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("declined", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_by", sa.String(200), nullable=False),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_suggestion_page_id_page", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name="fk_suggestion_author_id_account", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_suggestion_page_id_state", "suggestion", ["page_id", "state"])
    op.create_index("ix_suggestion_author_id", "suggestion", ["author_id"])
