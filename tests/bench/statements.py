"""How many statements a request makes, whoever makes them."""

import sqlite3
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import event

from wiki.web.state import site

#: Beginning and ending a transaction reads nothing.
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE", "--")


class Counted:
    """Hears every statement that SQLite runs for an application (which must not have connected yet)."""

    def __init__(self, app: Flask) -> None:
        self._heard: list[str] = []
        event.listen(site(app).database.engine, "connect", self._listen)

    def _listen(self, connection: sqlite3.Connection, _record: Any) -> None:
        connection.set_trace_callback(self._heard.append)

    def during(self, request: Callable[[], Any]) -> int:
        self._heard.clear()
        request()
        return sum(not one.lstrip().startswith(NOT_COUNTED) for one in self._heard)
