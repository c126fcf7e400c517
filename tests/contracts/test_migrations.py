"""The migrations make exactly the tables that the models describe, on both servers."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from wiki import migrate
from wiki.db import Database
from wiki.errors import Unavailable
from wiki.models import Base
from wiki.models.search import UNMAPPED

SCHEMA = {
    "sqlite": "SELECT name, sql FROM sqlite_schema WHERE name LIKE 'search%'",
    "postgresql": """
        SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'search%' UNION ALL
        SELECT table_name || '.' || column_name, data_type || is_nullable
        FROM information_schema.columns WHERE table_name LIKE 'search%' UNION ALL
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid::regclass::text LIKE 'search%'
    """,
}


def test_it_works(bare_database: Database) -> None:
    assert migrate.current(bare_database) is None
    migrate.upgrade(bare_database)
    assert migrate.is_current(bare_database)


def test_a_second_upgrade_changes_nothing(database: Database) -> None:
    migrate.upgrade(database)
    assert migrate.is_current(database)


def test_models_and_migrations_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        options = {
            "include_name": lambda name, kind, parents: kind != "table" or not (name or "").startswith(UNMAPPED),
            "compare_server_default": True,
        }
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []


def test_the_search_index_is_the_one_that_the_models_describe(database: Database) -> None:
    migrated = search_schema(database)
    Base.metadata.drop_all(database.engine)
    assert search_schema(database) == {}
    Base.metadata.create_all(database.engine)
    assert search_schema(database) == migrated


def search_schema(database: Database) -> dict[str, str]:
    with database.engine.connect() as connection:
        rows = connection.execute(text(SCHEMA[database.engine.dialect.name])).all()
    return {
        name: " ".join((definition or "").split()).replace("( ", "(").replace(" )", ")") for name, definition in rows
    }


def test_a_database_that_is_newer_than_the_program_is_refused(database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert migrate.is_newer_than_program(database)
    with pytest.raises(Unavailable, match="9999.*newer program"):
        migrate.upgrade(database)
    assert migrate.current(database) == "9999"


def test_a_migration_that_fails_leaves_nothing_behind(bare_database: Database) -> None:
    with bare_database.transaction() as session:
        session.execute(text("CREATE TABLE page (id INTEGER PRIMARY KEY)"))
    with pytest.raises(Exception, match="page"):
        migrate.upgrade(bare_database)
    assert migrate.current(bare_database) is None
    with bare_database.transaction() as session:
        session.execute(text("DROP TABLE page"))
    migrate.upgrade(bare_database)
    assert migrate.is_current(bare_database)


def test_foreign_keys_are_kept_after_an_upgrade(sqlite_database: Database) -> None:
    migrate.upgrade(sqlite_database)
    with sqlite_database.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
