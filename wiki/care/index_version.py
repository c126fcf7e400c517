"""An index that an earlier program made is made anew by itself, while the wiki serves: by one process, or by the next after a crash."""

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError, OperationalError

from wiki import clock
from wiki.care import indexes
from wiki.db import Database
from wiki.kinds import Catalogue
from wiki.models import SearchVersion
from wiki.search import version

#: The row that says who is at it, by the minute in which they began; after so many minutes nobody is.
_CLAIM, LEASE = 2, 60


def keep_current(database: Database, catalogue: Catalogue) -> None:
    """Make the index anew if it was made with earlier rules and nobody else is at it."""
    with database.read() as session:
        made_with = version.made_with(session)
    if made_with == version.VERSION:
        return
    if made_with is None:
        with database.transaction() as session:
            version.set_current(session)
    elif _claimed(database):
        indexes.rebuild(database, catalogue)


def _claimed(database: Database) -> bool:
    minute = int(clock.now().timestamp() // 60)
    try:
        with database.transaction() as session:
            session.execute(
                delete(SearchVersion).where(SearchVersion.id == _CLAIM, SearchVersion.version < minute - LEASE)
            )
            session.execute(insert(SearchVersion), [{"id": _CLAIM, "version": minute}])
    except (IntegrityError, OperationalError):
        return False
    return True
