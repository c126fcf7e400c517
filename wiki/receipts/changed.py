"""What changed since somebody read a page: only what is worth reading again counts (docs/acknowledgement.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from wiki.models import Page, Revision


@dataclass(frozen=True)
class Change:
    """A page was changed materially after revision `read`: first in revision `first`, at `since`, last in `last`; it is at `number` now.

    `by` and `note` are those of the last of these changes. `compare` is the address of the comparison, below the page's own.
    """

    read: int
    first: int
    last: int
    number: int
    since: datetime
    by: str
    note: str

    @property
    def compare(self) -> str:
        return f"/compare/{self.read}/{self.number}"


def changed_since(session: Session, page: Page, number: int) -> Change | None:
    """The material changes of a page after the revision that somebody read; None if there is none."""
    return changes_since(session, {page.id: number}).get(page.id)


def changes_since(session: Session, read: Mapping[int, int]) -> dict[int, Change]:
    """The same for several pages, from the page's id to the revision read; pages without such a change are not there. One statement."""
    if not read:
        return {}
    after = or_(*(and_(Revision.page_id == page, Revision.number > number) for page, number in read.items()))
    rows = session.execute(
        select(Revision.page_id, Revision.number, Revision.time, Revision.author_name, Revision.note, Page.number)
        .join(Page, Page.id == Revision.page_id)
        .where(Revision.material, after)
        .order_by(Revision.number)
    )
    found: dict[int, Change] = {}
    for page, number, time, by, note, newest in rows:
        earlier = found.get(page)
        first, since = (earlier.first, earlier.since) if earlier else (number, time)
        found[page] = Change(read[page], first, number, newest, since, by, note)
    return found
