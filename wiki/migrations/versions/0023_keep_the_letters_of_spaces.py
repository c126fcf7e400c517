"""Keep the monthly letters of spaces, and find who came and went without reading the whole log."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OF_MEMBERS = sa.text("verb IN ('member.set', 'member.removed', 'account.closed', 'account.reopened')")


def upgrade() -> None:
    op.create_table(
        "space_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("greeting", sa.String(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("sent_by_name", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("fk_space_letter_space_id_space"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["account.id"], name=op.f("fk_space_letter_sent_by_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space_letter")),
        sa.UniqueConstraint("space_id", "month", name=op.f("uq_space_letter_space_id_month")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_of_members", "event", ["time"], sqlite_where=OF_MEMBERS, postgresql_where=OF_MEMBERS)
