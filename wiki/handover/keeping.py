"""Notes are kept up to date while they are open.

Not in the transaction of each change: a save would then hold a second page, and two of them could wait for each other.
Whoever opens the working view sees what is held at that moment; whatever is done to a note writes it down first; and a
chore writes it down within seconds of the change for those who read the page itself.
"""

import threading
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from wiki import clock, eventlog, i18n
from wiki.access import Viewer
from wiki.config import Settings
from wiki.db import Database
from wiki.handover.items import SETTLED, brought_up_to_date, status_of
from wiki.handover.notes import GATHERING, OPEN, Parties, content_now, kept_notes, prepared_as, the_wiki, write
from wiki.holdings import footprint
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.models import Page, Revision
from wiki.pages.actions import hold


def up_to_date(session: Session, catalogue: Catalogue, page: Page, content: Content, today: date) -> Content:
    """The content as it should be now; itself when nothing differs. Notes that nobody prepared stay as they were written."""
    leaver = Parties.of(content).leaver
    how = prepared_as(session, page) if leaver is not None and page.state in OPEN else None
    if leaver is None or how is None:
        return content
    held = footprint(session, catalogue, None, leaver, today)
    return brought_up_to_date(content, held, page.id, adds=how == "all" and page.state in GATHERING)


def refresh(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, today: date) -> Revision | None:
    """Write down what was gained, done or given away since; closes the note when that settled the last thing."""
    page = hold(session, catalogue, page)
    before = content_now(session, page)
    content = up_to_date(session, catalogue, page, before, today)
    if content is before:
        return None
    return write(session, catalogue, viewer, page, content, _said(before, content), closing(page, content))


def closing(page: Page, content: Content) -> str | None:
    """The state into which an accepted note comes when everything of it is settled."""
    settled = all(status_of(row) in SETTLED for row in content.rows("items"))
    return "closed" if page.state == "accepted" and settled else None


def _said(before: Content, after: Content) -> str:
    new = len(after.rows("items")) - len(before.rows("items"))
    was = {row["id"]: status_of(row) for row in before.rows("items")}
    closed = sum(status_of(row) == "closed" != was.get(row["id"], "closed") for row in after.rows("items"))
    parts = []
    if new > 0:
        parts.append(i18n.ngettext("%(count)s thing more", "%(count)s things more", new))
    if closed:
        parts.append(i18n.ngettext("%(count)s thing settled meanwhile", "%(count)s things settled meanwhile", closed))
    return ", ".join(parts) or _("Brought up to date")


@dataclass
class _Looked:
    """What this process saw last: the newest event and the day, by database. Without either nothing can have changed."""

    seen: dict[str, tuple[int, date]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_LOOKED = _Looked()


def keep(database: Database, settings: Settings, catalogue: Catalogue) -> int:
    """The chore: says how many notes it changed. Several processes may do it at once: each note is held while it is written."""
    today = clock.today(settings.time_zone)
    with database.read() as session:
        now = (eventlog.latest(session), today)
        name = str(database.url)
        with _LOOKED.lock:
            if _LOOKED.seen.get(name) == now:
                return 0
            _LOOKED.seen[name] = now
        late = [
            page.id
            for page in kept_notes(session)
            if up_to_date(session, catalogue, page, content := content_now(session, page), today) is not content
        ]
    return sum(_keep_one(database, settings, catalogue, page_id, today) for page_id in late)


def _keep_one(database: Database, settings: Settings, catalogue: Catalogue, page_id: int, today: date) -> bool:
    with i18n.use(settings.language, settings.time_zone), database.transaction() as session:
        page = session.get_one(Page, page_id)
        return refresh(session, catalogue, the_wiki(), page, today) is not None
