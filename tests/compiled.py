"""Statements compiled once for all databases of a test process, as one server compiles them once for all its requests.

SQLAlchemy keeps compiled statements for one engine and one dialect, and each test has an engine of its own: without
this a fifth of the time goes into compiling the same statements again.
"""

from typing import Any

from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache

from wiki.db import Database

_known: dict[str, Dialect] = {}
_compiled: LRUCache[Any, Any] = LRUCache(4000)


def share() -> None:
    """From now on all databases of a kind use one dialect, and all of them one collection of compiled statements."""
    own_engine = Database._engine

    def engine(self: Database) -> Engine:
        made = own_engine(self)
        known = _known.get(made.dialect.name)
        if known is None or known.server_version_info is None:  # it has not been connected yet, knows not its server
            _known[made.dialect.name] = made.dialect
        else:
            made.dialect = made.pool._dialect = known
        made._compiled_cache = _compiled
        return made

    Database._engine = engine  # type: ignore[method-assign]
