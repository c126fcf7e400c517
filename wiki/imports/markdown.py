"""Markdown files as pages: front matter becomes fields, links between files page links, pictures and documents attachments."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import eventlog, reserved
from wiki.access import SpaceInfo, Viewer, page_by_id, visible_pages
from wiki.attachments import actions as attachments
from wiki.attachments.store import Store
from wiki.db import Database
from wiki.errors import EditConflict, Gone, Invalid, NotFound, TooLarge
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.imports import documents, fields
from wiki.imports.documents import Document
from wiki.imports.links import Place, normal_path, rewrite
from wiki.imports.sources import Source
from wiki.kinds import Catalogue, Content
from wiki.models import Imported, Page, Redirect
from wiki.pages import actions as pages
from wiki.pages.typed import TypedPages
from wiki.text import slugify

#: Pages that are stored in one transaction: few enough that nobody else waits long.
BATCH = 50
_TEMPLATE_TAG = re.compile(r"\{%-?.*?-?%\}|\{\{.*?\}\}", re.DOTALL)


@dataclass
class Outcome:
    """What became of one file: `status` is created, updated, unchanged, kept (edited here meanwhile) or failed."""

    path: str
    status: str
    slug: str = ""
    title: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass
class Report:
    outcomes: list[Outcome] = field(default_factory=list)
    files: int = 0

    def count(self, status: str) -> int:
        return sum(outcome.status == status for outcome in self.outcomes)


@dataclass(frozen=True)
class Import:
    """What one run works with."""

    catalogue: Catalogue
    viewer: Viewer
    space: SpaceInfo
    source: Source
    store: Store
    most_bytes: int


def run(database: Database, job: Import, progress: Callable[[int, int], None] = lambda done, total: None) -> Report:
    """Bring the source in. A second run over the same files updates what changed and makes nothing twice.

    Raises Invalid when the source itself cannot be read; what is wrong with one file stands in its outcome.
    """
    found = documents.read(job.source)
    slugs = _slugs(database, job, found)
    finder = _Finder(found, slugs, set(job.source.paths()))
    report = Report()
    for start in range(0, len(found), BATCH):
        with database.transaction() as session:
            for document in found[start : start + BATCH]:
                report.outcomes.append(_Page(session, job, document, finder, report).bring_in(slugs))
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


class _Finder:
    """Where an address in one file leads: to the page of another file, or to a file to attach."""

    def __init__(self, found: list[Document], slugs: dict[str, str], paths: set[str]) -> None:
        self._paths = paths
        self._pages: dict[str, str] = {}
        for document in found:
            if document.problem:
                continue
            for address in _addresses(document):
                self._pages.setdefault(address.lower(), slugs[document.path])

    def find(self, document: Document, address: str) -> Place | None:
        path, _hash, fragment = address.partition("#")
        path = path.split("?")[0]
        for folder in (PurePosixPath(document.path).parent.as_posix(), *_published_folders(document)):
            target = normal_path(folder, path)
            slug = self._pages.get(target.lower())
            if slug is not None:
                return Place(page=slug, fragment=slugify(fragment) if fragment else "")
            if target in self._paths:
                return Place(file=attachments.clean_name(target))
        return None


def _addresses(document: Document) -> list[str]:
    """All addresses under which a file may be meant: its path with and without ending, as a folder, where it was published."""
    path = PurePosixPath(document.path)
    found = [document.path, path.with_suffix("").as_posix(), path.with_suffix(".html").as_posix()]
    if path.stem.lower() in ("index", "readme", "_index"):
        found.append("" if path.parent.as_posix() == "." else path.parent.as_posix())
    for key in ("permalink", "redirect_from", "aliases"):
        value = document.matter.get(key)
        listed = value if isinstance(value, list) else [value]
        found += [normal_path("", one) for one in listed if isinstance(one, str) and one.strip("/")]
    return found


def _published_folders(document: Document) -> list[str]:
    """The folder of the address where the file was published: relative links of such sites begin there."""
    permalink = document.matter.get("permalink")
    return [permalink.strip("/")] if isinstance(permalink, str) and permalink.strip("/") else []


class _Page:
    """One file on its way to being a page."""

    def __init__(self, session: Session, job: Import, document: Document, finder: _Finder, report: Report) -> None:
        self._session = session
        self._job = job
        self._document = document
        self._finder = finder
        self._report = report

    def bring_in(self, slugs: dict[str, str]) -> Outcome:
        document = self._document
        outcome = Outcome(document.path, "failed", slugs.get(document.path, ""), document.title, list(document.notes))
        if document.problem:
            outcome.notes.append(document.problem)
            return outcome
        try:
            with self._session.begin_nested():
                self._store(outcome)
        except Invalid as error:
            outcome.status = "failed"
            outcome.notes += [problem.message for problem in error.problems]
        return outcome

    def _store(self, outcome: Outcome) -> None:
        kind = fields.kind_of(self._job.catalogue, self._document.matter)
        content = Content(title=self._document.title)
        resolver = TypedPages(self._session, self._job.viewer, self._job.space.slug)
        outcome.notes += fields.apply(kind, self._document.matter, content, resolver)
        rewritten = rewrite(
            self._document.body, self._job.space.slug, lambda address: self._finder.find(self._document, address)
        )
        content.body = rewritten.text.strip("\n") + "\n" if rewritten.text.strip() else ""
        outcome.notes += [
            _("No file for the link %(address)s", address=one) for one in dict.fromkeys(rewritten.unknown)
        ]
        outcome.notes += _left_tags(content.body)
        before = self._session.execute(
            select(Imported).where(Imported.space_id == self._job.space.id, Imported.path == self._document.path)
        ).scalar_one_or_none()
        digest = hashlib.sha256(content.canonical().encode()).hexdigest()
        page = self._made_before(before)
        if before is None or page is None:
            page = self._create(kind.key, content, outcome)
            self._remember(before, page, digest)
        elif page.space_id != self._job.space.id:
            outcome.status = "kept"
            outcome.notes.append(_("The page is in another space now; it stays as it is."))
            return
        elif before.digest == digest:
            outcome.status = "unchanged"
        else:
            self._update(page, before, content, digest, outcome)
        outcome.slug = page.slug
        self._attach(page, rewritten.files, outcome)

    def _made_before(self, before: Imported | None) -> Page | None:
        """The page that was made from the file, if it is still there for this viewer."""
        if before is None:
            return None
        if not self._job.viewer.signed_in:  # the command on the machine itself
            page = self._session.get(Page, before.page_id)
            return page if page is not None and page.deleted_at is None else None
        try:
            return page_by_id(self._session, self._job.viewer, before.page_id, "view").page
        except (NotFound, Gone):
            return None

    def _create(self, kind: str, content: Content, outcome: Outcome) -> Page:
        outcome.status = "created"
        return pages.create_page(
            self._session,
            self._job.catalogue,
            self._job.viewer,
            self._job.space,
            self._job.catalogue[kind],
            content,
            slug=outcome.slug,
            note=_("Imported from %(path)s", path=self._document.path),
            state=self._state(kind),
        )

    def _state(self, kind: str) -> str | None:
        wished = self._document.matter.get("state")
        return wished if isinstance(wished, str) and self._job.catalogue[kind].in_state(wished) else None

    def _remember(self, before: Imported | None, page: Page, digest: str) -> None:
        if before is None:
            before = Imported(space_id=self._job.space.id, path=self._document.path)
            self._session.add(before)
        before.page_id, before.revision, before.digest = page.id, page.number, digest

    def _update(self, page: Page, before: Imported, content: Content, digest: str, outcome: Outcome) -> None:
        """What changed in the file is joined with what people changed here since; where both changed, the page stays."""
        kept = pages.content_at(self._session, page, before.revision)
        content.fields = {**{k: v for k, v in kept.fields.items() if k not in content.fields}, **content.fields}
        note = _("Imported again from %(path)s", path=self._document.path)
        try:
            saved = pages.save_page(
                self._session, self._job.catalogue, self._job.viewer, page, content, before.revision, note
            )
        except EditConflict:
            outcome.status = "kept"
            outcome.notes.append(_("The page was changed here in the same place; it stays as it is."))
            return
        outcome.status = "updated" if saved.revision is not None else "unchanged"
        self._remember(before, page, digest)

    def _attach(self, page: Page, wanted: list[str], outcome: Outcome) -> None:
        for name in wanted:
            path = next((p for p in self._job.source.paths() if attachments.clean_name(p) == name), None)
            if path is None or attachments.find(self._session, page, name) is not None:
                continue
            try:
                with self._job.source.open(path) as file:
                    attachments.attach(
                        self._session, self._job.store, self._job.viewer, page, name, file, self._job.most_bytes
                    )
                self._report.files += 1
            except TooLarge as error:
                outcome.notes.append(f"{path}: {error}")


def _left_tags(body: str) -> list[str]:
    """Template tags of a site generator that stay in the text as they are."""
    tags = _TEMPLATE_TAG.findall(body)
    if not tags:
        return []
    said = ngettext(
        "%(count)s template tag of a site generator was left in the text: %(first)s",
        "%(count)s template tags of a site generator were left in the text, the first: %(first)s",
        len(tags),
        first=" ".join(tags[0].split())[:80],
    )
    return [said]
