"""Whether what was written once is still what was written: revisions, events, files, the database itself."""

from collections.abc import Iterator

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from wiki import eventlog
from wiki.attachments.store import Store
from wiki.db import each
from wiki.i18n import gettext as _
from wiki.i18n import quoted
from wiki.models import Attachment, Blob, Event, Page, Revision, Space
from wiki.pages.storing import digest_of


def name_of(session: Session, page_id: int) -> str:
    """How a problem names a page: its address and title."""
    found = session.execute(
        select(Space.slug, Page.slug, Page.title).join(Space, Space.id == Page.space_id).where(Page.id == page_id)
    ).first()
    return f"{found[0]}/{found[1]} ({quoted(found[2])})" if found else _("page %(number)s", number=page_id)


def database_problems(session: Session) -> Iterator[str]:
    """What SQLite says about its own file, and rows that point to rows that are not there. PostgreSQL keeps both itself."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for said in session.scalars(text("PRAGMA quick_check(20)")):
        if said != "ok":
            yield _("The database file is damaged: %(said)s. Mend: restore the newest backup.", said=said)
    for table, row, parent in session.execute(text('SELECT "table", rowid, parent FROM pragma_foreign_key_check')):
        yield _(
            "Row %(row)s of table %(table)s points to a row of %(parent)s that is not there. "
            "Mend: restore a backup from before the database was changed outside the program.",
            row=row,
            table=table,
            parent=parent,
        )


def revision_problems(session: Session) -> Iterator[str]:
    """Each page's chain: every revision as it was sealed, none missing, none put in."""
    columns = (Revision.id, Revision.page_id, Revision.number, Revision.digest, Revision.previous_digest)
    links = session.execute(select(*columns).order_by(Revision.page_id, Revision.number)).all()
    page_id, number, digest = 0, 0, ""
    for link, (_id, revision) in zip(links, each(session, Revision, [link.id for link in links]), strict=True):
        if link.page_id != page_id:
            page_id, number, digest = link.page_id, 0, ""
        if link.number != number + 1:
            yield _missing(session, page_id, number + 1)
        elif link.previous_digest != digest:
            yield _replaced(session, page_id, number or link.number)
        if revision is None or _seal(revision) != link.digest:
            yield _changed(session, page_id, link.number)
        number, digest = link.number, link.digest
    last = (
        select(Revision.page_id, func.max(Revision.number).label("number")).group_by(Revision.page_id).subquery("last")
    )
    torn = select(Page.id, Page.number, last.c.number).outerjoin(last, last.c.page_id == Page.id)
    for page_id, number, found in session.execute(torn.where(Page.number != func.coalesce(last.c.number, 0))):
        yield _(
            "%(page)s: revision %(number)s is the current one, but %(found)s is the last that is there. "
            "Mend: restore a backup that has it.",
            page=name_of(session, page_id),
            number=number,
            found=found or 0,
        )


def _missing(session: Session, page_id: int, number: int) -> str:
    return _(
        "%(page)s: revision %(number)s is missing. Mend: restore a backup that has it.",
        page=name_of(session, page_id),
        number=number,
    )


def _replaced(session: Session, page_id: int, number: int) -> str:
    return _(
        "%(page)s: revision %(number)s is not the one that the next revision was made from; it was replaced outside the "
        "program. Mend: compare it with a backup; if it is the current one, save the right text as a new revision.",
        page=name_of(session, page_id),
        number=number,
    )


def _changed(session: Session, page_id: int, number: int) -> str:
    return _(
        "%(page)s: revision %(number)s is not what was saved; it was changed outside the program. "
        "Mend: compare it with a backup; if it is the current one, save the right text as a new revision.",
        page=name_of(session, page_id),
        number=number,
    )


def _seal(revision: Revision) -> str:
    try:
        return digest_of(revision)
    except (AttributeError, TypeError, ValueError):  # what a meddled row holds may not even be a moment or JSON
        return ""


def event_problems(session: Session) -> Iterator[str]:
    """The chain of the log."""
    for number in eventlog.broken(session):
        said = session.execute(select(Event.verb, Event.actor_name).where(Event.id == number)).one()
        yield _(
            "Event %(number)s (%(verb)s by %(name)s) is not what was logged, or the one before it was taken out. "
            "Mend: compare the log with a backup; it cannot be made whole again, so write down what you find.",
            number=number,
            verb=said.verb,
            name=said.actor_name,
        )


def file_problems(session: Session, store: Store) -> Iterator[str]:
    """Every attachment's content is in the store and is what its name says."""
    for digest in session.scalars(select(Blob.digest).order_by(Blob.digest)).all():
        if store.is_sound(digest):
            continue
        place = store.path(digest)
        told = {"place": place, "where": _places(session, digest)}
        if place.exists():
            yield _("The file %(place)s (%(where)s) has changed. Mend: take it from a backup.", **told)
        else:
            yield _(
                "The file %(place)s (%(where)s) is missing. Mend: take it from a backup, or attach it again.", **told
            )


def _places(session: Session, digest: str) -> str:
    found = session.execute(
        select(Attachment.name, Attachment.page_id).where(Attachment.digest == digest).order_by(Attachment.id)
    )
    places = [f"{name}, {name_of(session, page_id)}" for name, page_id in found]
    return "; ".join(places) or _("of an earlier attachment")
