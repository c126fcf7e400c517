"""What is found beside pages: in their files, and in what they said before."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import CTE, ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from wiki import i18n, search
from wiki.access import Viewer, visible_pages
from wiki.kinds import Catalogue
from wiki.models import Attachment, Page, Revision, SearchPassage, Space
from wiki.pages.past import entry_of
from wiki.search import Chosen, filters, passages
from wiki.search.languages import in_use
from wiki.search.plan import Plan
from wiki.search.query import parse
from wiki.search.snippets import Marked, Marker, apart, snippet
from wiki.text import url_part

Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class FileHit:
    """A file in which the words stand; `place` is the page, slide or sheet, `more` how many other passages have them."""

    name: str
    href: str
    place: str
    kind_of_place: str
    page_title: str
    page_href: str
    snippet: Marked
    more: int


@dataclass(frozen=True)
class PastHit:
    """A page that said it from `since` until `until`, last in revision `number` (the present one is `current`); `more` counts its other such texts."""

    title: str
    title_then: str
    href: str
    kind: str
    number: int
    current: int
    since: datetime
    until: datetime
    snippet: Marked
    more: int


T = TypeVar("T")


@dataclass(frozen=True)
class Beside(Generic[T]):
    """`loosened`: no text has all of the words."""

    total: int
    hits: Sequence[T]
    loosened: bool = False


def files_found(
    session: Session, viewer: Viewer, text: str, *, limit: int = 20, offset: int = 0, all_words: bool = False
) -> Beside[FileHit]:
    """Files of pages that the viewer may open, best first; filters in the words count for their pages. Where no passage has
    all of the words, those with some of them, unless `all_words` says that only these are wanted."""
    joined = (
        select(SearchPassage, Attachment.id.label("what"), Attachment.name, *_PAGE)
        .join(Attachment, Attachment.digest == SearchPassage.digest)
        .join(Page, Page.id == Attachment.page_id)
        .join(Space, Space.id == Page.space_id)
    )
    found = _found(session, viewer, text, joined, limit, offset, all_words)
    return Beside(found.total, [_file_hit(row, found.marker(row)) for row in found.rows], found.loosened)


def past_found(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    text: str,
    window: Window | None = None,
    *,
    limit: int = 20,
    offset: int = 0,
    all_words: bool = False,
) -> Beside[PastHit]:
    """Pages that the viewer may open and that said it before, best first; with `window` (from, until), at some time in it."""
    when = (
        and_(SearchPassage.since < window[1], SearchPassage.until > window[0])
        if window
        else SearchPassage.number.is_not(None)
    )
    joined = (
        select(SearchPassage, Page.id.label("what"), *_PAGE)
        .join(Page, Page.id == SearchPassage.page_id)
        .join(Space, Space.id == Page.space_id)
        .where(when)
    )
    found = _found(session, viewer, text, joined, limit, offset, all_words)
    said = _revisions(session, found.rows)
    hits = [_past_hit(catalogue, row, said[row.what], found.marker(row)) for row in found.rows]
    return Beside(found.total, hits, found.loosened)


def still_found(session: Session, viewer: Viewer, text: str, window: Window, limit: int = 10) -> list[search.Hit]:
    """Pages that say it today and have not changed since the end of `window`, so that they said it then."""
    results = search.find(session, viewer, text, Chosen(replaced=True), limit=5 * limit)
    return [hit for hit in results.hits if hit.changed_at is not None and hit.changed_at <= window[1]][:limit]


def window_of(text: str) -> Window | None:
    """The time that "2023", "2023-06" or "2023-06-15" names; None for anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip())
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        first = datetime(year, month or 1, day or 1, tzinfo=UTC)
        last_month = month or 12
        last = datetime(
            year, last_month, day or calendar.monthrange(year, last_month)[1], 23, 59, 59, 999_999, tzinfo=UTC
        )
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None
    return first, last


_PAGE = (
    Page.id.label("page_id_of_hit"),
    Page.title,
    Page.kind,
    Page.slug.label("slug"),
    Space.slug.label("space"),
    Page.language.label("spoken"),
    Page.number.label("current"),
)


@dataclass(frozen=True)
class _Found:
    total: int
    rows: Sequence[Any]
    asked: Plan | None = None
    loosened: bool = False

    def marker(self, row: Any) -> Marker:
        assert self.asked is not None
        return Marker(passages.needles(self.asked), row.spoken)


def _found(
    session: Session, viewer: Viewer, text: str, joined: Any, limit: int, offset: int, all_words: bool
) -> _Found:
    question = parse(text)
    spoken = viewer.language or i18n.language()
    where = and_(visible_pages(viewer), *filters.typed_pages(session, viewer, question.filters))
    ways = passages.ways(question, in_use(session), spoken)
    for number, asked in enumerate(ways[:1] if all_words else ways):
        query = _best(joined.where(where), passages.matching(session, asked), limit, offset)
        rows = session.execute(query).all()
        if rows:
            return _Found(rows[0].total, [row for row in rows if row.what is not None], asked, number > 0)
    return _Found(0, [])


def _best(joined: Any, matching: CTE, limit: int, offset: int) -> Any:
    """The best passage of each file or page, with how many there are."""
    seen = joined.join(matching, matching.c.passage_id == SearchPassage.id).add_columns(matching.c.rank).subquery()
    order: list[ColumnElement[Any]] = [seen.c.rank.desc(), seen.c.id.desc()]
    place = func.row_number().over(partition_by=seen.c.what, order_by=order).label("place_in_it")
    alike = func.count().over(partition_by=seen.c.what).label("alike")
    ranked = select(seen, place, alike).subquery()
    firsts = select(ranked, func.count().over().label("total")).where(ranked.c.place_in_it == 1)
    return firsts.order_by(ranked.c.rank.desc(), ranked.c.id.desc()).limit(limit).offset(offset)


def _file_hit(row: Any, marker: Marker) -> FileHit:
    page = f"/{url_part(row.space)}/{url_part(row.slug)}"
    ending = row.name.rpartition(".")[2].lower()
    return FileHit(
        name=row.name,
        href=f"{page}/files/{url_part(row.name)}" + (f"#page={row.place}" if ending == "pdf" and row.place else ""),
        place=row.place,
        kind_of_place="page" if ending == "pdf" else "slide" if ending in ("pptx", "odp") else "sheet",
        page_title=row.title,
        page_href=page,
        snippet=snippet(marker, "", (row.text,), ()).pieces,
        more=row.alike - 1,
    )


def _revisions(session: Session, rows: Sequence[Any]) -> dict[int, Revision]:
    wanted = {(row.what, row.number) for row in rows}
    if not wanted:
        return {}
    found = session.scalars(
        select(Revision).where(
            Revision.page_id.in_({page for page, _number in wanted}),
            Revision.number.in_({number for _page, number in wanted}),
        )
    )
    return {one.page_id: one for one in found if (one.page_id, one.number) in wanted}


def _past_hit(catalogue: Catalogue, row: Any, revision: Revision, marker: Marker) -> PastHit:
    entry = entry_of(catalogue, Page(id=row.what, language=row.spoken), revision)
    texts = (apart(entry.lead), entry.body, apart(entry.fields)) if entry else ()
    rows = entry.rows if entry else []
    return PastHit(
        title=row.title,
        title_then=revision.title,
        href=f"/{url_part(row.space)}/{url_part(row.slug)}",
        kind=revision.kind,
        number=row.number,
        current=row.current,
        since=row.since,
        until=row.until,
        snippet=snippet(marker, revision.title, texts, rows).pieces,
        more=row.alike - 1,
    )
