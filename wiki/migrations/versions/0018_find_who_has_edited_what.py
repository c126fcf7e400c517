"""Find who has edited what, without reading what was written."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_revision_page_id_author_id_time", "revision", ["page_id", "author_id", "time"])
