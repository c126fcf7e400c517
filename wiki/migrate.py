"""Bring a database to the tables that this program needs, or say why that cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from wiki.db import Database
from wiki.errors import Unavailable
from wiki.i18n import gettext as _
from wiki.models import Base

MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = MIGRATIONS / "versions"

#: Two nodes that start together must not both migrate; the number is arbitrary and only has to stay the same.
LOCK = 4_104_553_027


def upgrade(database: Database) -> None:
    """Migrate to this program's version, all or nothing; does nothing when the database is there already.

    Raises Unavailable, and touches nothing, when the database is newer than the program.
    """
    with alone(database) as connection:
        upgrade_on(connection)


def upgrade_on(connection: Connection, version: str = "head") -> None:
    """Migrate inside the connection's transaction, at most to `version`. Raises Unavailable as upgrade() does."""
    _refuse_newer(connection)
    command.upgrade(alembic_config(connection), version)


def drop_everything(connection: Connection) -> None:
    """Take all tables away from a database that is at this program's version, inside the connection's transaction."""
    Base.metadata.drop_all(connection)
    connection.execute(text("DROP TABLE alembic_version"))


def current(database: Database) -> str | None:
    """The version that the database has, for example "0001"; None for an empty one."""
    with database.engine.connect() as connection:
        return version_of(connection)


def newest() -> str:
    """The version that this program wants."""
    return _scripts().get_current_head() or ""


def is_current(database: Database) -> bool:
    return current(database) == newest()


def is_newer_than_program(database: Database) -> bool:
    """True when a later program has migrated the database: this one must not write to it."""
    with database.engine.connect() as connection:
        version = version_of(connection)
    return version is not None and not knows(version)


def require_current(database: Database) -> None:
    """Raises Unavailable, with what to do, when the database is not at this program's version."""
    with database.engine.connect() as connection:
        _refuse_newer(connection)
        version = version_of(connection)
    if version is None:
        raise Unavailable(_("The database has no tables yet. Run: wiki migrate"))
    if version != newest():
        raise Unavailable(
            _(
                "The database has version %(version)s; this program wants %(newest)s. "
                "Make a backup with the earlier program, then run: wiki migrate",
                version=version,
                newest=newest(),
            )
        )


def _refuse_newer(connection: Connection) -> None:
    version = version_of(connection)
    if version is not None and not knows(version):
        raise Unavailable(
            _(
                "The database has version %(version)s; this program knows versions up to %(newest)s. "
                "Start the newer program that this database was last used with, or restore a backup from before.",
                version=version,
                newest=newest(),
            )
        )


def knows(version: str) -> bool:
    """Whether a database of that version can be used or migrated by this program."""
    return version in {script.revision for script in _scripts().walk_revisions()}


def version_of(connection: Connection) -> str | None:
    """The version of the database behind the connection; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def alembic_config(connection: Connection, folder: Path = MIGRATIONS) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def alone(database: Database) -> Iterator[Connection]:
    """A connection in one transaction that nobody else migrates beside."""
    with database.engine.connect().execution_options(holdfast_writes=True) as connection:
        if database.is_sqlite:
            # Rebuilding a table drops the old one, which must not delete what points to it. SQLite wants
            # the switch outside the transaction.
            with _foreign_keys_off(connection), connection.begin():
                yield connection
        else:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
                yield connection


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
