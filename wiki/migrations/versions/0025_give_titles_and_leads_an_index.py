"""Give titles and leads an index of their own: what says it there comes first where very many pages match."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE VIRTUAL TABLE search_index_lead USING fts5(title, lead, tokenize="ascii tokenchars '_.'")""",
    "INSERT INTO search_index_lead (rowid, title, lead) SELECT rowid, title, lead FROM search_index WHERE rowid > 0",
)
POSTGRESQL = ("CREATE INDEX search_index_head ON search_index USING gin (head) WITH (fastupdate = off)",)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
