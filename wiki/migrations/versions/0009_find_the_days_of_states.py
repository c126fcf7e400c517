"""Find the days on which a page came into its states without reading its revisions."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_revision_page_id_number_state_time", "revision", ["page_id", "number", "state", "time"])
