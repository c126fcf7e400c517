"""Keep notices, what people watch and how they wish to be told; let mails be made of something when they are sent."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _belongs(table: str, column: str, to: str, *, null: bool = True) -> sa.Column[int]:
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{column}_{to}", ondelete="CASCADE")
    return sa.Column(column, sa.Integer(), key, nullable=null)


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs("notice", "account_id", "account", null=False),
        sa.Column("reason", sa.String(40), nullable=False),
        _belongs("notice", "page_id", "page"),
        sa.Column("row", sa.String(12), nullable=False),
        sa.Column("link", sa.String(500), nullable=False),
        sa.Column("folding", sa.String(200), nullable=False),
        sa.Column("told_by", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=True),
        sa.Column("mail_after", Moment(), nullable=True),
        sa.Column("mailed_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index("ix_notice_account_id_changed_at", "notice", ["account_id", "changed_at"])
    unseen = sa.text("seen_at IS NULL")
    op.create_index(
        "ix_notice_unseen", "notice", ["account_id", "page_id"], sqlite_where=unseen, postgresql_where=unseen
    )
    op.create_index("ix_notice_page_id", "notice", ["page_id"])
    op.create_index("ix_notice_mail_after", "notice", ["mail_after"])
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs("watch", "account_id", "account", null=False),
        _belongs("watch", "page_id", "page"),
        _belongs("watch", "space_id", "space"),
        sa.Column("theme", sa.String(120), nullable=True),
        sa.Column("muted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("time", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watch"),
        sa.UniqueConstraint("account_id", "page_id", name="uq_watch_account_id_page_id"),
        sa.UniqueConstraint("account_id", "space_id", name="uq_watch_account_id_space_id"),
        sa.UniqueConstraint("account_id", "theme", name="uq_watch_account_id_theme"),
    )
    for column in ("page_id", "space_id", "theme"):
        op.create_index(f"ix_watch_{column}", "watch", [column])
    op.create_table(
        "wishes",
        _belongs("wishes", "account_id", "account", null=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.String(60), server_default=sa.text("''"), nullable=False),
        sa.Column("hour", sa.Integer(), server_default="8", nullable=False),
        sa.Column("weekday", sa.Integer(), server_default="0", nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("quiet_weekends", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("watch_kept", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("stopped_at", Moment(), nullable=True),
        sa.Column("stop_key", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_wishes"),
        sa.UniqueConstraint("stop_key", name="uq_wishes_stop_key"),
    )
    op.create_table(
        "log_read",
        sa.Column("reader", sa.String(20), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reader", name="pk_log_read"),
    )
    # What happened before is not told. Without a row the log is read from its beginning, which is that of a new wiki.
    op.execute("INSERT INTO log_read (reader, event_id) SELECT 'watching', max(id) FROM event HAVING count(*) > 0")
    op.add_column("outgoing", sa.Column("made_of", sa.JSON(), nullable=True))
