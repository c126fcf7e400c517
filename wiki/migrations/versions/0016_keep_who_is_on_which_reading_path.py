"""Keep who is on which reading path."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("assigned_by", sa.Integer(), nullable=True),
        sa.Column("buddy_id", sa.Integer(), nullable=True),
        sa.Column("started", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assigned_by"], ["page.id"], name="fk_enrolment_assigned_by_page", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["buddy_id"], ["page.id"], name="fk_enrolment_buddy_id_page", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["org_id"], ["page.id"], name="fk_enrolment_org_id_page", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["path_id"], ["page.id"], name="fk_enrolment_path_id_page", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["page.id"], name="fk_enrolment_person_id_page", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["role_id"], ["page.id"], name="fk_enrolment_role_id_page", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment"),
        sqlite_autoincrement=True,
    )
    for column in ("buddy_id", "org_id", "path_id", "person_id"):
        op.create_index(f"ix_enrolment_{column}", "enrolment", [column])
    still_on_it = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_enrolment_path_id_person_id",
        "enrolment",
        ["path_id", "person_id"],
        unique=True,
        sqlite_where=still_on_it,
        postgresql_where=still_on_it,
    )
    op.create_table(
        "step_taken",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.String(12), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("time", Moment(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_itself", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["page.id"], name="fk_step_taken_by_id_page", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name="fk_step_taken_enrolment_id_enrolment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_step_taken_page_id_page", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("enrolment_id", "row_id", name="pk_step_taken"),
    )
    op.create_index("ix_step_taken_page_id", "step_taken", ["page_id"])
