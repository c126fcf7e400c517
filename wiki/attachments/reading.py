"""Reading the text of attached files after the save, in the background: one file at a time, in a process of its own.

A file that is hostile or broken costs at most that process's memory and time; what came of it is kept with the file.
"""

import json
import logging
import subprocess
import sys
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.attachments.store import Store
from wiki.attachments.texts.limits import DAMAGED, TOO_HARD
from wiki.db import Database
from wiki.models import Attachment, Blob, FileText, Page
from wiki.search import passages

log = logging.getLogger("wiki")

#: Wall clock seconds for one file, and characters of its answer.
SECONDS = 60
ANSWER = 32 << 20
#: For so long a claimed file belongs to the process that claimed it; after so many tries nobody claims it again.
LEASE = timedelta(minutes=5)
TRIES = 2


def read_waiting(database: Database, store: Store, most: int = 1) -> int:
    """Read at most that many files whose text is not known yet; returns how many were."""
    for count in range(most):
        claimed = _claim(database)
        if claimed is None:
            return count
        digest, language = claimed
        said = _asked(store, digest)
        with database.transaction() as session:
            _keep(session, digest, language, said)
    return most


def states(session: Session, page: Page) -> dict[str, FileText]:
    """What came of reading the page's files, by their digests; a file that waits is not in it."""
    found = session.scalars(
        select(FileText).join(Attachment, Attachment.digest == FileText.digest).where(Attachment.page_id == page.id)
    )
    return {one.digest: one for one in found}


def _waiting() -> Any:
    """Files of pages that nobody has read, or whose reader did not come back."""
    late = and_(FileText.state == "reading", FileText.tried_at < clock.now() - LEASE, FileText.tries < TRIES)
    return (
        select(Blob.digest, Page.language)
        .join(Attachment, Attachment.digest == Blob.digest)
        .join(Page, Page.id == Attachment.page_id)
        .outerjoin(FileText, FileText.digest == Blob.digest)
        .where(or_(FileText.digest.is_(None), late), Page.deleted_at.is_(None))
        .order_by(Attachment.id)
        .limit(1)
    )


def _claim(database: Database) -> tuple[str, str] | None:
    with database.read() as session:  # asked first, so that an idle worker never takes SQLite's write lock
        if session.execute(select(exists(_waiting()))).scalar() is not True:
            return None
    with database.transaction() as session:
        found = session.execute(_waiting().with_for_update(of=Blob, skip_locked=True)).one_or_none()
        if found is None:
            return None
        mark = session.get(FileText, found.digest)
        if mark is None:
            mark = FileText(digest=found.digest, state="reading", tries=0)
            session.add(mark)
        mark.state, mark.tries, mark.tried_at = "reading", (mark.tries or 0) + 1, clock.now()
        return found.digest, found.language


def _asked(store: Store, digest: str) -> list[dict[str, Any]]:
    """What the reading process said; its last line is the state."""
    command = [sys.executable, "-m", "wiki.attachments.texts", str(store.path(digest))]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return [{"state": "unreadable", "problem": TOO_HARD}]
    try:
        lines = [json.loads(line) for line in done.stdout[:ANSWER].splitlines()]
    except ValueError:
        lines = []
    if not lines or "state" not in lines[-1]:
        log.warning("the file %s could not be read: exit code %s", digest[:12], done.returncode)
        problem = TOO_HARD if done.returncode < 0 else DAMAGED
        return [{"state": "unreadable", "problem": problem}]
    return lines


def _keep(session: Session, digest: str, language: str, said: list[dict[str, Any]]) -> None:
    passages.forget_file(session, digest)
    passages.put(
        session,
        [
            passages.Passage(text, language, digest=digest, place=line["place"])
            for line in said[:-1]
            for text in passages.cut(line["text"])
        ],
    )
    mark = session.get_one(FileText, digest)
    mark.state, mark.problem = said[-1]["state"], said[-1]["problem"]
