"""New results of searches that people keep become notices: of what their keeper may read just then."""

from datetime import timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from wiki import clock, i18n
from wiki.config import Settings
from wiki.db import Database
from wiki.finding.kept.saving import new_ids
from wiki.models import Account, SavedSearch
from wiki.notices.telling import tell as tell_people
from wiki.people import queries

#: Pages of one search that are told at a time; all of them are counted in the list of searches.
NAMED = 12
#: Between two looks at one search.
PAUSE = timedelta(hours=6)
#: Searches that are asked in one go.
MOST = 50


def tell(database: Database, settings: Settings, limit: int = MOST) -> int:
    """Tell what is new in searches that are due; says of how many. Each search is a transaction of its own, and belongs to one process."""
    told = 0
    for _each in range(limit):
        if not _anything_due(database):
            break
        with database.transaction() as session:
            told += _tell_next(session, settings)
    return told


def _due() -> Any:
    return SavedSearch.by_mail & (SavedSearch.tell_after <= clock.now())


def _anything_due(database: Database) -> bool:
    """Asked first, so that an idle worker never takes SQLite's write lock."""
    with database.read() as session:
        return bool(session.scalar(select(exists().where(_due()))))


def _tell_next(session: Session, settings: Settings) -> bool:
    found = select(SavedSearch).where(_due()).order_by(SavedSearch.tell_after, SavedSearch.id).limit(1)
    search = session.scalars(found.with_for_update(skip_locked=True)).one_or_none()
    if search is None:
        return False
    search.tell_after = clock.now() + PAUSE
    viewer = queries.viewer_for_account(session, search.account_id)
    if viewer is None:  # the account is closed
        return False
    account = session.get_one(Account, search.account_id)
    told = set(search.told)
    with i18n.use(account.language or settings.language, settings.time_zone):
        new = [page_id for page_id in new_ids(session, viewer, search) if page_id not in told]
    if not new:
        return False
    search.told = [*search.told, *new]
    for page_id in new[:NAMED]:
        group = f"search-{search.id}"
        tell_people(session, [account.id], "found", page_id, group=group, words={"search": search.name})
    return True
