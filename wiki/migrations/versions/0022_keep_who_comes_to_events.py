"""Keep who comes to an event, how guests are invited, and what was said afterwards."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_signup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("org_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), server_default=sa.text("''"), nullable=False),
        sa.Column("org", sa.String(200), server_default=sa.text("''"), nullable=False),
        sa.Column("language", sa.String(20), nullable=True),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("named", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(40), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("entry", sa.String(64), server_default=sa.text("''"), nullable=False),
        sa.Column("reminded_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_event_signup_page_id_page", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_event_signup_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["org_id"], ["page.id"], name="fk_event_signup_org_id_page", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_event_signup"),
        sa.UniqueConstraint("page_id", "account_id", name="uq_event_signup_page_id_account_id"),
        sa.UniqueConstraint("seed", name="uq_event_signup_seed"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_signup_account_id", "event_signup", ["account_id"])
    op.create_index("ix_event_signup_page_id_status_asked_at", "event_signup", ["page_id", "status", "asked_at"])
    op.create_table(
        "event_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(40), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_event_invitation_page_id_page", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_event_invitation_account_id_account", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_event_invitation"),
        sa.UniqueConstraint("seed", name="uq_event_invitation_seed"),
    )
    op.create_index("ix_event_invitation_account_id", "event_invitation", ["account_id"])
    op.create_index("ix_event_invitation_page_id", "event_invitation", ["page_id"])
    op.create_table(
        "event_feedback",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(200), server_default=sa.text("''"), nullable=False),
        sa.Column("useful", sa.Integer(), nullable=True),
        sa.Column("will_try", sa.String(500), server_default=sa.text("''"), nullable=False),
        sa.Column("worry", sa.String(500), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_event_feedback_page_id_page", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_event_feedback_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_event_feedback"),
        sa.UniqueConstraint("page_id", "account_id", name="uq_event_feedback_page_id_account_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_feedback_account_id", "event_feedback", ["account_id"])
