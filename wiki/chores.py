"""What a server does in the background besides delivering mails: each chore a little at a time, none before it is needed."""

from collections.abc import Callable

from wiki.attachments import reading
from wiki.attachments.store import Store
from wiki.care import index_version
from wiki.config import Settings
from wiki.db import Database
from wiki.finding.kept import telling
from wiki.kinds import Catalogue
from wiki.pages import past


def chores(database: Database, settings: Settings, catalogue: Catalogue) -> list[Callable[[], object]]:
    """Functions to call every few seconds; several processes may do so at once."""
    store = Store(settings.folder / "files")
    return [
        lambda: index_version.keep_current(database, catalogue),
        lambda: reading.read_waiting(database, store),
        lambda: past.index_waiting(database, catalogue),
        lambda: telling.tell(database, settings, catalogue),
    ]
