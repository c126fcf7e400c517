"""What the demo's people watch, and what they have been told of the last days: inboxes that are not empty."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import null, select, update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.kinds import Catalogue
from wiki.models import Account, Notice, Page, Space, Watch
from wiki.notices import happenings

#: Pages that people watch, by the id of the person's page.
WATCHED = {
    "U1": ("P05", "P10", "P19", "P24", "P27", "P35"),
    "U2": ("P05", "P10", "P19", "P27"),
    "U4": ("P06", "P15", "P27"),
    "U5": ("P06", "P19"),
    "U6": ("P14", "P24"),
    "U8": ("P05", "P06", "P10", "P13", "P15", "P19", "P27"),
    "U9": ("P34", "P35"),
}
#: People who watch the whole space, and themes.
SPACE_WATCHERS, THEMES = ("U1", "U8"), {"U7": ("youth",), "U4": ("monitoring",)}
#: Of each inbox, the newest so many have not been seen.
STILL_NEW = 5


def watch_and_tell(
    session: Session, catalogue: Catalogue, made: Mapping[str, Page], accounts: Mapping[str, Account], space: Space
) -> None:
    """Let the demo's people watch what concerns them, and tell them what was logged; nothing of it is mailed."""
    now = clock.now()
    session.add_all(_watches(made, accounts, space, now))
    session.flush()
    happenings.read_all(session, catalogue)
    for account in accounts.values():
        mine = (
            select(Notice.id)
            .where(Notice.account_id == account.id)
            .order_by(Notice.changed_at.desc(), Notice.id.desc())
        )
        newest = list(session.scalars(mine.limit(STILL_NEW)))
        session.execute(update(Notice).where(Notice.account_id == account.id).values(mail_after=null()))
        earlier = update(Notice).where(Notice.account_id == account.id, Notice.id.not_in(newest))
        session.execute(earlier.values(seen_at=Notice.changed_at))


def _watches(made: Mapping[str, Page], accounts: Mapping[str, Account], space: Space, now: datetime) -> Sequence[Watch]:
    pages = [
        Watch(account_id=accounts[who].id, page_id=made[page].id, time=now)
        for who, watched in WATCHED.items()
        for page in watched
    ]
    spaces = [Watch(account_id=accounts[who].id, space_id=space.id, time=now) for who in SPACE_WATCHERS]
    themes = [
        Watch(account_id=accounts[who].id, theme=theme, time=now) for who, those in THEMES.items() for theme in those
    ]
    return [*pages, *spaces, *themes]
