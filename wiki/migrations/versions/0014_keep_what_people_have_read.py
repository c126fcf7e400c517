"""Keep what people have read and confirmed, who was asked to, and which revisions are worth reading again."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MATERIAL = sa.text("material")
STANDING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.add_column("revision", sa.Column("material", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_index(
        "ix_revision_material", "revision", ["page_id", "number"], sqlite_where=MATERIAL, postgresql_where=MATERIAL
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("time", Moment(), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_receipt_account_id_account", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_receipt_page_id_page", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_receipt"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_receipt_account_id_page_id", "receipt", ["account_id", "page_id", "number"])
    op.create_index("ix_receipt_page_id", "receipt", ["page_id"])
    op.create_table(
        "reading_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_by_name", sa.String(200), nullable=False),
        sa.Column("why", sa.String(500), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_by_name", sa.String(200), nullable=False),
        sa.Column("ended_why", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["account.id"], name="fk_reading_request_asked_by_account", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_reading_request_page_id_page", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_reading_request"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reading_request_page_id", "reading_request", ["page_id"])
    op.create_index("ix_reading_request_asked_by", "reading_request", ["asked_by"])
    op.create_index(
        "ix_reading_request_standing",
        "reading_request",
        ["due"],
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_table(
        "reading_asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("left_at", Moment(), nullable=True),
        sa.Column("told_number", sa.Integer(), nullable=False),
        sa.Column("told_before", sa.Date(), nullable=True),
        sa.Column("told_after", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_reading_asked_account_id_account", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["reading_request.id"],
            name="fk_reading_asked_request_id_reading_request",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reading_asked"),
        sa.UniqueConstraint("request_id", "account_id", name="uq_reading_asked_request_id_account_id"),
    )
    op.create_index("ix_reading_asked_account_id", "reading_asked", ["account_id"])
