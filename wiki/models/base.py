"""What all tables share."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DDL, JSON, DateTime, Dialect, MetaData, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


#: For tables whose ids the event log names: an id is not given a second time when its row goes (PostgreSQL never does).
NEVER_AGAIN = {"sqlite_autoincrement": True}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware of it on both databases (SQLite stores no time zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON}


def with_ddl(
    model: type[Base], sqlite: tuple[Sequence[str], Sequence[str]], postgres: tuple[Sequence[str], Sequence[str]]
) -> None:
    """Make and drop with a table what only one of the two servers has, in its own words: (made after it, dropped before it)."""
    for dialect, (made, dropped) in (("sqlite", sqlite), ("postgresql", postgres)):
        for moment, statements in (("after_create", made), ("before_drop", dropped)):
            for statement in statements:
                ddl = DDL(statement)  # type: ignore[no-untyped-call]
                event.listen(model.__table__, moment, ddl.execute_if(dialect=dialect))
