"""Let a mail be too late to be sent."""

import sqlalchemy as sa
from alembic import op

from wiki.models.base import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outgoing", sa.Column("good_until", Moment(), nullable=True))
