"""Keep questions, whom they were put to, and their answers."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _points_to(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("anchor", sa.String(120), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("theme", sa.String(100), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("more", sa.String(), nullable=False),
        sa.Column("stems", sa.String(), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=True),
        sa.Column("asker_name", sa.String(200), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=True),
        sa.Column("close", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("goes_at", Moment(), nullable=True),
        sa.Column("partner_at", Moment(), nullable=True),
        sa.Column("only_they", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("written_id", sa.Integer(), nullable=True),
        sa.Column("written_at", Moment(), nullable=True),
        sa.Column("spared", sa.Integer(), server_default="0", nullable=False),
        _points_to("question", "space_id", "space", "CASCADE"),
        _points_to("question", "page_id", "page", "CASCADE"),
        _points_to("question", "asker_id", "account", "SET NULL"),
        _points_to("question", "org_id", "page", "SET NULL"),
        _points_to("question", "partner_id", "page", "SET NULL"),
        _points_to("question", "written_id", "page", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_question"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_question_space_id", "question", ["space_id"])
    op.create_index("ix_question_page_id_state", "question", ["page_id", "state"])
    for column in ("asker_id", "changed_at", "goes_at", "written_id"):
        op.create_index(f"ix_question_{column}", "question", [column])
    op.create_table(
        "question_asked",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.Column("time", Moment(), nullable=False),
        _points_to("question_asked", "question_id", "question", "CASCADE"),
        _points_to("question_asked", "account_id", "account", "CASCADE"),
        sa.PrimaryKeyConstraint("question_id", "account_id", name="pk_question_asked"),
    )
    op.create_index("ix_question_asked_account_id", "question_asked", ["account_id"])
    op.create_table(
        "question_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(200), nullable=False),
        sa.Column("outside", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=True),
        _points_to("question_answer", "question_id", "question", "CASCADE"),
        _points_to("question_answer", "author_id", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_question_answer"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_question_answer_question_id", "question_answer", ["question_id"])
