"""Keep versions of page templates that a site has changed, changes that are proposed, and what is said about them."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "template_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sections", sa.String(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(200), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("mark", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name="fk_template_version_author_id_account", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_template_version"),
        sa.UniqueConstraint("part", "key", "version", name="uq_template_version_part_key_version"),
        sa.UniqueConstraint("mark", name="uq_template_version_mark"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_template_version_author_id", "template_version", ["author_id"])
    op.create_table(
        "template_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("base_text", sa.String(), nullable=False),
        sa.Column("base_sections", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sections", sa.String(), nullable=False),
        sa.Column("why", sa.String(2000), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(200), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("closed_by", sa.String(200), nullable=False),
        sa.Column("answer", sa.String(2000), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name="fk_template_proposal_author_id_account", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_template_proposal"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_template_proposal_kind_state", "template_proposal", ["kind", "state"])
    op.create_index("ix_template_proposal_author_id", "template_proposal", ["author_id"])
    op.create_table(
        "template_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.Column("removed_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["template_proposal.id"],
            name="fk_template_comment_proposal_id_template_proposal",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name="fk_template_comment_author_id_account", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_template_comment"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_template_comment_proposal_id_id", "template_comment", ["proposal_id", "id"])
    op.create_index("ix_template_comment_author_id", "template_comment", ["author_id"])
