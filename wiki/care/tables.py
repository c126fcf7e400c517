"""The rows of all tables as lines of JSON, out of one database and into another of either kind."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, DateTime, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from wiki.care.sealed import Reader, Writer, refused
from wiki.db import Database
from wiki.errors import Invalid
from wiki.i18n import gettext as _
from wiki.models import Base

FOLDER = "tables"
#: Made anew from the revisions, so not kept.
DERIVED = {"field_value", "link", "page_reader", "rendering", "row", "search_spelling"}
DERIVED |= {"search_synonym", "search_text"}
#: What files hold and pages said before is read again in the background.
DERIVED |= {"file_text", "search_passage", "search_past"}
#: Of the moment only: who is signed in or writing, tries against limits, who looked at what, what the index was made with.
#: An ended session must not come back to life.
PASSING = {"attempt", "login", "presence", "search_version", "seen"}
#: Rows that are fetched, or bytes that are stored, at a time.
FETCHED, STORED = 100, 1 << 22
MOST_ROWS = 500


def kept() -> list[Table]:
    """The tables that a backup holds, each after those that it points to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in DERIVED | PASSING]


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """A connection that sees all tables as they are at one moment, however long it reads, and keeps nobody waiting."""
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection


def write(connection: Connection, writer: Writer) -> int:
    """Write every kept table into the backup; returns how many rows."""
    rows = 0
    for table in kept():
        rows += writer.add(f"{FOLDER}/{table.name}.jsonl", _lines(connection, table), count_pieces=True)
    writer.manifest.ids = highest_ids(connection)
    return rows


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    order = table.primary_key.columns
    found = connection.execution_options(yield_per=FETCHED).execute(select(table).order_by(*order))
    for row in found.mappings():
        yield json.dumps(dict(row), default=_plain).encode() + b"\n"


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a backup")


def highest_ids(connection: Connection) -> dict[str, int]:
    """The highest id that each table has ever given: ids of rows that are gone are not given a second time."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        return {row[0]: row[1] for row in found}
    highest = {}
    for table in _numbered(kept()):
        sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, "id"))).scalar()
        if sequence:
            last = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"  # noqa: S608  # quoted by the server
            highest[table.name] = connection.execute(text(last)).scalar_one()
    return highest


def _numbered(tables: list[Table]) -> list[Table]:
    return [table for table in tables if "id" in table.columns]


def is_empty(connection: Connection) -> bool:
    """Whether no table holds anything that a backup would bring."""
    return not any(connection.execute(select(table).limit(1)).first() for table in kept())


def load(connection: Connection, backup: Reader) -> int:
    """Store the rows of the backup in empty tables; returns how many. References must be whole at the end.

    The tables are those of the database, which has the schema of the backup. Raises Invalid for rows that do not fit.
    """
    names = {name: name.removeprefix(f"{FOLDER}/").removesuffix(".jsonl") for name in backup.names(FOLDER)}
    unknown = set(names.values()) - set(inspect(connection).get_table_names())
    if unknown:
        raise refused(
            _("The backup holds a table that is not known here: %(names)s.", names=", ".join(sorted(unknown)))
        )
    metadata = MetaData()
    metadata.reflect(connection, only=list(names.values()))
    rows = 0
    with _references_checked_at_the_end(connection):
        for table in PASSING & set(metadata.tables):
            connection.execute(metadata.tables[table].delete())
        for member, name in names.items():
            rows += _load_table(connection, metadata.tables[name], backup, member)
    _continue_ids(connection, [metadata.tables[name] for name in names.values()], backup.manifest.ids)
    return rows


def _load_table(connection: Connection, table: Table, backup: Reader, member: str) -> int:
    """Rows are stored when there are many of them, or much."""
    days = {column.name: column.type for column in table.columns if isinstance(column.type, DateTime | Date)}
    waiting: list[dict[str, Any]] = []
    count = size = 0
    for line in backup.lines(member):
        row = _row(line, days, member)
        waiting.append(row)
        count, size = count + 1, size + len(line)
        if len(waiting) >= MOST_ROWS or size >= STORED:
            connection.execute(insert(table), waiting)
            waiting, size = [], 0
    if waiting:
        connection.execute(insert(table), waiting)
    return count


def _row(line: bytes, days: dict[str, Any], member: str) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(line)
        for name, kind in days.items():
            if row.get(name) is not None:
                row[name] = (datetime if isinstance(kind, DateTime) else date).fromisoformat(row[name])
    except (AttributeError, TypeError, ValueError) as error:
        raise refused(_("The backup holds a row that cannot be read, in %(name)s.", name=member)) from error
    return row


@contextmanager
def _references_checked_at_the_end(connection: Connection) -> Iterator[None]:
    """Rows may point to rows that come later; SQLite's references are switched off by whoever opened the transaction."""
    if connection.dialect.name == "sqlite":
        yield
        if connection.execute(text("PRAGMA foreign_key_check")).first():
            raise _torn()
        return
    constraints = connection.execute(
        text(
            "SELECT quote_ident(relname), quote_ident(conname) FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
            " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
    ).all()
    for table, name in constraints:
        connection.execute(text(f"ALTER TABLE {table} ALTER CONSTRAINT {name} DEFERRABLE INITIALLY DEFERRED"))
    yield
    try:
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    except IntegrityError as error:
        raise _torn() from error
    for table, name in constraints:
        connection.execute(text(f"ALTER TABLE {table} ALTER CONSTRAINT {name} NOT DEFERRABLE"))


def _torn() -> Invalid:
    return refused(_("The backup is not whole: rows point to rows that it lacks. Take another one."))


def _continue_ids(connection: Connection, tables: list[Table], highest: dict[str, int]) -> None:
    """New rows get ids above all that were ever given."""
    on_sqlite = connection.dialect.name == "sqlite"
    for table in _numbered(tables):
        last = connection.execute(select(func.max(table.c.id))).scalar() or 0
        number = max(last, highest.get(table.name, 0))
        if not on_sqlite:
            sequence = func.pg_get_serial_sequence(table.name, "id")
            connection.execute(select(func.setval(sequence, max(number, 1), number > 0)))
        elif number > last:
            values = {"name": table.name, "number": number}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), values)
