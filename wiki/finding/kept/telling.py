"""Mails about new results of searches that people keep: once a day at most, made of what their keeper may read just then."""

from datetime import timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from wiki import clock, i18n, mail_texts
from wiki.config import Settings
from wiki.db import Database
from wiki.finding.asking import read_question
from wiki.finding.kept.saving import A_DAY, new_ids
from wiki.kinds import Catalogue
from wiki.models import Account, Page, SavedSearch, Space
from wiki.people import queries
from wiki.text import url_part

#: Pages that one mail names.
NAMED = 12
#: A mail that could not be sent within this time is not sent any more: rights may have changed since.
GOOD_FOR = timedelta(hours=1)
#: Searches that are asked in one go.
MOST = 50


def tell(database: Database, settings: Settings, catalogue: Catalogue, limit: int = MOST) -> int:
    """Write the mails that are due; says how many. Each search is a transaction of its own, and belongs to one process."""
    written = 0
    for _each in range(limit):
        if not _anything_due(database):
            break
        with database.transaction() as session:
            written += _tell_next(session, settings, catalogue)
    return written


def _due() -> Any:
    return SavedSearch.by_mail & (SavedSearch.tell_after <= clock.now())


def _anything_due(database: Database) -> bool:
    """Asked first, so that an idle worker never takes SQLite's write lock."""
    with database.read() as session:
        return bool(session.scalar(select(exists().where(_due()))))


def _tell_next(session: Session, settings: Settings, catalogue: Catalogue) -> bool:
    found = select(SavedSearch).where(_due()).order_by(SavedSearch.tell_after, SavedSearch.id).limit(1)
    search = session.scalars(found.with_for_update(skip_locked=True)).one_or_none()
    if search is None:
        return False
    search.tell_after = clock.now() + A_DAY
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
    mail_texts.mail(
        session,
        settings,
        account,
        "new_results",
        good_for=GOOD_FOR,
        search=search.name,
        count=len(new),
        pages=_named(session, settings, catalogue, new[:NAMED]),
        rest=max(0, len(new) - NAMED),
        results=f"{settings.base_url}{read_question(search.question).sorted('newest').address()}&kept={search.id}",
    )
    return True


def _named(session: Session, settings: Settings, catalogue: Catalogue, ids: list[int]) -> list[dict[str, str]]:
    """Pages as a mail names them. The ids are what the reader has just been found to see."""
    found = session.execute(
        select(Page.id, Page.title, Page.kind, Page.slug, Space.slug.label("space"))
        .join(Space, Space.id == Page.space_id)
        .where(Page.id.in_(ids))
    )
    rows = {row.id: row for row in found}
    return [
        {
            "title": rows[page_id].title,
            "kind": catalogue[rows[page_id].kind].label if rows[page_id].kind in catalogue else rows[page_id].kind,
            "url": f"{settings.base_url}/{url_part(rows[page_id].space)}/{url_part(rows[page_id].slug)}",
        }
        for page_id in ids
    ]
