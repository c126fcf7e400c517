"""`wiki check`: is everything that is stored as it should be? Each problem is one line that says what, and how to mend it."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from wiki.attachments.store import Store
from wiki.care import seals, truth
from wiki.config import Settings
from wiki.kinds import Catalogue


def run(session: Session, settings: Settings, catalogue: Catalogue | None) -> Iterator[str]:
    """Everything that is not as it should be, as it is found, while the wiki may go on serving; nothing is changed.

    Without a catalogue, because the page templates are wrong, the derived tables are not looked at.
    """
    if not session.in_transaction() and session.get_bind().dialect.name == "postgresql":
        # One moment for all questions; SQLite gives that to every transaction.
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    yield from seals.database_problems(session)
    yield from seals.revision_problems(session)
    yield from seals.event_problems(session)
    yield from seals.file_problems(session, Store(settings.folder / "files"))
    if catalogue is not None:
        yield from truth.problems(session, catalogue)
