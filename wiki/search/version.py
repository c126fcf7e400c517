"""With which rules the index was made: when a later program takes words apart otherwise, it has to be made anew."""

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from wiki.models import SearchVersion

#: Raised with every change of what the index holds for the same page.
VERSION = 5

_TABLE = SearchVersion.metadata.tables["search_version"]


def made_with(session: Session) -> int | None:
    """The rules that the whole index was made with; None for a wiki that began with the present ones and has not said so yet."""
    return session.execute(select(SearchVersion.version).where(SearchVersion.id == 1)).scalar()


def is_current(session: Session) -> bool:
    return made_with(session) in (None, VERSION)


def set_current(session: Session) -> None:
    """The whole index is made with the present rules from now on."""
    session.execute(delete(_TABLE))
    session.execute(insert(_TABLE), [{"id": 1, "version": VERSION}])
