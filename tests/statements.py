"""How many statements a request makes, whoever makes them: SQLAlchemy, or the driver itself (`wiki.prepared`)."""

from collections.abc import Callable
from typing import Any

import psycopg
from psycopg.abc import Params
from sqlalchemy import event

from wiki.db import Database

#: Beginning and ending a transaction reads nothing, what SQLite says to itself begins with "--", a driver that looks
#: whether the server is still there says ";".
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE", "SET", "--", ";")


class Statements:
    """Hears every statement that a database is sent, on connections made from now on; those that wait are let go."""

    def __init__(self, database: Database) -> None:
        self._heard: list[str] = []
        database.engine.dispose()
        event.listen(database.engine, "connect", self._listen_to_sqlite if database.is_sqlite else self._listen)

    def during(self, request: Callable[[], Any]) -> list[str]:
        self._heard.clear()
        request()
        return [one for one in self._heard if not one.lstrip().upper().startswith(NOT_COUNTED)]

    def _listen_to_sqlite(self, connection: Any, _record: Any) -> None:
        connection.set_trace_callback(self._heard.append)

    def _listen(self, connection: psycopg.Connection[Any], _record: Any) -> None:
        heard = self._heard

        class Cursor(psycopg.Cursor[Any]):
            def execute(self, query: Any, params: Params | None = None, **more: Any) -> "Cursor":
                heard.append(str(query))
                return super().execute(query, params, **more)

            def executemany(self, query: Any, params_seq: Any, **more: Any) -> None:
                heard.append(str(query))
                super().executemany(query, params_seq, **more)

        connection.cursor_factory = Cursor
