"""Files on their way to being pages, some at a time: new pages are stored together."""

import hashlib
import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import page_by_id
from wiki.attachments import actions as attachments
from wiki.errors import EditConflict, Gone, Invalid, NotFound, TooLarge
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.imports import fields
from wiki.imports.documents import Document
from wiki.imports.finder import Finder
from wiki.imports.job import Import, Outcome, Report
from wiki.imports.links import rewrite
from wiki.kinds import Content
from wiki.models import Imported, Page
from wiki.pages import actions as pages
from wiki.pages.actions import NewPage
from wiki.pages.typed import TypedPages

_TEMPLATE_TAG = re.compile(r"\{%-?.*?-?%\}|\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True)
class _File:
    """A file that was read: what its page holds and which files it needs, what is known of the last import, where it is told."""

    document: Document
    content: Content
    attached: list[str]
    before: Imported | None
    outcome: Outcome

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content.canonical().encode()).hexdigest()


class Batch:
    """The files of one transaction."""

    def __init__(self, session: Session, job: Import, finder: Finder, report: Report) -> None:
        self._session = session
        self._job = job
        self._finder = finder
        self._report = report
        self._resolver = TypedPages(session, job.viewer, job.space.slug)
        self._new: list[tuple[_File, NewPage]] = []

    def bring_in(self, documents: list[Document], slugs: dict[str, str]) -> None:
        """Store the files as pages, and what became of each in the report, in their order."""
        known = self._known(documents)
        for document in documents:
            slug = slugs.get(document.path, "")
            outcome = Outcome(document.path, "failed", slug, document.title, list(document.notes))
            self._report.outcomes.append(outcome)
            if document.problem:
                outcome.notes.append(document.problem)
                continue
            self._bring_in(self._read(document, known.get(document.path), outcome))
        self._create()

    def _known(self, documents: list[Document]) -> dict[str, Imported]:
        """What was imported from the same files before."""
        paths = [one.path for one in documents]
        query = select(Imported).where(Imported.space_id == self._job.space.id, Imported.path.in_(paths))
        return {found.path: found for found in self._session.scalars(query)}

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

    def _read(self, document: Document, before: Imported | None, outcome: Outcome) -> _File:
        kind = fields.kind_of(self._job.catalogue, document.matter)
        content = Content(title=document.title)
        if fields.names_pages(kind, document.matter):
            self._create()  # it may name one of those that wait
        outcome.notes += fields.apply(kind, document.matter, content, self._resolver)
        text = rewrite(document.body, self._job.space.slug, lambda address: self._finder.find(document, address))
        content.body = text.text.strip("\n") + "\n" if text.text.strip() else ""
        outcome.notes += [_("No file for the link %(address)s", address=one) for one in dict.fromkeys(text.unknown)]
        outcome.notes += _left_tags(content.body)
        return _File(document, content, text.files, before, outcome)

    def _bring_in(self, file: _File) -> None:
        page = self._made_before(file.before)
        if file.before is None or page is None:
            self._new.append((file, self._new_page(file)))
            return
        if page.space_id != self._job.space.id:
            file.outcome.status = "kept"
            file.outcome.notes.append(_("The page is in another space now; it stays as it is."))
            return
        if file.before.digest == file.digest:
            file.outcome.status = "unchanged"
        else:
            try:
                with self._session.begin_nested():
                    self._update(file, file.before, page)
            except Invalid as error:
                _failed(file.outcome, error)
                return
        self._finish(file, page)

    def _new_page(self, file: _File) -> NewPage:
        kind = fields.kind_of(self._job.catalogue, file.document.matter)
        state = file.document.matter.get("state")
        return NewPage(
            kind,
            file.content,
            slug=file.outcome.slug,
            note=_("Imported from %(path)s", path=file.document.path),
            state=state if isinstance(state, str) and kind.in_state(state) else None,
        )

    def _create(self) -> None:
        """Store the new pages that wait: all at once, or one by one when one of them cannot be stored."""
        waiting, self._new = self._new, []
        if not self._create_together(waiting) and len(waiting) > 1:
            for one in waiting:
                self._create_together([one])

    def _create_together(self, waiting: list[tuple[_File, NewPage]]) -> bool:
        if not waiting:
            return True
        try:
            with self._session.begin_nested():
                made = pages.create_pages(
                    self._session,
                    self._job.catalogue,
                    self._job.viewer,
                    self._job.space,
                    [new for _file, new in waiting],
                )
        except Invalid as error:
            if len(waiting) == 1:
                _failed(waiting[0][0].outcome, error)
            return False
        for (file, _new), page in zip(waiting, made, strict=True):
            file.outcome.status = "created"
            self._remember(file, file.before, page)
            self._finish(file, page)
        return True

    def _update(self, file: _File, before: Imported, page: Page) -> None:
        """What changed in the file is joined with what people changed here since; where both changed, the page stays."""
        content = file.content
        kept = pages.content_at(self._session, page, before.revision)
        digest = file.digest
        content.fields = {**{k: v for k, v in kept.fields.items() if k not in content.fields}, **content.fields}
        note = _("Imported again from %(path)s", path=file.document.path)
        try:
            saved = pages.save_page(
                self._session, self._job.catalogue, self._job.viewer, page, content, before.revision, note
            )
        except EditConflict:
            file.outcome.status = "kept"
            file.outcome.notes.append(_("The page was changed here in the same place; it stays as it is."))
            return
        file.outcome.status = "updated" if saved.revision is not None else "unchanged"
        self._remember(file, before, page, digest)

    def _remember(self, file: _File, before: Imported | None, page: Page, digest: str = "") -> None:
        if before is None:
            before = Imported(space_id=self._job.space.id, path=file.document.path)
            self._session.add(before)
        before.page_id, before.revision, before.digest = page.id, page.number, digest or file.digest

    def _finish(self, file: _File, page: Page) -> None:
        """Attach what the page needs and does not have yet."""
        file.outcome.slug = page.slug
        for name in file.attached:
            path = self._finder.file(name)
            if path is None or attachments.find(self._session, page, name) is not None:
                continue
            try:
                with self._session.begin_nested(), self._job.source.open(path) as stream:
                    attachments.attach(
                        self._session, self._job.store, self._job.viewer, page, name, stream, self._job.most_bytes
                    )
                self._report.files += 1
            except TooLarge as error:
                file.outcome.notes.append(f"{path}: {error}")
            except Invalid as error:
                file.outcome.notes += [f"{path}: {problem.message}" for problem in error.problems]


def _failed(outcome: Outcome, error: Invalid) -> None:
    outcome.status = "failed"
    outcome.notes += [problem.message for problem in error.problems]


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
