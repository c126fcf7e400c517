"""Make the search index, and the reference between tables that need each other."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = (
    'CREATE VIRTUAL TABLE search_index USING fts5(title, lead, fields, "rows", body, words, '
    """tokenize="ascii tokenchars '_.'")""",
    """CREATE VIRTUAL TABLE search_title USING fts5(words, tokenize="ascii tokenchars '_.'", prefix='1 2 3')""",
)

POSTGRESQL = (
    """CREATE TABLE search_index (
        page_id integer PRIMARY KEY REFERENCES page (id) ON DELETE CASCADE,
        length integer NOT NULL,
        terms tsvector NOT NULL,
        head tsvector NOT NULL,
        title_words tsvector NOT NULL,
        counts jsonb NOT NULL
    )""",
    "CREATE INDEX search_index_length ON search_index (length)",
    "CREATE INDEX search_index_terms ON search_index USING gin (terms) WITH (fastupdate = off)",
    "CREATE INDEX search_index_title_words ON search_index USING gin (title_words) WITH (fastupdate = off)",
    # A space has a front page and every page has a space; SQLite took the reference with the table.
    """ALTER TABLE space ADD CONSTRAINT fk_space_front_page_id_page
        FOREIGN KEY (front_page_id) REFERENCES page (id) ON DELETE SET NULL""",
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
