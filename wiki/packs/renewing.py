"""When a template has a new version, what is derived of its pages (lists, search) is made anew in the background, a few at a time."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.care import indexes
from wiki.db import Database
from wiki.models import LogRead, Page, TemplateVersion
from wiki.packs.library import Library
from wiki.packs.shelf import FOUND, KIND

#: The line that says up to which version of a template this was done.
READER = "templates"


def renew(database: Database, library: Library) -> int:
    """Make anew what is derived of the pages of kinds that have changed since; returns of how many."""
    with database.read() as session:
        newest, kinds = _changed(session)
        ids = list(session.scalars(select(Page.id).where(Page.kind.in_(kinds)).order_by(Page.id))) if kinds else []
        catalogue = library.catalogue(session)
    if newest is None:
        return 0
    for start in range(0, len(ids), indexes.BATCH):
        with database.transaction() as session:
            wanted = select(Page).where(Page.id.in_(ids[start : start + indexes.BATCH])).order_by(Page.id)
            indexes.rebuild_pages(session, catalogue, session.scalars(wanted.with_for_update(key_share=True)).all())
    with database.transaction() as session:
        session.merge(LogRead(reader=READER, event_id=newest))
    return len(ids)


def _changed(session: Session) -> tuple[int | None, set[str]]:
    """The newest version that nobody has followed yet, and the kinds of which there are such; None if there is none."""
    done = session.get(LogRead, READER)
    wanted = select(TemplateVersion.id, TemplateVersion.part, TemplateVersion.key)
    rows = session.execute(wanted.where(TemplateVersion.id > (done.event_id if done else 0))).all()
    kinds = {row.key for row in rows if row.part == KIND}
    found = {row.key for row in rows if row.part == FOUND}
    if found:  # the first text of a file that is seen is that with which its pages were written
        earlier = select(TemplateVersion.key, func.count()).where(TemplateVersion.part == FOUND)
        counts = session.execute(earlier.group_by(TemplateVersion.key).having(func.count() > 1))
        kinds |= found & {row.key for row in counts}
    return max((row.id for row in rows), default=None), kinds
