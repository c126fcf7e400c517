"""The revisions of a page as its readers may see them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.errors import NotFound
from wiki.history.suggested import suggested
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content, Kind
from wiki.kinds.redact import hidden_keys, redact, without
from wiki.models import Page, Revision
from wiki.pages.storing import content_of, current_revision
from wiki.rendering.authorship import who_wrote

PAGE_SIZE = 50
AUTHORSHIP_REVISIONS = 500


def timeline(session: Session, page: Page, number: int) -> tuple[list[Row[Any]], int]:
    """One screen of revisions without their texts, newest first, and how many screens there are."""
    count = session.execute(select(func.count()).where(Revision.page_id == page.id)).scalar_one()
    rows = session.execute(
        select(
            Revision.number,
            Revision.time,
            Revision.author_name,
            Revision.author_id,
            Revision.note,
            Revision.state,
            Revision.kind,
            Revision.title,
            func.length(Revision.body).label("length"),
        )
        .where(Revision.page_id == page.id)
        .order_by(Revision.number.desc())
        .limit(PAGE_SIZE)
        .offset((max(1, number) - 1) * PAGE_SIZE)
    )
    return list(rows), max(1, -(-count // PAGE_SIZE))


def revision(session: Session, page: Page, number: int) -> Revision:
    """Raises NotFound when the page has no such revision."""
    found = session.execute(
        select(Revision).where(Revision.page_id == page.id, Revision.number == number)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound(_("Revision %(number)s of this page does not exist.", number=number))
    return found


def kind_of(catalogue: Catalogue, revision: Revision, page: Page) -> Kind:
    """The kind that the revision was written in, as it was then, if there still is such a kind."""
    return catalogue.edition(revision.kind if revision.kind in catalogue else page.kind, revision.kind_version)


def readable(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, revision: Revision) -> Content:
    """The revision's content without values that this viewer may not see: neither by what it said then nor by what holds now."""
    content = content_of(revision)
    for key in {revision.kind, found.page.kind}:
        if key in catalogue:
            for kind in {catalogue[key], catalogue.edition(key, revision.kind_version)}:
                content = redact(kind, content, viewer.person_id, found.page.state)
    kind_now = catalogue[found.page.kind]
    if not kind_now.restricted or revision.number == found.page.number:
        return content
    now = content_of(current_revision(session, found.page))
    return without(content, hidden_keys(kind_now, now, viewer.person_id, found.page.state))


@dataclass(frozen=True)
class Part:
    """Paragraphs of the newest text that follow each other, who last changed them, and in which revision."""

    texts: list[str]
    author: str
    number: int
    time: datetime


def authorship(session: Session, page: Page) -> tuple[list[Part], bool]:
    """Who wrote (or suggested) which paragraph of the text; the flag says that older revisions than the last 500 were not looked at."""
    rows = session.execute(
        select(Revision.number, Revision.author_name, Revision.body, Revision.time)
        .where(Revision.page_id == page.id)
        .order_by(Revision.number.desc())
        .limit(AUTHORSHIP_REVISIONS)
    ).all()[::-1]
    numbers = [row.number for row in rows]
    came = suggested(session, page)
    authors = [came[row.number].author if row.number in came else row.author_name for row in rows]
    pieces = who_wrote([(author, row.body) for author, row in zip(authors, rows, strict=True)])
    cut = bool(numbers) and numbers[0] > 1
    return [
        Part([text for text, _author, _at in run], authors[at], numbers[at], rows[at].time)
        for at, run in groupby(pieces, key=itemgetter(2))
    ], cut
