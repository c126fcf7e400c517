"""Markdown files as pages: front matter becomes fields, links between files page links, pictures and documents attachments."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import eventlog, reserved
from wiki.access import visible_pages
from wiki.db import Database
from wiki.imports import documents
from wiki.imports.batch import Batch
from wiki.imports.documents import Document
from wiki.imports.finder import Finder
from wiki.imports.job import Import as Import
from wiki.imports.job import Outcome as Outcome
from wiki.imports.job import Report as Report
from wiki.models import Imported, Page, Redirect

#: Pages that are stored in one transaction: few enough that nobody else waits long.
BATCH = 50


def run(database: Database, job: Import, progress: Callable[[int, int], None] = lambda done, total: None) -> Report:
    """Bring the source in. A second run over the same files updates what changed and makes nothing twice.

    Raises Invalid when the source itself cannot be read; what is wrong with one file stands in its outcome.
    """
    found = documents.read(job.source)
    slugs = _slugs(database, job, found)
    finder = Finder(found, slugs, job.source.paths())
    report = Report()
    for start in range(0, len(found), BATCH):
        with database.transaction() as session:
            Batch(session, job, finder, report).bring_in(found[start : start + BATCH], slugs)
        progress(min(start + BATCH, len(found)), len(found))
    with database.transaction() as session:
        counts = {status: report.count(status) for status in ("created", "updated", "unchanged", "kept", "failed")}
        eventlog.record(
            session, job.viewer, "pages.imported", space_id=job.space.id, attached=report.files, outcomes=counts
        )
    return report


def _slugs(database: Database, job: Import, found: list[Document]) -> dict[str, str]:
    """Path -> slug: that of the page made from the file before, else the one its name gives if it is free."""
    with database.read() as session:
        known = _known(session, job)
        taken = set(session.scalars(select(Page.slug).where(Page.space_id == job.space.id)))
        taken |= set(session.scalars(select(Redirect.slug).where(Redirect.space_id == job.space.id)))
    slugs = {}
    for document in found:
        slug = known.get(document.path) or _free(document.slug, taken)
        taken.add(slug)
        slugs[document.path] = slug
    return slugs


def _known(session: Session, job: Import) -> dict[str, str]:
    """The addresses in this space, present or former, of the pages that were made from files and that the viewer knows of."""
    seen = visible_pages(job.viewer) if job.viewer.signed_in else Page.deleted_at.is_(None)
    pages = select(Imported.path, Page.slug).join(Page, Page.id == Imported.page_id).where(seen)
    former = (
        select(Imported.path, Redirect.slug)
        .join(Page, Page.id == Imported.page_id)
        .join(Redirect, Redirect.page_id == Page.id)
        .where(seen, Redirect.space_id == job.space.id, Page.space_id != job.space.id)
    )
    rows = [
        *session.execute(former.where(Imported.space_id == job.space.id).order_by(Redirect.id)),
        *session.execute(pages.where(Imported.space_id == job.space.id, Page.space_id == job.space.id)),
    ]
    return {row[0]: row[1] for row in rows}


def _free(slug: str, taken: set[str]) -> str:
    count, free = 1, slug
    while free in taken or free in reserved.PAGES:
        count += 1
        free = f"{slug[:72]}-{count}"
    return free
