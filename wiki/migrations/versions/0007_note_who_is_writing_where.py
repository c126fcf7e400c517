"""Note who is writing where, for a minute or two."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("place", sa.String(60), nullable=False),
        sa.Column("heading", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_presence_page_id_page", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_presence_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", "account_id", name="pk_presence"),
    )
    op.create_index("ix_presence_account_id", "presence", ["account_id"])
    op.create_index("ix_presence_seen_at", "presence", ["seen_at"])
