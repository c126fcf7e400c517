"""Note up to when somebody has seen what changed in a space."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "caught_up",
        sa.Column(
            "account_id",
            sa.Integer(),
            sa.ForeignKey("account.id", name="fk_caught_up_account_id_account", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "space_id",
            sa.Integer(),
            sa.ForeignKey("space.id", name="fk_caught_up_space_id_space", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("time", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "space_id", name="pk_caught_up"),
    )
    op.create_index("ix_caught_up_space_id", "caught_up", ["space_id"])
