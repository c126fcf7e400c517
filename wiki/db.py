"""The database: engine, sessions, and what each of the two servers needs to be told."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from wiki.errors import ConfigError
from wiki.i18n import gettext as _

BUSY_SECONDS = 10
#: The two kinds of database, and how each is spoken to.
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
#: Rows that each() has in memory at a time.
FETCHED = 100

T = TypeVar("T")


class Database:
    """One database, reached by `url` (sqlite:///file or postgresql://…).

    Raises ConfigError for any other address. `read()` and `write()` give sessions. A write session on SQLite takes the write lock when it begins, so that two
    savers wait for each other instead of failing half-way.
    """

    def __init__(self, url: str) -> None:
        self.url = _understood(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = self._engine()
        self._writing = self.engine.execution_options(holdfast_writes=True)

    def _engine(self) -> Engine:
        if not self.is_sqlite:
            return create_engine(self.url, pool_pre_ping=True)
        # Of the connections to a file the one used last is used again, so that few have much of it in their caches.
        kept = {"pool_use_lifo": True} if self.url.database else {}
        engine = create_engine(self.url, connect_args={"timeout": BUSY_SECONDS}, **kept)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def read(self) -> Session:
        return Session(self.engine, expire_on_commit=False)

    def write(self) -> Session:
        return Session(self._writing, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction for commands and workers: committed at the end, undone by any exception."""
        with self.write() as session:
            yield session
            session.commit()

    def close(self) -> None:
        self.engine.dispose()


def _understood(url: str) -> URL:
    try:
        read = make_url(url)
        driver = DRIVERS[read.get_backend_name()]
    except (ArgumentError, KeyError, ValueError) as error:
        raise ConfigError(
            _("The setting database_url is not understood. Write sqlite:///path or postgresql://user@host/name.")
        ) from error
    return read.set(drivername=driver)


def each(session: Session, model: type[T], ids: Sequence[int]) -> Iterator[tuple[int, T | None]]:
    """The rows with these ids in this order, few in memory at a time; None for one that is gone or cannot be read.

    A row cannot be read when somebody has put something into it that is no JSON or no moment. Each row is let go after
    its turn, unless the caller keeps it.
    """
    by_id: Any = inspect(model).primary_key[0]
    for start in range(0, len(ids), FETCHED):
        some = ids[start : start + FETCHED]
        try:
            found = {one[0]: one[1] for one in session.execute(select(by_id, model).where(by_id.in_(some)))}
        except ValueError:
            found = {number: row for number in some if (row := _readable(session, model, number)) is not None}
        yield from ((number, found.get(number)) for number in some)


def _readable(session: Session, model: type[T], number: int) -> T | None:
    try:
        return session.get(model, number)
    except ValueError:
        return None


def _prepare_sqlite(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "cache_size=-8000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("holdfast_writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # may have to wait, and then fail as SQLAlchemy says it
    else:
        connection.connection.cursor().execute("BEGIN")
