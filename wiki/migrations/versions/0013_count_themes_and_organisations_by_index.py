"""Count themes and organisations of many pages from indexes alone."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

THEMES = sa.text("\"key\" = 'themes'")
REFERS = sa.text("ref_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_field_value_themes", "field_value", ["page_id", "text"], sqlite_where=THEMES, postgresql_where=THEMES
    )
    op.create_index(
        "ix_field_value_ref_id_page_id",
        "field_value",
        ["ref_id", "page_id"],
        sqlite_where=REFERS,
        postgresql_where=REFERS,
    )
