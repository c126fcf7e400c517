"""What a server does in the background besides delivering mails: each chore a little at a time, none before it is needed."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from wiki.attachments import reading
from wiki.attachments.store import Store
from wiki.care import index_version
from wiki.config import Settings
from wiki.db import Database
from wiki.finding.kept import telling
from wiki.handover import ending, keeping
from wiki.holdings.telling import teller
from wiki.kinds import Catalogue
from wiki.mail_texts import Letter
from wiki.models import Outgoing
from wiki.notices import happenings, mailing
from wiki.orientation import aging
from wiki.pages import past
from wiki.questions import carrying
from wiki.receipts.keeping import keeper


def chores(database: Database, settings: Settings, catalogue: Catalogue) -> list[Callable[[], object]]:
    """Functions to call every few seconds; several processes may do so at once."""
    store = Store(settings.folder / "files")
    return [
        lambda: index_version.keep_current(database, catalogue),
        lambda: reading.read_waiting(database, store),
        lambda: past.index_waiting(database, catalogue),
        lambda: telling.tell(database, settings),
        lambda: happenings.read_on(database, catalogue),
        lambda: mailing.hand_over(database, settings),
        lambda: carrying.carry(database, settings),
        keeper(database, settings),
        teller(database, settings, catalogue),
        lambda: keeping.keep(database, settings, catalogue),
        lambda: ending.let_go(database, settings, catalogue),
        aging.keeper(database, settings, catalogue),
    ]


def makers(settings: Settings, catalogue: Catalogue) -> Mapping[str, Callable[[Session, Outgoing], Letter | None]]:
    """Who makes the words of mails that are made when they are sent, by the name that stands in the mail."""
    return {mailing.MAKER: lambda session, message: mailing.make(session, settings, catalogue, message)}
