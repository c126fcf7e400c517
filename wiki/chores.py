"""What a server does in the background besides delivering mails: each chore a little at a time, none before it is needed."""

from collections.abc import Callable, Mapping
from functools import partial

from sqlalchemy.orm import Session

from wiki.attachments import reading
from wiki.attachments.store import Store
from wiki.care import index_version
from wiki.config import Settings, with_secret
from wiki.db import Database
from wiki.events import letters as invitations
from wiki.events import upkeep
from wiki.finding.kept import telling
from wiki.handover import ending, keeping
from wiki.holdings.telling import teller
from wiki.kinds import Catalogue
from wiki.letters import mailing as letters
from wiki.letters import proposing
from wiki.mail_texts import Letter
from wiki.models import Outgoing
from wiki.notices import happenings, mailing
from wiki.orientation import aging
from wiki.packs import renewing
from wiki.packs.keeping import found_keeper
from wiki.packs.library import Library
from wiki.pages import past
from wiki.paths.reminding import reminder
from wiki.questions import carrying
from wiki.receipts.keeping import keeper


def chores(database: Database, settings: Settings, library: Library) -> list[Callable[[], object]]:
    """Functions to call every few seconds; several processes may do so at once."""
    settings = with_secret(settings)
    store = Store(settings.folder / "files")
    return [
        found_keeper(database, library),
        lambda: index_version.keep_current(database, library.of(database)),
        lambda: renewing.renew(database, library),
        lambda: reading.read_waiting(database, store),
        lambda: past.index_waiting(database, library.of(database)),
        lambda: telling.tell(database, settings),
        lambda: happenings.read_on(database, library.of(database)),
        lambda: mailing.hand_over(database, settings),
        lambda: carrying.carry(database, settings),
        keeper(database, settings),
        reminder(database, settings),
        _anew(database, library, partial(teller, database, settings)),
        lambda: keeping.keep(database, settings, library.of(database)),
        lambda: ending.let_go(database, settings, library.of(database)),
        _anew(database, library, partial(aging.keeper, database, settings)),
        _anew(database, library, partial(proposing.proposer, database, settings)),
        _anew(database, library, partial(upkeep.keeper, database, settings)),
    ]


def _anew(
    database: Database, library: Library, make: Callable[[Catalogue], Callable[[], object]]
) -> Callable[[], object]:
    """The chore that `make` gives for the page templates as they are; another one when they have changed."""
    held: dict[str, Callable[[], object]] = {}

    def run() -> object:
        catalogue = library.of(database)
        if catalogue.mark not in held:
            held.clear()
            held[catalogue.mark] = make(catalogue)
        return held[catalogue.mark]()

    return run


def makers(settings: Settings, library: Library) -> Mapping[str, Callable[[Session, Outgoing], Letter | None]]:
    """Who makes the words of mails that are made when they are sent, by the name that stands in the mail.

    Addresses in them are sealed as the site seals them: with a key that is in the instance folder, if no setting holds one.
    """
    settings = with_secret(settings)
    return {
        mailing.MAKER: lambda session, message: mailing.make(session, settings, library.catalogue(session), message),
        invitations.MAKER: lambda session, message: invitations.make(session, settings, message),
        letters.MAKER: lambda session, message: letters.make(session, settings, library.catalogue(session), message),
    }
