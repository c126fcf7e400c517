"""Keep who came to an event, as its hosts ticked it."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event_signup", sa.Column("came", sa.Boolean(), nullable=True))
