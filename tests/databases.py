"""Empty, migrated databases for tests, cheap because they are copies: of a file, or of a template database.

Each test process starts a PostgreSQL server of its own: that takes a second, a copy of the template 0.03 s, and no
process has to wait for, or clean up after, another.
"""

import copy
import itertools
import shutil
from pathlib import Path

import psycopg

from tests.postgres import Server
from wiki import migrate
from wiki.db import Database


class SQLiteTemplate:
    """Makes databases as files; a migrated one is a copy of the first."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "template.db"
        migrated(sqlite_url(self.file))

    @classmethod
    def of(cls, file: Path) -> "SQLiteTemplate":
        """Copies of a file that is there already."""
        template = cls.__new__(cls)
        template.file = file
        return template

    def copy(self, folder: Path) -> str:
        """The URL of a new migrated database in the folder."""
        file = folder / "wiki.db"
        shutil.copyfile(self.file, file)
        return sqlite_url(file)


class PostgresTemplate:
    """Makes databases on one server; a migrated one is a copy of the first."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.numbers = itertools.count(1)
        self.admin = psycopg.connect(host=str(server.folder), user="postgres", autocommit=True)
        self.name = self._create("template1")
        migrated(self.url(self.name))

    def copy(self) -> str:
        """The URL of a new migrated database."""
        return self.url(self._create(self.name))

    def of(self, url: str) -> "PostgresTemplate":
        """Copies of another database of the same server, to which nobody is connected."""
        template = copy.copy(self)
        template.name = name_in(url)
        return template

    def empty(self) -> str:
        """The URL of a new database without any table."""
        return self.url(self._create("template1"))

    def drop(self, url: str) -> None:
        self.admin.execute(f"DROP DATABASE {name_in(url)} WITH (FORCE)")

    def url(self, name: str) -> str:
        return self.server.url(name)

    def close(self) -> None:
        self.admin.close()

    def _create(self, template: str) -> str:
        name = f"wiki_{next(self.numbers)}"
        self.admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name


def name_in(url: str) -> str:
    """The database's name in its URL."""
    return url.partition("?")[0].rpartition("/")[2]


def migrated(url: str) -> None:
    database = Database(url)
    migrate.upgrade(database)
    database.close()  # the last connection writes SQLite's log back into the file, which can then be copied


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"
