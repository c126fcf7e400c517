"""Files of a page: put there, found, taken away."""

import re
from typing import IO

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.attachments.media import SHOWN, media_type
from wiki.attachments.store import Store
from wiki.errors import Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.models import Attachment, Blob, Page, Rendering
from wiki.text import tidy

_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|#%\[\]()]')
NAME_LENGTH = 120


def clean_name(name: str) -> str:
    """A file's name without folders and without characters that addresses, systems or Markdown would trip over."""
    last = re.split(r"[/\\]", name)[-1]
    plain = _NOT_IN_NAMES.sub("-", tidy(last)).strip(". ")
    if len(plain) > NAME_LENGTH:
        stem, dot, ending = plain.rpartition(".")
        plain = (
            stem[: NAME_LENGTH - len(ending) - 1] + dot + ending if dot and len(ending) < 12 else plain[:NAME_LENGTH]
        )
    return plain


def attach(
    session: Session, store: Store, viewer: Viewer, page: Page, name: str, stream: IO[bytes], most: int
) -> Attachment:
    """Put a file on the page; a file of the same name is replaced (its content stays in the store and in backups).

    Raises Invalid for a name that is nothing, TooLarge beyond `most` bytes.
    """
    plain = clean_name(name)
    if not plain:
        raise Invalid([Problem("file", _("Choose a file; it needs a name."))])
    digest, size, head = store.put(stream, most)
    when = clock.now()
    if session.get(Blob, digest) is None:
        session.add(Blob(digest=digest, size=size, media_type=media_type(head), created_at=when))
        session.flush()
    found = find(session, page, plain)
    if found is None:
        found = Attachment(page_id=page.id, name=plain)
        session.add(found)
    found.digest, found.added_by, found.added_at = digest, viewer.person_id, when
    session.flush()
    _forget_rendering(session, page)
    eventlog.record(session, viewer, "file.attached", page=page, name=plain, digest=digest, size=size)
    return found


def find(session: Session, page: Page, name: str) -> Attachment | None:
    return session.execute(
        select(Attachment).where(Attachment.page_id == page.id, Attachment.name == name)
    ).scalar_one_or_none()


def listed(session: Session, page: Page) -> list[tuple[Attachment, Blob]]:
    """The page's files by name."""
    rows = session.execute(
        select(Attachment, Blob)
        .join(Blob, Blob.digest == Attachment.digest)
        .where(Attachment.page_id == page.id)
        .order_by(Attachment.name)
    )
    return [(row[0], row[1]) for row in rows]


def detach(session: Session, viewer: Viewer, page: Page, name: str) -> None:
    """Take a file off the page. Raises NotFound."""
    found = find(session, page, name)
    if found is None:
        raise NotFound(_("This page has no file of that name."))
    session.delete(found)
    session.flush()
    _forget_rendering(session, page)
    eventlog.record(session, viewer, "file.removed", page=page, name=name, digest=found.digest)


def _forget_rendering(session: Session, page: Page) -> None:
    session.execute(delete(Rendering).where(Rendering.page_id == page.id))


def markdown_for(attachment: Attachment, blob: Blob) -> str:
    """What to write in the body: a picture is shown, any other file is a link."""
    sign = "!" if blob.media_type in SHOWN and blob.media_type.startswith("image/") else ""
    stem = attachment.name.rpartition(".")[0] or attachment.name
    label = stem if sign else attachment.name
    return f"{sign}[{label}](<files/{attachment.name}>)"
