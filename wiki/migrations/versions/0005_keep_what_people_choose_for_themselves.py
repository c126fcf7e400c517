"""Keep what people choose for themselves: colours, keys, the tour, stars, and what they saw lately."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("theme", sa.String(10), nullable=True))
    op.add_column("account", sa.Column("single_keys", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("account", sa.Column("tour_done", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("account", sa.Column("own_changes", sa.Integer(), server_default="0", nullable=False))
    for name in ("star", "seen"):
        op.create_table(
            name,
            sa.Column(
                "account_id",
                sa.Integer(),
                sa.ForeignKey("account.id", name=f"fk_{name}_account_id_account", ondelete="CASCADE"),
                nullable=False,
            ),
            sa.Column(
                "page_id",
                sa.Integer(),
                sa.ForeignKey("page.id", name=f"fk_{name}_page_id_page", ondelete="CASCADE"),
                nullable=False,
            ),
            sa.Column("time", Moment(), nullable=False),
            sa.PrimaryKeyConstraint("account_id", "page_id", name=f"pk_{name}"),
        )
        op.create_index(f"ix_{name}_page_id", name, ["page_id"])
