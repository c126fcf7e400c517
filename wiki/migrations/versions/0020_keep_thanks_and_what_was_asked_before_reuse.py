"""Keep thanks, and what was asked before something was used elsewhere."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(200), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("time", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_thanks_page_id_page"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_thanks_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["page.id"], name=op.f("fk_thanks_by_id_page"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["org_id"], ["page.id"], name=op.f("fk_thanks_org_id_page"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["to_id"], ["page.id"], name=op.f("fk_thanks_to_id_page"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_thanks_page_id_time", "thanks", ["page_id", "time"])
    op.create_index(op.f("ix_thanks_account_id"), "thanks", ["account_id"])
    op.create_index(op.f("ix_thanks_to_id"), "thanks", ["to_id"])
    op.create_table(
        "reuse_asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(1000), nullable=False),
        sa.Column("answered_by", sa.String(200), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_reuse_asked_page_id_page"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_reuse_asked_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reuse_asked")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reuse_asked_page_id_account_id", "reuse_asked", ["page_id", "account_id"])
